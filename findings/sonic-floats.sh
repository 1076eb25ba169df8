#!/usr/bin/env bash
# Sonic in WebAssembly: floats through its functions for floats, at a speed of 1.
#
# Guess:   what goes in comes out.
# Version: npm @echogarden/sonic-wasm 0.2.0
# Is:      inside there are 16 bits: what is softer than -90 dB is silence, what is soft has few steps, and what is over full
#          scale is clipped. At other speeds a sine of 1 kHz is 2 to 4 cents off, for its periods are whole frames.
# Output (checked by the last line; exits 0 while it is this):
# > sine of 0.00001: peak 0.00000, 1 values
# > sine of 0.0001: peak 0.00009, 7 values
# > sine of 1.5: peak 0.99969, 2175 values
# > sine of 1000 Hz at half speed: 1001.14 Hz
# > sine of 1000 Hz at twice the speed: 997.73 Hz
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
npm install --prefix "$tmp" @echogarden/sonic-wasm@0.2.0 --ignore-scripts --no-audit --no-fund >/dev/null 2>&1 ||
  { echo "npm cannot fetch the package named above" >&2; exit 2; }
cat >run.mjs <<'JS'
import sonic from "@echogarden/sonic-wasm";
const m = await sonic();
function played(sound, speed) {
  const stream = m._sonicCreateStream(44100, 1); m._sonicSetSpeed(stream, speed);
  const given = m._malloc(4 * sound.length); m.HEAPF32.set(sound, given >> 2);
  m._sonicWriteFloatToStream(stream, given, sound.length); m._sonicFlushStream(stream);
  const count = m._sonicSamplesAvailable(stream), got = m._malloc(4 * count);
  m._sonicReadFloatFromStream(stream, got, count);
  return m.HEAPF32.slice(got >> 2, (got >> 2) + count);
}
const sine = (hz, frames, peak) => Float32Array.from({ length: frames }, (_, i) => peak * Math.sin((2 * Math.PI * hz * i) / 44100));
for (const peak of [0.00001, 0.0001, 1.5]) {
  const y = played(sine(440, 44100, peak), 1), largest = y.reduce((a, v) => Math.max(a, Math.abs(v)), 0);
  console.log(`sine of ${peak.toFixed(peak < 1e-4 ? 5 : peak < 1 ? 4 : 1)}: peak ${largest.toFixed(5)}, ${new Set(y).size} values`);
}
for (const [name, speed] of [["at half speed", 0.5], ["at twice the speed", 2]]) {
  const y = played(sine(1000, 88200, 0.3), speed), ups = [];
  for (let i = 5000; i < y.length - 5000; i++) if (y[i - 1] < 0 && y[i] >= 0) ups.push(i - 1 + y[i - 1] / (y[i - 1] - y[i]));
  const hz = (44100 * (ups.length - 1)) / (ups.at(-1) - ups[0]);
  console.log(`sine of 1000 Hz ${name}: ${hz.toFixed(2)} Hz`);
}
JS
node run.mjs | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
