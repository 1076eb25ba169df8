#!/usr/bin/env bash
# SoX's noisered, which takes the hiss off a recording by a profile of the hiss alone: its ends.
#
# Guess:   as long as it was; what is far above the hiss keeps its level from the first sample on.
# Version: sox 14.4.2+git20190427-3.5 (Debian 12); needs node.
# Is:      the beginning is faded in over 2048 frames, so that a hit that begins with its file loses its attack: 30 dB in the first
#          6 ms. The last 1024 frames are never written, whatever the length, and of a sound no longer than that nothing is, with
#          exit code 0; a loop that was seamless is not. Silence put around the sound, and cut off again, keeps the end and all but
#          2 dB of the beginning.
# Output (checked by the last line; exits 0 while it is this), a tone of -13 dB, 50 dB above the hiss:
# > 1000 frames: 0
# > 2000 frames: 976, first 256 frames -30 dB
# > 3000 frames: 1976, first 256 frames -30 dB
# > 44100 frames: 43076, first 256 frames -30 dB
# > 100000 frames: 98976, first 256 frames -30 dB
# > 44100 frames, silence around: 44100, first 256 frames -2 dB
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
[ "$(dpkg-query -Wf '${Version}' sox 2>/dev/null)" = 14.4.2+git20190427-3.5 ] ||
  { echo "needs sox 14.4.2+git20190427-3.5" >&2; exit 2; }
sox -R -D -r 44100 -n -c 1 -b 16 hiss.wav synth 88200s whitenoise gain -60
sox hiss.wav -n noiseprof profile
cat >ends.mjs <<'JS'
import { readFileSync } from "node:fs";
const [before, after] = ["in", "out"].map((f) => readFileSync(f));
const level = (b) => { let sum = 0; for (let i = 0; i < 256; i++) sum += b.readInt16LE(2 * i) ** 2; return 10 * Math.log10(sum); };
const dB = () => Math.round(level(after) - level(before)) + 0;
console.log(`${after.length / 2}${after.length ? `, first 256 frames ${dB()} dB` : ""}`);
JS
raw="-t raw -r 44100 -c 1 -b 16 -e signed"
tone() { sox -R -D -r 44100 -n $raw in synth "$1"s sine 441 gain -10; }
{
  for n in 1000 2000 3000 44100 100000; do
    tone $n; sox -D $raw in $raw out noisered profile 0.2
    echo "$n frames: $(node ends.mjs)"
  done
  tone 44100; sox -D $raw in $raw out pad 2048s 2048s noisered profile 0.2 trim 2048s 44100s
  echo "44100 frames, silence around: $(node ends.mjs)"
} | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
