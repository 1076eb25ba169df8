#!/usr/bin/env bash
# npm essentia.js: what KeyExtractor says of sounds that have a key and of some that have none.
#
# Guess:   `strength` is near 0 for noise and drums, and the highest for a chord; the lone sawtooth on A is A major if
#          anything, its fifth overtone being the major third.
# Version: essentia.js 0.1.3, with its defaults
# Is:      white noise has a key (which one, the noise decides) with as great a strength as the chord of A minor, a kick with
#          little less; only silence can be told by it (-1). A lone tone, a fifth and the sawtooth are minor, as surely. So
#          neither a threshold on the strength nor the mode can be relied on for what is not a whole chord.
# Output (checked by the last line; exits 0 while it is this), of four seconds each:
# > A major chord: A major, 0.84
# > A minor chord: A minor, 0.76
# > A and E: A minor, 0.84
# > A alone: A minor, 0.69
# > A as a sawtooth: A minor, 0.82
# > white noise: C minor, 0.78
# > burst of noise: F minor, 0.51
# > kick of 50 Hz: Ab minor, 0.63
# > silence: A minor, -1.00
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
npm install --prefix "$tmp" essentia.js@0.1.3 --ignore-scripts --no-audit --no-fund >/dev/null 2>&1 ||
  { echo "npm cannot fetch the package named above" >&2; exit 2; }
cat >key.mjs <<'JS'
import { createRequire } from "node:module";
const { Essentia, EssentiaWASM } = createRequire(import.meta.url)("essentia.js");
const essentia = new Essentia(EssentiaWASM), rate = 44100;
let seed = 1;
const noise = () => { seed ^= seed << 13; seed ^= seed >>> 17; seed ^= seed << 5; return seed / 2 ** 31; };
const tones = (...all) => (t) => all.reduce((sum, hz) => sum + 0.2 * Math.sin(2 * Math.PI * hz * t), 0);
const sounds = {
  "A major chord": tones(220, 277.18, 329.63),
  "A minor chord": tones(220, 261.63, 329.63),
  "A and E": tones(220, 329.63),
  "A alone": tones(220),
  "A as a sawtooth": (t) => 0.2 * (2 * ((220 * t) % 1) - 1),
  "white noise": () => 0.2 * noise(),
  "burst of noise": (t) => 0.5 * noise() * Math.exp(-20 * t),
  "kick of 50 Hz": (t) => 0.8 * Math.sin(2 * Math.PI * 50 * t) * Math.exp(-5 * t),
  "silence": () => 0,
};
for (const [name, f] of Object.entries(sounds)) {
  const sound = Float32Array.from({ length: 4 * rate }, (_, i) => f(i / rate));
  const { key, scale, strength } = essentia.KeyExtractor(essentia.arrayToVector(sound));
  console.log(`${name}: ${key} ${scale}, ${strength.toFixed(2)}`);
}
JS
node key.mjs | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
