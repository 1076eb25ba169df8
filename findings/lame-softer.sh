#!/usr/bin/env bash
# LAME and the level of what it encodes, by bit rate: a tone at -9.0 dB, encoded and decoded.
#
# Guess:   the level stays, whatever the bit rate.
# Version: lame 3.100-6, sox 14.4.2+git20190427-3.5, ffmpeg 7:5.1.9-0+deb12u1 (Debian 12).
# Is:      from 160 kbit/s down it is half a dB softer, at 192 and 224 kbit/s 0.3 and 0.2; a preset of such a rate takes that off twice. VBR
#          and 320 kbit/s keep it. Layers of one kit that came through different bit rates are not level with each
#          other, and two MP3s of one master do not cancel.
# Output (checked by the last line; exits 0 while it is this):
# > as it was: -9.0 dB
# > lame -b 320: -9.0 dB
# > lame -b 224: -9.2 dB
# > lame -b 192: -9.3 dB
# > lame -b 160: -9.5 dB
# > lame -b 128: -9.5 dB
# > lame -b 64: -9.5 dB
# > lame --abr 128: -9.5 dB
# > lame --preset 128: -9.9 dB
# > lame -V 0: -9.0 dB
# > lame -V 5: -9.0 dB
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
for p in lame=3.100-6 sox=14.4.2+git20190427-3.5 ffmpeg=7:5.1.9-0+deb12u1; do
  [ "$(dpkg-query -Wf '${Version}' "${p%%=*}" 2>/dev/null)" = "${p#*=}" ] || { echo "needs $p" >&2; exit 2; }
done
sox -D -n -r 44100 -b 16 -c 2 tone.wav synth 3 sine 997 vol 0.5
level() { sox "$1" -n trim 1 1 stats 2>&1 | awk '/^RMS lev dB/ { printf "%.1f", $4 }'; }
{
  echo "as it was: $(level tone.wav) dB"
  for options in "-b 320" "-b 224" "-b 192" "-b 160" "-b 128" "-b 64" "--abr 128" "--preset 128" "-V 0" "-V 5"; do
    lame --quiet $options tone.wav tone.mp3
    ffmpeg -v error -y -i tone.mp3 decoded.wav
    echo "lame $options: $(level decoded.wav) dB"
  done
} | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
