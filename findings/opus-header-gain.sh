#!/usr/bin/env bash
# The output gain in the header of an Opus file, as loudness taggers set it: a decoder must apply it (RFC 7845, 5.1).
#
# Guess:   all decoders do.
# Version: opus-tools 0.2-1+b1, ffmpeg 7:5.1.9-0+deb12u1, sndfile-programs 1.2.0-1+deb12u1, sox 14.4.2+git20190427-3.5
#          (Debian 12); npm ogg-opus-decoder 1.7.5, audio-decode 3.12.0.
# Is:      all but ogg-opus-decoder do, ffmpeg also where it copied the stream into Matroska. With ogg-opus-decoder what was
#          turned down by 10 dB is as loud as before, 10 dB louder than elsewhere.
# Output (checked by the last line; exits 0 while it is this), level of a tone of -23 dB by the gain in the header:
# > 0 dB: opusdec -23.0, libsndfile -23.0, ffmpeg -23.0, copied -23.0, ogg-opus-decoder -23.0, audio-decode -23.0
# > -10 dB: opusdec -33.0, libsndfile -33.0, ffmpeg -33.0, copied -33.0, ogg-opus-decoder -23.0, audio-decode -33.0
# > 10 dB: opusdec -13.0, libsndfile -13.0, ffmpeg -13.0, copied -13.0, ogg-opus-decoder -23.0, audio-decode -13.0
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
for p in opus-tools=0.2-1+b1 ffmpeg=7:5.1.9-0+deb12u1 sndfile-programs=1.2.0-1+deb12u1 sox=14.4.2+git20190427-3.5; do
  [ "$(dpkg-query -Wf '${Version}' "${p%%=*}" 2>/dev/null)" = "${p#*=}" ] || { echo "needs $p" >&2; exit 2; }
done
npm install --prefix "$tmp" ogg-opus-decoder@1.7.5 audio-decode@3.12.0 --before=2026-11-30 --ignore-scripts \
  --no-audit --no-fund >/dev/null 2>&1 || { echo "npm cannot fetch the packages named above" >&2; exit 2; }
cat >gain.mjs <<'JS' # sets the gain, in 1/256 dB, and the checksum of the page it is in
import { readFileSync, writeFileSync } from "node:fs";
const b = readFileSync("a.opus");
b.writeInt16LE(256 * Number(process.argv[2]), b.indexOf("OpusHead") + 16);
const length = 27 + b[26] + b.subarray(27, 27 + b[26]).reduce((sum, n) => sum + n, 0);
b.writeUInt32LE(0, 22);
let sum = 0;
for (let i = 0; i < length; i++) {
  sum ^= b[i] << 24;
  for (let bit = 0; bit < 8; bit++) sum = sum & 0x80000000 ? (sum << 1) ^ 0x04c11db7 : sum << 1;
}
b.writeUInt32LE(sum >>> 0, 22);
writeFileSync("gain.opus", b);
JS
cat >wasm.mjs <<'JS'
import { readFileSync } from "node:fs";
import { OggOpusDecoder } from "ogg-opus-decoder";
import decode from "audio-decode";
const bytes = new Uint8Array(readFileSync("gain.opus"));
const level = (x) => (10 * Math.log10(x.reduce((sum, v) => sum + v * v, 0) / x.length)).toFixed(1);
const decoder = new OggOpusDecoder();
await decoder.ready;
const one = await decoder.decodeFile(bytes), other = await decode(bytes);
console.log(`ogg-opus-decoder ${level(one.channelData[0])}, audio-decode ${level(other.channelData[0])}`);
JS
level() { sox "$1" -n stats 2>&1 | awk '/^RMS lev/ { printf "%.1f", $4 }'; }
sox -n -r 48000 -b 16 -c 1 in.wav synth 2 sine 480 gain -20
opusenc --quiet --bitrate 128 in.wav a.opus
for decibels in 0 -10 10; do
  node gain.mjs $decibels
  opusdec --quiet gain.opus opusdec.wav 2>/dev/null
  ffmpeg -v error -y -i gain.opus ffmpeg.wav
  sndfile-convert -pcm16 gain.opus libsndfile.wav
  ffmpeg -v error -y -i gain.opus -c copy copied.mka; ffmpeg -v error -y -i copied.mka copied.wav
  line="$decibels dB:"
  for by in opusdec libsndfile ffmpeg copied; do line+=" $by $(level $by.wav),"; done
  echo "$line $(node wasm.mjs)"
done | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
