#!/usr/bin/env bash
# FLAC of 32-bit whole numbers, which flac writes since 1.4.
#
# Guess:   who cannot read it yet says so.
# Version: flac 1.4.2+ds-2, ffmpeg 7:5.1.9-0+deb12u1, libsndfile 1.2.0-1+deb12u1, sox 14.4.2 (Debian 12);
#          npm @wasm-audio-decoders/flac 0.2.11, audio-decode 3.12.0.
# Is:      ffprobe states format and length as if all were well; ffmpeg gives no sample, no line at -v error, and ends
#          with 0. decodeFile of the WebAssembly decoder gives none either, with an empty `errors`. Of those that
#          cannot, only libsndfile says why.
# Output (checked by the last line; exits 0 while it is this):
# > flac: 44100 frames
# > sox: 44100 frames
# > ffprobe: s32,44100
# > ffmpeg: 0 frames, 0 lines said, ends with 0
# > @wasm-audio-decoders/flac: 0 frames, 0 errors
# > audio-decode: 44100 frames
# > libsndfile: bits_per_sample 32 not yet implemented.
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
for p in flac=1.4.2+ds-2 ffmpeg=7:5.1.9-0+deb12u1 libsndfile1=1.2.0-1+deb12u1 \
  sndfile-programs=1.2.0-1+deb12u1 sox=14.4.2+git20190427-3.5; do
  [ "$(dpkg-query -Wf '${Version}' "${p%%=*}" 2>/dev/null)" = "${p#*=}" ] || { echo "needs $p" >&2; exit 2; }
done
npm install --prefix "$tmp" @wasm-audio-decoders/flac@0.2.11 audio-decode@3.12.0 \
  --before=2026-11-30 --ignore-scripts --no-audit --no-fund >/dev/null 2>&1 ||
  { echo "npm cannot fetch the packages named above" >&2; exit 2; }
sox -D -r 44100 -n -b 32 -c 2 in.wav synth 44100s sine 440 vol 0.5
flac -s in.wav -o in.flac 2>/dev/null
cat >decode.mjs <<'JS'
import { readFileSync } from "node:fs";
import { FLACDecoder } from "@wasm-audio-decoders/flac";
import decode from "audio-decode";
const file = readFileSync("in.flac"), decoder = new FLACDecoder();
await decoder.ready;
const { samplesDecoded, errors } = await decoder.decodeFile(file);
console.log(`@wasm-audio-decoders/flac: ${samplesDecoded} frames, ${errors.length} errors`);
console.log(`audio-decode: ${(await decode(file)).channelData[0].length} frames`);
JS
{
  echo "flac: $(flac -dcs --force-raw-format --endian=little --sign=signed in.flac | wc -c | awk '{ print $1 / 8 }') frames"
  echo "sox: $(sox in.flac -t s32 - | wc -c | awk '{ print $1 / 8 }') frames"
  echo "ffprobe: $(ffprobe -v error -show_entries stream=sample_fmt,duration_ts -of csv=p=0 in.flac)"
  status=0; ffmpeg -v error -i in.flac -f s32le out.raw 2>said || status=$?
  echo "ffmpeg: $(($(wc -c <out.raw) / 8)) frames, $(wc -l <said) lines said, ends with $status"
  node decode.mjs
  echo "libsndfile: $(sndfile-info in.flac 2>/dev/null | grep -o 'bits_per_sample.*')"
} | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
