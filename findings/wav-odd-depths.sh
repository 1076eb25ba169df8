#!/usr/bin/env bash
# WAV whose samples are not of 8, 16, 24 or 32 bits: 12 bits in two bytes, 20 in three (left-justified, as the RIFF
# specification has it), and 24 in four, as some recorders write them under format tag 1.
#
# Guess:   the block align tells the bytes and left-justified samples need no knowledge of the depth, so all read them.
# Version: ffmpeg 7:5.1.9-0+deb12u1, sox 14.4.2+git20190427-3.5, libsndfile 1.2.0-1+deb12u1 (Debian 12);
#          npm audio-decode 3.12.0.
# Is:      libsndfile reads all three. sox writes an empty file for the first two and ends with 0; the third it reads in
#          steps of three bytes, as noise of 4/3 the length. So does audio-decode, which stops at the right length. ffmpeg
#          takes the third for floats of 24 bits (pcm_f24le), and gives noise too.
# Output (checked by the last line; exits 0 while it is this):
# > 12 bits, -9.0 dB, 4410 frames (sox ends with 0, ffmpeg: pcm_s16le)
# >   libsndfile: 4410 frames, -9.0 dB
# >   sox: nothing
# >   ffmpeg: 4410 frames, -9.0 dB
# >   audio-decode: Unsupported WAV bit depth: 12
# > 20 bits, -9.0 dB, 4410 frames (sox ends with 0, ffmpeg: pcm_s24le)
# >   libsndfile: 4410 frames, -9.0 dB
# >   sox: nothing
# >   ffmpeg: 4410 frames, -9.0 dB
# >   audio-decode: Unsupported WAV bit depth: 20
# > 24 bits, -9.0 dB, 4410 frames (sox ends with 0, ffmpeg: pcm_f24le)
# >   libsndfile: 4410 frames, -9.0 dB
# >   sox: 5880 frames, -7.5 dB
# >   ffmpeg: 4410 frames, -5.2 dB
# >   audio-decode: 4410 frames, -7.5 dB
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
for p in ffmpeg=7:5.1.9-0+deb12u1 libsndfile1=1.2.0-1+deb12u1 \
  sndfile-programs=1.2.0-1+deb12u1 sox=14.4.2+git20190427-3.5; do
  [ "$(dpkg-query -Wf '${Version}' "${p%%=*}" 2>/dev/null)" = "${p#*=}" ] || { echo "needs $p" >&2; exit 2; }
done
npm install --prefix "$tmp" audio-decode@3.12.0 \
  --before=2026-11-30 --ignore-scripts --no-audit --no-fund >/dev/null 2>&1 ||
  { echo "npm cannot fetch the packages named above" >&2; exit 2; }
cat >make.mjs <<'JS'
import { writeFileSync } from "node:fs";
for (const [bits, bytes] of [[12, 2], [20, 3], [24, 4]]) {
  const frames = 4410, head = Buffer.alloc(44), data = Buffer.alloc(frames * bytes);
  head.write("RIFF    WAVEfmt "); head.write("data", 36);
  head.writeUInt32LE(36 + data.length, 4); head.writeUInt32LE(16, 16); head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22); head.writeUInt32LE(44100, 24); head.writeUInt32LE(44100 * bytes, 28);
  head.writeUInt16LE(bytes, 32); head.writeUInt16LE(bits, 34); head.writeUInt32LE(data.length, 40);
  const unused = 2 ** (8 * bytes - bits);
  for (let i = 0; i < frames; i++)
    data.writeIntLE(Math.round((Math.sin((2 * Math.PI * i) / 100) / 2) * 2 ** (bits - 1)) * unused, i * bytes, bytes);
  writeFileSync(`${bits}.wav`, Buffer.concat([head, data]));
}
JS
cat >level.mjs <<'JS'
import { readFileSync } from "node:fs";
import decode from "audio-decode";
const rms = (x) => (10 * Math.log10(x.reduce((sum, v) => sum + v * v, 0) / x.length)).toFixed(1);
const level = (x) => (x.length ? `${x.length} frames, ${rms(x)} dB` : "nothing");
const raw = (name) => {
  const b = readFileSync(name);
  return Float64Array.from({ length: b.length >> 2 }, (_, i) => b.readInt32LE(4 * i) / 2 ** 31);
};
for (const tool of ["libsndfile", "sox", "ffmpeg"]) console.log(`  ${tool}: ${level(raw(`${tool}.raw`))}`);
try {
  console.log(`  audio-decode: ${level((await decode(readFileSync(process.argv[2]))).channelData[0])}`);
} catch ({ message }) {
  console.log(`  audio-decode: ${message}`);
}
JS
node make.mjs
{
  for bits in 12 20 24; do
    sndfile-convert -pcm32 $bits.wav out.wav
    sox out.wav -t s32 libsndfile.raw
    status=0; sox $bits.wav -t s32 sox.raw 2>/dev/null || status=$?
    ffmpeg -v quiet -y -i $bits.wav -f s32le ffmpeg.raw
    echo "$bits bits, -9.0 dB, 4410 frames (sox ends with $status, ffmpeg:" \
      "$(ffprobe -v quiet -show_entries stream=codec_name -of csv=p=0 $bits.wav))"
    node level.mjs $bits.wav
  done
} | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
