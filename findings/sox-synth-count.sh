#!/usr/bin/env bash
# SoX makes a test sound of so many samples: `sox -n -r 44100 out.wav synth 44100s sine 441`.
#
# Guess:   44,100 samples, made at 44.1 kHz.
# Version: sox 14.4.2+git20190427-3.5 (Debian 12); needs node.
# Is:      40,517. A rate behind -n is the output's alone: synth counts and works at SoX's own 48 kHz, and what it made is
#          resampled, in seconds as well: a square wave of two values comes out with hundreds. With the rate before -n all
#          is as one would guess.
# Output (checked by the last line; exits 0 while it is this):
# > -n -r 44100: 44100s make 40517 samples, a second 44100; a square has 568 values
# > -r 44100 -n: 44100s make 44100 samples, a second 44100; a square has 2 values
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
[ "$(dpkg-query -Wf '${Version}' sox 2>/dev/null)" = 14.4.2+git20190427-3.5 ] ||
  { echo "needs sox 14.4.2+git20190427-3.5" >&2; exit 2; }
cat >values.mjs <<'JS'
import { readFileSync } from "node:fs";
const b = readFileSync("c.wav"), seen = new Set();
for (let i = 44; i + 1 < b.length; i += 2) seen.add(b.readInt16LE(i));
console.log(seen.size);
JS
for order in "-n -r 44100" "-r 44100 -n"; do
  sox -R -D $order -c 1 -b 16 a.wav synth 44100s sine 441
  sox -R -D $order -c 1 -b 16 b.wav synth 1 sine 441
  sox -R -D $order -c 1 -b 16 c.wav synth 1 square 11025 gain -6
  echo "$order: 44100s make $(soxi -s a.wav) samples, a second $(soxi -s b.wav); a square has $(node values.mjs) values"
done | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
