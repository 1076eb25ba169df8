#!/usr/bin/env bash
# The rubberband command line: the level of a steady tone that is stretched.
#
# Guess:   the tone keeps its level, with either engine.
# Version: rubberband-cli and librubberband2 3.1.2+dfsg0-1, sox 14.4.2+git20190427-3.5 (Debian 12); needs node.
# Is:      the default engine (R2) plays a sine the softer the more it stretches: 1 dB at twice, 16 dB at four times the
#          length, while its first 10 ms are 1 dB too loud. The finer engine (-3) keeps it within 0.1 dB.
# Output (checked by the last line; exits 0 while it is this):
# > x 1.25: -0.1 dB, first 10 ms +0.9 dB; with -3: 0.0 dB
# > x 1.5: -0.3 dB, first 10 ms +1.0 dB; with -3: 0.0 dB
# > x 2: -1.2 dB, first 10 ms +1.0 dB; with -3: 0.0 dB
# > x 3: -5.3 dB, first 10 ms +0.9 dB; with -3: 0.0 dB
# > x 4: -16.0 dB, first 10 ms +0.8 dB; with -3: 0.0 dB
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
for p in rubberband-cli=3.1.2+dfsg0-1 librubberband2=3.1.2+dfsg0-1 sox=14.4.2+git20190427-3.5; do
  [ "$(dpkg-query -Wf '${Version}' "${p%%=*}" 2>/dev/null)" = "${p#*=}" ] || { echo "needs $p" >&2; exit 2; }
done
sox -R -D -n -r 44100 -b 16 -c 1 a.wav synth 3 sine 440 gain -10
cat >level.mjs <<'JS' # against the sine of -10 dB: the median of all 10 ms but 0.2 s at each end, and the first
import { readFileSync } from "node:fs";
const levels = (file) => {
  const b = readFileSync(file), x = [];
  for (let i = b.indexOf("data") + 8; i + 1 < b.length; i += 2) x.push(b.readInt16LE(i) / 32768);
  const parts = Math.floor(x.length / 441), power = (p) => x.slice(441 * p, 441 * (p + 1)).reduce((sum, v) => sum + v * v, 0) / 441;
  return Array.from({ length: parts }, (_, p) => 10 * Math.log10(power(p)) + 10 + 10 * Math.log10(2));
};
const middle = (all) => all.slice(20, -20).sort((a, b) => a - b)[(all.length - 40) >> 1];
const dB = (v) => (Math.abs(v) < 0.05 ? "0.0" : v.toFixed(1)) + " dB";
const r2 = levels("r2.wav");
console.log(`${dB(middle(r2))}, first 10 ms +${dB(r2[0])}; with -3: ${dB(middle(levels("r3.wav")))}`);
JS
for times in 1.25 1.5 2 3 4; do
  rubberband -q -t $times a.wav r2.wav 2>/dev/null; rubberband -q -3 -t $times a.wav r3.wav 2>/dev/null
  echo "x $times: $(node level.mjs)"
done | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
