#!/usr/bin/env bash
# loudgain and a drum hit: ReplayGain of a sound shorter than a loudness block (0.4 s).
#
# Guess:   no gain is written, with a word why; or one from the peak.
# Version: loudgain 0.6.8+ds-3+b1, sox 14.4.2+git20190427-3.5, flac 1.4.2+ds-2 (Debian 12).
# Is:      it tags the file with a gain of "inf dB", says that it will clip, and leaves with 0; with -k, which lowers the
#          gain where it would clip, with "-nan dB". From 0.4 s on the gain is right.
# Output (checked by the last line; exits 0 while it is this):
# > 0.39 s: exit 0, REPLAYGAIN_TRACK_GAIN=inf dB
# > 0.39 s, -k: exit 0, REPLAYGAIN_TRACK_GAIN=-nan dB
# > 0.41 s: exit 0, REPLAYGAIN_TRACK_GAIN=5.00 dB
# > 0.41 s, -k: exit 0, REPLAYGAIN_TRACK_GAIN=5.00 dB
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
for p in loudgain=0.6.8+ds-3+b1 sox=14.4.2+git20190427-3.5 flac=1.4.2+ds-2; do
  [ "$(dpkg-query -Wf '${Version}' "${p%%=*}" 2>/dev/null)" = "${p#*=}" ] || { echo "needs $p" >&2; exit 2; }
done
for seconds in 0.39 0.41; do
  for option in "" -k; do
    sox -n -r 48000 -b 24 -c 1 a.flac synth $seconds sine 1000 gain -20
    status=0; loudgain -q -s i $option a.flac >/dev/null 2>&1 || status=$?
    gain=$(metaflac --list --block-type=VORBIS_COMMENT a.flac | sed -n 's/.*\(REPLAYGAIN_TRACK_GAIN=.*\)/\1/p')
    echo "$seconds s${option:+, $option}: exit $status, $gain"
  done
done | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
