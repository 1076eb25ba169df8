#!/usr/bin/env bash
# metaflac, flac, vorbisgain and a drum hit: ReplayGain of a sound shorter than 50 ms, the window that it is measured in.
#
# Guess:   no gain is written, with a word why; or one from what there is.
# Version: flac 1.4.2+ds-2, vorbisgain 0.37-2+b1, vorbis-tools 1.4.2-1+b1, sox 14.4.2+git20190427-3.5 (Debian 12).
# Is:      metaflac and flac write a gain of "-24601.00 dB", the number by which the measuring code says that it had too
#          little, and leave with 0; a player that obeys plays nothing, and so it is for the whole album. vorbisgain
#          prints that number too, but writes the peak alone. From 50 ms on the gain is right.
# Output (checked by the last line; exits 0 while it is this):
# > 49 ms: metaflac exit 0, track -24601.00 dB, album -24601.00 dB; flac exit 0, track -24601.00 dB
# > 49 ms: vorbisgain exit 0, track none
# > 51 ms: metaflac exit 0, track +6.34 dB, album +6.34 dB; flac exit 0, track +6.34 dB
# > 51 ms: vorbisgain exit 0, track +6.28 dB
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
for p in flac=1.4.2+ds-2 vorbisgain=0.37-2+b1 vorbis-tools=1.4.2-1+b1 sox=14.4.2+git20190427-3.5; do
  [ "$(dpkg-query -Wf '${Version}' "${p%%=*}" 2>/dev/null)" = "${p#*=}" ] || { echo "needs $p" >&2; exit 2; }
done
gain() { # KIND, and on stdin the tags of a file
  sed -n "s/^REPLAYGAIN_$1_GAIN=//p" | grep . || echo none
}
for ms in 49 51; do
  sox -D -n -r 44100 -b 16 -c 1 a.wav synth 0.0$ms sine 200 gain -20
  flac -s -f a.wav -o a.flac
  exits=0; metaflac --add-replay-gain a.flac || exits=$?
  metaflac --export-tags-to=tags a.flac
  flacs=0; flac -s -f --replay-gain a.wav -o b.flac || flacs=$?
  metaflac --export-tags-to=b-tags b.flac
  echo "$ms ms: metaflac exit $exits, track $(gain TRACK <tags), album $(gain ALBUM <tags); flac exit $flacs, track $(gain TRACK <b-tags)"
  oggenc -Q a.wav -o a.ogg
  exits=0; vorbisgain -q a.ogg >/dev/null 2>&1 || exits=$?
  echo "$ms ms: vorbisgain exit $exits, track $(vorbiscomment -l a.ogg | gain TRACK)"
done | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
