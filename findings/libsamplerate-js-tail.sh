#!/usr/bin/env bash
# npm @alexanderolsen/libsamplerate-js: the end of a song that `simple()`, its call for one whole sound, resamples.
#
# Guess:   44.1 to 48 kHz makes 160 frames of 147, however long the sound is.
# Version: @alexanderolsen/libsamplerate-js 2.1.2
# Is:      so it is up to 20 s. A longer sound lacks its end, the more the better the converter: 3.3 ms with the best. It
#          goes through the streaming call in pieces, and nobody asks for what the filter still holds.
# Output (checked by the last line; exits 0 while it is this):
# > SRC_SINC_BEST_QUALITY: 1 s all there; 30 s 156 frames short
# > SRC_SINC_MEDIUM_QUALITY: 1 s all there; 30 s 51 frames short
# > SRC_SINC_FASTEST: 1 s all there; 30 s 21 frames short
# > SRC_LINEAR: 1 s all there; 30 s 1 frames short
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
npm install --prefix "$tmp" @alexanderolsen/libsamplerate-js@2.1.2 --ignore-scripts --no-audit --no-fund >/dev/null 2>&1 ||
  { echo "npm cannot fetch the package named above" >&2; exit 2; }
cat >run.mjs <<'JS'
import library from "@alexanderolsen/libsamplerate-js";
const { create, ConverterType } = library;
for (const name of ["SRC_SINC_BEST_QUALITY", "SRC_SINC_MEDIUM_QUALITY", "SRC_SINC_FASTEST", "SRC_LINEAR"]) {
  const said = [];
  for (const seconds of [1, 30]) {
    const resampler = await create(1, 44100, 48000, { converterType: ConverterType[name] });
    const missing = 48000 * seconds - resampler.simple(new Float32Array(44100 * seconds).fill(0.5)).length;
    said.push(`${seconds} s ${missing ? `${missing} frames short` : "all there"}`);
    resampler.destroy();
  }
  console.log(`${name}: ${said.join("; ")}`);
}
JS
node run.mjs | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
