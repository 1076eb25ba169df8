#!/usr/bin/env bash
# npm wave-resampler: the pitch of a short loop that is brought to another rate.
#
# Guess:   one cycle of 147 frames at 44.1 kHz becomes one of 160 at 48 kHz: sample n is taken at n × 147 / 160.
# Version: wave-resampler 1.0.0, with its low-pass switched off, so that a ramp shows where each sample is taken
# Is:      sample n is taken at n × 146 / 160: the step from a cycle's last sample to its first is lost. A loop of 147 frames
#          is 12 cents flat until it jumps, one of 16 frames more than a semitone; a second ends one sample early.
# Output (checked by the last line; exits 0 while it is this):
# > linear: 16 frames at 48000 Hz -> 32 at 96000: -111.7 cents
# > linear: 147 frames at 44100 Hz -> 160 at 48000: -11.8 cents
# > linear: 44100 frames at 44100 Hz -> 48000 at 48000: -0.0 cents
# > cubic: 16 frames at 48000 Hz -> 32 at 96000: -111.7 cents
# > cubic: 147 frames at 44100 Hz -> 160 at 48000: -11.8 cents
# > cubic: 44100 frames at 44100 Hz -> 48000 at 48000: -0.0 cents
# > linear: the last of 48000 is taken at 44098.081, not at 44099.081
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
npm install --prefix "$tmp" wave-resampler@1.0.0 --ignore-scripts --no-audit --no-fund >/dev/null 2>&1 ||
  { echo "npm cannot fetch the package named above" >&2; exit 2; }
cat >run.mjs <<'JS'
import resampler from "wave-resampler";
const ramp = (frames, from, to, method) =>
  resampler.resample(Float64Array.from({ length: frames }, (_, i) => i), from, to, { method, LPF: false });
for (const method of ["linear", "cubic"]) {
  for (const [frames, from, to] of [[16, 48000, 96000], [147, 44100, 48000], [44100, 44100, 48000]]) {
    const y = ramp(frames, from, to, method), step = (y.at(-4) - y[3]) / (y.length - 7);
    const cents = 1200 * Math.log2(step / (from / to));
    console.log(`${method}: ${frames} frames at ${from} Hz -> ${y.length} at ${to}: ${cents.toFixed(1)} cents`);
  }
}
const last = ramp(44100, 44100, 48000, "linear").at(-1);
console.log(`linear: the last of 48000 is taken at ${last.toFixed(3)}, not at ${((47999 * 147) / 160).toFixed(3)}`);
JS
node run.mjs | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
