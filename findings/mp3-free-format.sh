#!/usr/bin/env bash
# MP3 in free format (a bit rate that no table holds, as `lame --freeformat -b 200` writes it).
#
# Guess:   mpg123-decoder, which is mpg123 in WebAssembly, reads it like mpg123; ffmpeg reads it too.
# Version: mpg123-decoder 1.0.3 (npm); mpg123 1.31.2-1+deb12u1, lame 3.100-6, ffmpeg 7:5.1.9-0+deb12u1 (Debian 12).
# Is:      mpg123 reads every frame. mpg123-decoder takes bytes of the sound for frame headers: some thousand frames of
#          something else, of another level, and no error. ffmpeg refuses the file; music-metadata gives it no length.
# Output (checked by the last line; exits 0 while it is this):
# > usual.mp3: mpg123-decoder 60775 frames, -12.3 dB, 0 errors
# > usual.mp3: music-metadata MPEG 1 Layer 3, 63360 samples
# > free.mp3: mpg123-decoder 3072 frames, -47.7 dB, 0 errors
# > free.mp3: music-metadata MPEG 1 Layer 3, undefined samples
# > usual.mp3: mpg123 60775 frames, ffmpeg 60775
# > free.mp3: mpg123 60775 frames, ffmpeg 0
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
for p in lame=3.100-6 mpg123=1.31.2-1+deb12u1 ffmpeg=7:5.1.9-0+deb12u1; do
  [ "$(dpkg-query -Wf '${Version}' "${p%%=*}" 2>/dev/null)" = "${p#*=}" ] || { echo "needs $p" >&2; exit 2; }
done
npm install --prefix "$tmp" mpg123-decoder@1.0.3 music-metadata@12.1.0 \
  --ignore-scripts --no-audit --no-fund >/dev/null 2>&1 ||
  { echo "npm cannot fetch the packages named above" >&2; exit 2; }
ffmpeg -v error -f lavfi -i sine=440:sample_rate=44100:duration=2 -af volume=12dB,atrim=end_sample=60775 -ac 2 in.wav
lame --quiet --freeformat -b 200 in.wav free.mp3
lame --quiet -b 192 in.wav usual.mp3
cat >decode.mjs <<'JS'
import { readFileSync } from "node:fs";
import { MPEGDecoder } from "mpg123-decoder";
import { parseBuffer } from "music-metadata";
for (const name of ["usual.mp3", "free.mp3"]) {
  const file = readFileSync(name), decoder = new MPEGDecoder();
  await decoder.ready;
  const { channelData, samplesDecoded, errors } = decoder.decode(file);
  const rms = 10 * Math.log10(channelData[0].reduce((sum, v) => sum + v * v, 0) / samplesDecoded);
  console.log(`${name}: mpg123-decoder ${samplesDecoded} frames, ${rms.toFixed(1)} dB, ${errors.length} errors`);
  const { codec, numberOfSamples } = (await parseBuffer(file, undefined, { duration: true })).format;
  console.log(`${name}: music-metadata ${codec}, ${numberOfSamples} samples`);
  decoder.free();
}
JS
{
  node decode.mjs
  for f in usual.mp3 free.mp3; do
    echo "$f: mpg123 $(mpg123 -q -s $f 2>/dev/null | wc -c | awk '{ print $1 / 4 }') frames," \
      "ffmpeg $( (ffmpeg -v quiet -i $f -f s16le - || true) | wc -c | awk '{ print $1 / 4 }')"
  done
} | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
