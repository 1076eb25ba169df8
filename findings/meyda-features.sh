#!/usr/bin/env bash
# npm meyda: features of a sound, and of the same floats turned down by 60 dB.
#
# Guess:   MFCC 1 to 3 stay as they are and only the 0th, which is the level, falls; the rms of a sine of 0.5 is 0.354; no
#          kurtosis is below 1.
# Version: meyda 5.6.3, with its defaults, 2048 samples at 44.1 kHz
# Is:      all MFCC fall to a hundredth or less, each by its own factor: Meyda takes the logarithm of 1 + energy, which for soft
#          sounds is no logarithm. So distances between MFCC compare levels first, and a soft sound is near every other. `rms`
#          (and energy) are of the windowed sound, 4.3 dB too low. The kurtosis of a sine is minus seven million.
# Output (checked by the last line; exits 0 while it is this):
# > sine of 1 kHz: rms 0.216 of 0.354, kurtosis -7.05e+6
# > sine of 1 kHz: MFCC 0 to 3 49.82 35.74 1.83 -32.07, 60 dB down 0.19 0.13 0.00 -0.13
# > sawtooth of 110 Hz: rms 0.177 of 0.293, kurtosis -0.672
# > sawtooth of 110 Hz: MFCC 0 to 3 306.37 59.48 19.15 12.24, 60 dB down 0.13 0.12 0.11 0.09
# > white noise: rms 0.172 of 0.282, kurtosis -73.4
# > white noise: MFCC 0 to 3 374.70 -37.97 -0.39 -2.72, 60 dB down 0.11 -0.07 0.03 -0.01
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
npm install --prefix "$tmp" meyda@5.6.3 --ignore-scripts --no-audit --no-fund >/dev/null 2>&1 ||
  { echo "npm cannot fetch the package named above" >&2; exit 2; }
cat >features.mjs <<'JS'
import { createRequire } from "node:module";
const meyda = createRequire(import.meta.url)("meyda");
Object.assign(meyda, { sampleRate: 44100, bufferSize: 2048 });
let seed = 1;
const noise = () => { seed ^= seed << 13; seed ^= seed >>> 17; seed ^= seed << 5; return seed / 2 ** 31; };
const sounds = {
  "sine of 1 kHz": (i) => 0.5 * Math.sin((2 * Math.PI * 1000 * i) / 44100),
  "sawtooth of 110 Hz": (i) => ((110 * i) / 44100) % 1 - 0.5,
  "white noise": () => 0.5 * noise(),
};
const features = (x) => meyda.extract(["rms", "mfcc", "spectralKurtosis"], x);
for (const [name, f] of Object.entries(sounds)) {
  const x = Float32Array.from({ length: 2048 }, (_, i) => f(i));
  const rms = Math.sqrt(x.reduce((sum, v) => sum + v * v, 0) / x.length);
  const [loud, soft] = [1, 0.001].map((gain) => features(x.map((v) => v * gain)));
  const mfcc = (all) => all.mfcc.slice(0, 4).map((v) => v.toFixed(2)).join(" ");
  console.log(`${name}: rms ${loud.rms.toFixed(3)} of ${rms.toFixed(3)}, kurtosis ${loud.spectralKurtosis.toPrecision(3)}`);
  console.log(`${name}: MFCC 0 to 3 ${mfcc(loud)}, 60 dB down ${mfcc(soft)}`);
}
JS
node features.mjs | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
