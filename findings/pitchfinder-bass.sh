#!/usr/bin/env bash
# pitchfinder's detectors on plain tones, each given 4096 samples at 44.1 kHz (93 ms: four periods of the lowest E of a bass).
#
# Guess:   within a few cents, or no answer where a tone is too low or too high for a method.
# Version: pitchfinder 2.3.4 (npm).
# Is:      below 82 Hz YIN answers 18 kHz and AMDF 1 kHz; AMDF ends at 882 Hz and DynamicWavelet at 1.2 kHz, and what is
#          higher gets such an answer, ACF2PLUS an octave less at 3.5 kHz. Only Macleod's -1 and DynamicWavelet's null say that
#          there is none.
# Output (checked by the last line; exits 0 while it is this):
# > 41.2 Hz: YIN 18162 Hz, AMDF 1002 Hz, ACF2PLUS 41 Hz, DynamicWavelet 41 Hz, Macleod -1
# > 55 Hz: YIN 18534 Hz, AMDF 1002 Hz, ACF2PLUS 55 Hz, DynamicWavelet 55 Hz, Macleod -1
# > 82.4 Hz: YIN 82 Hz, AMDF 82 Hz, ACF2PLUS 82 Hz, DynamicWavelet 82 Hz, Macleod 82 Hz
# > 440 Hz: YIN 440 Hz, AMDF 441 Hz, ACF2PLUS 440 Hz, DynamicWavelet 440 Hz, Macleod 440 Hz
# > 1760 Hz: YIN 1761 Hz, AMDF 882 Hz, ACF2PLUS 1760 Hz, DynamicWavelet 1175 Hz, Macleod 1760 Hz
# > 3520 Hz: YIN 3523 Hz, AMDF 882 Hz, ACF2PLUS 1760 Hz, DynamicWavelet 1205 Hz, Macleod 3520 Hz
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
npm install --prefix "$tmp" pitchfinder@2.3.4 --ignore-scripts --no-audit --no-fund >/dev/null 2>&1 ||
  { echo "npm cannot fetch the package named above" >&2; exit 2; }
cat >tones.cjs <<'JS'
const detectors = require("pitchfinder");
const sampleRate = 44100;
for (const hertz of [41.2, 55, 82.4, 440, 1760, 3520]) {
  const tone = Float32Array.from({ length: 4096 }, (_, n) => 0.5 * Math.sin((2 * Math.PI * hertz * n) / sampleRate));
  const answers = ["YIN", "AMDF", "ACF2PLUS", "DynamicWavelet", "Macleod"].map((name) => {
    const found = detectors[name]({ sampleRate, bufferSize: tone.length })(tone);
    const value = found !== null && typeof found === "object" ? found.freq : found;
    return `${name} ${value > 0 ? `${value.toFixed(0)} Hz` : value}`;
  });
  console.log(`${hertz} Hz: ${answers.join(", ")}`);
}
JS
node tones.cjs | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
