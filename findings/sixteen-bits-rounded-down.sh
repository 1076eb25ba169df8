#!/usr/bin/env bash
# 24 bits made 16 by ffmpeg, sndfile-convert and SoX: what becomes of the last eight bits.
#
# Guess:   they are rounded to the nearest, or dithered; the mean of the sound stays.
# Version: ffmpeg 7:5.1.9-0+deb12u1, sndfile-programs 1.2.0-1+deb12u1, sox 14.4.2+git20190427-3.5 (Debian 12); needs node.
# Is:      ffmpeg and sndfile-convert drop them: every sample goes down, by half a step on the average, which is a DC
#          offset of -96 dB and twice the error; what is softer than a step becomes a row of 0 and -1.
#          ffmpeg dithers if it is told to, SoX by itself; without dither SoX rounds to the nearest.
# Output (checked by the last line; exits 0 while it is this):
# > ffmpeg: mean error -0.50 steps, rms 0.58; a tone of a quarter of a step: -1 to 0
# > ffmpeg, triangular: mean error 0.00 steps, rms 0.50; a tone of a quarter of a step: -1 to 1
# > sndfile-convert: mean error -0.50 steps, rms 0.58; a tone of a quarter of a step: -1 to 0
# > sox: mean error 0.00 steps, rms 0.50; a tone of a quarter of a step: -1 to 1
# > sox -D: mean error 0.00 steps, rms 0.29; a tone of a quarter of a step: 0 to 0
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
for p in ffmpeg=7:5.1.9-0+deb12u1 sndfile-programs=1.2.0-1+deb12u1 sox=14.4.2+git20190427-3.5; do
  [ "$(dpkg-query -Wf '${Version}' "${p%%=*}" 2>/dev/null)" = "${p#*=}" ] || { echo "needs $p" >&2; exit 2; }
done
cat >wav.mjs <<'JS'
import { readFileSync, writeFileSync } from "node:fs";
const frames = 44100;
const write = (name, sample) => {
  const data = Buffer.alloc(3 * frames);
  for (let n = 0; n < frames; n++) data.writeIntLE(Math.round(sample(n)), 3 * n, 3);
  const head = Buffer.from("RIFF....WAVEfmt ....................data....");
  head.writeUInt32LE(36 + data.length, 4);
  [16, 0x10001, 44100, 3 * 44100, 3 | (24 << 16), 0, data.length].forEach((word, i) => i !== 5 && head.writeUInt32LE(word, 16 + 4 * i));
  writeFileSync(name, Buffer.concat([head, data]));
};
// A made-up noise, the same every time.
let state = 1;
const noise = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32 - 0.5;
const read = (name, bytes) => {
  const file = readFileSync(name);
  const at = file.indexOf("data") + 8;
  return Array.from({ length: frames }, (_, n) => file.readIntLE(at + bytes * n, bytes));
};
if (process.argv[2] === "make") {
  write("noise.wav", () => 2 ** 22 * noise());
  write("tone.wav", (n) => 64 * Math.sin((2 * Math.PI * 440 * n) / 44100));
} else {
  const [was, is, tone] = [read("noise.wav", 3), read("noise16.wav", 2), read("tone16.wav", 2)];
  const errors = was.map((sample, n) => is[n] - sample / 256);
  const mean = errors.reduce((sum, error) => sum + error) / frames;
  const rms = Math.sqrt(errors.reduce((sum, error) => sum + error * error, 0) / frames);
  const [low, high] = tone.reduce(([low, high], x) => [Math.min(low, x), Math.max(high, x)], [0, 0]);
  const shown = (value) => (Math.abs(value) < 0.02 ? 0 : value).toFixed(2);
  console.log(`${process.argv[2]}: mean error ${shown(mean)} steps, rms ${shown(rms)}; a tone of a quarter of a step: ${low} to ${high}`);
}
JS
node wav.mjs make
try() { # NAME COMMAND, which reads $in and writes $out
  for name in noise tone; do in=$name.wav out=${name}16.wav bash -c "$2" >/dev/null; done
  node wav.mjs "$1"
}
{
  try ffmpeg 'ffmpeg -v error -y -i $in -bitexact -c:a pcm_s16le $out'
  try "ffmpeg, triangular" 'ffmpeg -v error -y -i $in -af aresample=dither_method=triangular -bitexact -c:a pcm_s16le $out'
  try sndfile-convert 'sndfile-convert -pcm16 $in $out'
  try sox 'sox $in -b 16 $out'
  try "sox -D" 'sox -D $in -b 16 $out'
} | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
