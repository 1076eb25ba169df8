#!/usr/bin/env bash
# ffmpeg's ebur128: the loudness range of a steady tone.
#
# Guess:   0 LU, however long the tone is.
# Version: ffmpeg 7:5.1.9-0+deb12u1, sox 14.4.2+git20190427-3.5 (Debian 12).
# Is:      a tone of 3.0 to 3.3 s, which has one to four short-term blocks, gets a range of 20 LU, from the relative gate
#          up to its level. From 3.4 s on it is 0; below 3 s, where there is no block, 0 as well.
# Output (checked by the last line; exits 0 while it is this):
# > 2.9 s: LRA: 0.0 LU LRA low: 0.0 LUFS LRA high: 0.0 LUFS
# > 3.0 s: LRA: 20.0 LU LRA low: -43.0 LUFS LRA high: -23.0 LUFS
# > 3.3 s: LRA: 20.0 LU LRA low: -43.0 LUFS LRA high: -23.0 LUFS
# > 3.4 s: LRA: 0.0 LU LRA low: -23.0 LUFS LRA high: -23.0 LUFS
# > 10 s: LRA: 0.0 LU LRA low: -23.0 LUFS LRA high: -23.0 LUFS
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
for p in ffmpeg=7:5.1.9-0+deb12u1 sox=14.4.2+git20190427-3.5; do
  [ "$(dpkg-query -Wf '${Version}' "${p%%=*}" 2>/dev/null)" = "${p#*=}" ] || { echo "needs $p" >&2; exit 2; }
done
for seconds in 2.9 3.0 3.3 3.4 10; do
  sox -n -r 48000 -b 24 -c 1 a.wav synth $seconds sine 1000 gain -20
  range=$(ffmpeg -hide_banner -nostats -i a.wav -af ebur128 -f null - 2>&1 | sed -n 's/^ *\(LRA.*\)/\1/p')
  echo "$seconds s: $(echo $range | tr -s ' ')"
done | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
