#!/usr/bin/env bash
# ffmpeg's volumedetect and a soft recording of 24 bits: how soft it is.
#
# Guess:   it tells the level, as astats does.
# Version: ffmpeg 7:5.1.9-0+deb12u1, sox 14.4.2+git20190427-3.5 (Debian 12).
# Is:      it counts samples of 16 bits, to which the sound is rounded down on the way: nothing is ever softer than
#          -91 dB, and what is near that is read too loud, by up to 5 dB at the peak.
# Output (checked by the last line; exits 0 while it is this):
# > tone of -60 dB: volumedetect mean -63.0 peak -59.9, astats mean -63.0 peak -60.0
# > tone of -80 dB: volumedetect mean -82.5 peak -78.3, astats mean -83.0 peak -80.0
# > tone of -86 dB: volumedetect mean -87.3 peak -84.3, astats mean -89.0 peak -86.0
# > tone of -89 dB: volumedetect mean -90.3 peak -84.3, astats mean -92.0 peak -89.0
# > tone of -100 dB: volumedetect mean -91.0 peak -90.3, astats mean -103.0 peak -100.0
# > tone of -120 dB: volumedetect mean -91.0 peak -90.3, astats mean -123.1 peak -120.4
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
for p in ffmpeg=7:5.1.9-0+deb12u1 sox=14.4.2+git20190427-3.5; do
  [ "$(dpkg-query -Wf '${Version}' "${p%%=*}" 2>/dev/null)" = "${p#*=}" ] || { echo "needs $p" >&2; exit 2; }
done
of() { ffmpeg -hide_banner -i a.wav -af "$1" -f null - 2>&1 | sed -n "s/.*$2: *\([-0-9.inf]*\).*/\1/p" | head -1; }
for level in -60 -80 -86 -89 -100 -120; do
  sox -R -D -n -r 44100 -b 24 -c 1 a.wav synth 2 sine 997 vol ${level}dB
  printf 'tone of %s dB: volumedetect mean %.1f peak %.1f, astats mean %.1f peak %.1f\n' $level \
    "$(of volumedetect mean_volume)" "$(of volumedetect max_volume)" "$(of astats 'RMS level dB')" "$(of astats 'Peak level dB')"
done | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
