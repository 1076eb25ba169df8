#!/usr/bin/env bash
# Two seconds of digital silence through opusenc and opusdec.
#
# Guess:   zeros come back as zeros, in 16 bits too, or at most as the one or two steps of a dither.
# Version: opus-tools 0.2-1+b1, ffmpeg 7:5.1.9-0+deb12u1, sox 14.4.2+git20190427-3.5 (Debian 12); needs node.
# Is:      opusdec's 16 bits are noise of up to 10 steps (-70 dB), not zero in five samples of six: its dither is shaped and
#          never falls silent. Who looks for the end of a decoded sound by zeros, or by -72 dB, does not find it. With
#          --no-dither or --float it is zeros, and so are ffmpeg's 16 bits.
# Output (checked by the last line; exits 0 while it is this):
# > 48000 Hz, opusdec: highest step 9, not zero 83 %
# > 48000 Hz, opusdec --no-dither: highest step 0, not zero 0 %
# > 48000 Hz, opusdec --float: highest step 0, not zero 0 %
# > 48000 Hz, ffmpeg: highest step 0, not zero 0 %
# > 44100 Hz, opusdec: highest step 10, not zero 84 %
# > 44100 Hz, opusdec --no-dither: highest step 0, not zero 0 %
# > 44100 Hz, opusdec --float: highest step 0, not zero 0 %
# > 44100 Hz, ffmpeg: highest step 0, not zero 0 %
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
for p in opus-tools=0.2-1+b1 ffmpeg=7:5.1.9-0+deb12u1 sox=14.4.2+git20190427-3.5; do
  [ "$(dpkg-query -Wf '${Version}' "${p%%=*}" 2>/dev/null)" = "${p#*=}" ] || { echo "needs $p" >&2; exit 2; }
done
cat >steps.mjs <<'JS' # raw samples of 16 bits
import { readFileSync } from "node:fs";
const b = readFileSync(0), x = Array.from({ length: b.length >> 1 }, (_, i) => Math.abs(b.readInt16LE(2 * i)));
const highest = x.reduce((a, v) => Math.max(a, v), 0), share = x.filter((v) => v).length / x.length;
console.log(`highest step ${highest}, not zero ${Math.round(100 * share)} %`);
JS
for rate in 48000 44100; do
  sox -D -r $rate -n -c 1 -b 16 in.wav trim 0 2
  opusenc --quiet in.wav a.opus
  for option in "" " --no-dither" " --float"; do
    opusdec --quiet $option a.opus out.wav
    echo "$rate Hz, opusdec$option: $(sox -D out.wav -t raw -b 16 -e signed - | node steps.mjs)"
  done
  echo "$rate Hz, ffmpeg: $(ffmpeg -nostdin -v error -i a.opus -f s16le - | node steps.mjs)"
done | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
