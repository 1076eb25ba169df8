#!/usr/bin/env bash
# speex-resampler (Speex's resampler in WebAssembly): one second, given whole, to another rate.
#
# Guess:   as many samples as the new rate has, everything in its place.
# Version: speex-resampler 3.0.1 (npm).
# Is:      as many samples, but all is up to 139 of them late, and the last ones never come: there is nothing that flushes them.
#          A loop without a seam has a hole of up to 3 ms in each round after it, the longer the better the quality.
# Output (checked by the last line; exits 0 while it is this):
# > 44100 to 48000, quality 0: 48000 samples, the click 4 late
# > 44100 to 48000, quality 7: 48000 samples, the click 70 late
# > 44100 to 48000, quality 10: 48000 samples, the click 139 late
# > 48000 to 44100, quality 7: 44100 samples, the click 67 late
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
npm install --prefix "$tmp" speex-resampler@3.0.1 --ignore-scripts --no-audit --no-fund >/dev/null 2>&1 ||
  { echo "npm cannot fetch the package named above" >&2; exit 2; }
cat >resample.cjs <<'JS'
const SpeexResampler = require("speex-resampler").default;
const CLICK = 22050;
(async () => {
  await SpeexResampler.initPromise;
  for (const [from, to, quality] of [[44100, 48000, 0], [44100, 48000, 7], [44100, 48000, 10], [48000, 44100, 7]]) {
    const input = Buffer.alloc(2 * from);
    input.writeInt16LE(20000, 2 * CLICK);
    const bytes = new SpeexResampler(1, from, to, quality).processChunk(input);
    const output = Array.from({ length: bytes.length / 2 }, (_, n) => Math.abs(bytes.readInt16LE(2 * n)));
    const late = output.indexOf(Math.max(...output)) - Math.round((CLICK * to) / from);
    console.log(`${from} to ${to}, quality ${quality}: ${output.length} samples, the click ${late} late`);
  }
})();
JS
node resample.cjs | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
