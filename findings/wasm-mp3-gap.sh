#!/usr/bin/env bash
# npm wasm-media-encoders, LAME and Vorbis in WebAssembly: how long what it encodes is, and where it begins.
#
# Guess:   LAME notes its delay and padding in the first frame, so that a decoder gives back 44,100 frames of 44,100.
# Version: wasm-media-encoders 0.7.0; ffmpeg 7:5.1.9-0+deb12u1, sox 14.4.2+git20190427-3.5 (Debian 12)
# Is:      the MP3 has no such note: 1,980 frames too many, the sound 1,105 late. A loop gets a gap of 45 ms. The Vorbis file
#          of the same package is right to the frame (sox; of ffmpeg see ffmpeg-vorbis-end).
# Output (checked by the last line; exits 0 while it is this):
# > given: 44100 frames, turns at 22050
# > MP3, ffmpeg: 46080 frames, turns at 23155
# > Vorbis, sox: 44100 frames, turns at 22050
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
for p in ffmpeg=7:5.1.9-0+deb12u1 sox=14.4.2+git20190427-3.5; do
  [ "$(dpkg-query -Wf '${Version}' "${p%%=*}" 2>/dev/null)" = "${p#*=}" ] || { echo "needs $p" >&2; exit 2; }
done
npm install --prefix "$tmp" wasm-media-encoders@0.7.0 --ignore-scripts --no-audit --no-fund >/dev/null 2>&1 ||
  { echo "npm cannot fetch the package named above" >&2; exit 2; }
cat >encode.mjs <<'JS'
import { readFileSync, writeFileSync } from "node:fs";
import { createEncoder } from "wasm-media-encoders";
const step = new Float32Array(44100).fill(0.25).fill(-0.25, 22050); // where it turns, one sees the delay
for (const [type, name, options] of [["audio/mpeg", "mp3", { bitrate: 256 }], ["audio/ogg", "ogg", { vbrQuality: 8 }]]) {
  const wasm = await WebAssembly.compile(readFileSync(`node_modules/wasm-media-encoders/wasm/${name}.wasm`));
  const encoder = await createEncoder(type, wasm);
  encoder.configure({ sampleRate: 44100, channels: 1, ...options });
  // What encode gives is a view that the next call overwrites.
  writeFileSync(`a.${name}`, Buffer.concat([Buffer.from(encoder.encode([step])), Buffer.from(encoder.finalize())]));
}
JS
cat >turn.mjs <<'JS'
import { readFileSync } from "node:fs";
const b = readFileSync("a.raw"), x = new Float32Array(b.buffer, b.byteOffset, b.length / 4);
let turn = 10000; while (x[turn] > 0) turn++;
console.log(`${x.length} frames, turns at ${turn}`);
JS
node encode.mjs
{
  echo "given: 44100 frames, turns at 22050"
  ffmpeg -v error -y -i a.mp3 -f f32le a.raw; echo "MP3, ffmpeg: $(node turn.mjs)"
  sox a.ogg -t f32 a.raw; echo "Vorbis, sox: $(node turn.mjs)"
} | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
