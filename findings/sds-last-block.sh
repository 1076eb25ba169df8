#!/usr/bin/env bash
# MIDI Sample Dump Standard, the samplers' own exchange format, written and read by libsndfile (sox uses it for .sds too).
#
# Guess:   what was 990 frames at 44.1 kHz with a loop comes back as just that, for 16 bits and a loop are in the format.
# Version: sndfile-programs and libsndfile1 1.2.0-1+deb12u1 (Debian 12); needs node.
# Is:      the samples are in the dump, but of its last block of 40 libsndfile reads none unless it is full: the end comes back
#          as silence, a sound of 39 frames as nothing. 44.1 kHz comes back as 44101 Hz, and in place of the loop (or of 127,
#          which is none) the dump states a forward loop (0) from the first frame to the first.
# Output (checked by the last line; exits 0 while it is this):
# > 1000 frames at 48000 Hz: dump: 1000 right, loop of type 0 from 0 to 0; read: 1000, 1000 right, 0 silent, 48000 Hz
# > 990 frames at 48000 Hz: dump: 990 right, loop of type 0 from 0 to 0; read: 990, 960 right, 30 silent, 48000 Hz
# > 39 frames at 48000 Hz: dump: 39 right, loop of type 0 from 0 to 0; read: 0, 0 right, 0 silent, 48000 Hz
# > 1000 frames at 44100 Hz: dump: 1000 right, loop of type 0 from 0 to 0; read: 1000, 1000 right, 0 silent, 44101 Hz
# > 1000 frames at 96000 Hz: dump: 1000 right, loop of type 0 from 0 to 0; read: 1000, 1000 right, 0 silent, 96006 Hz
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
for p in sndfile-programs=1.2.0-1+deb12u1 libsndfile1=1.2.0-1+deb12u1; do
  [ "$(dpkg-query -Wf '${Version}' "${p%%=*}" 2>/dev/null)" = "${p#*=}" ] || { echo "needs $p" >&2; exit 2; }
done
cat >wav.mjs <<'JS' # wav.mjs FRAMES RATE: a ramp, none of it 0; looped from its tenth frame to its last
import { writeFileSync } from "node:fs";
const [frames, rate] = process.argv.slice(2).map(Number);
const chunk = (id, bytes) => Buffer.concat([Buffer.from(id), Buffer.from(Uint32Array.of(bytes.length).buffer), bytes]);
const longs = (...w) => Buffer.from(Uint32Array.from(w).buffer);
const pcm = Buffer.from(Int16Array.from({ length: frames }, (_, i) => 1000 + 20 * i).buffer);
writeFileSync("a.wav", chunk("RIFF", Buffer.concat([Buffer.from("WAVE"),
  chunk("fmt ", longs(0x10001, rate, 2 * rate, 0x100002)),
  chunk("smpl", longs(0, 0, Math.round(1e9 / rate), 60, 0, 0, 0, 1, 0, 0, 0, 9, frames - 1, 0, 0)), chunk("data", pcm)])));
JS
cat >look.mjs <<'JS'
import { readFileSync } from "node:fs";
const frames = +process.argv[2], dump = readFileSync("a.sds"), wav = readFileSync("b.wav");
// A header of 21 bytes, then blocks of 127, of which 120 are 40 samples of 3 x 7 bits, the uppermost first.
const stated = [];
for (let at = 21; at + 127 <= dump.length; at += 127)
  for (let i = at + 5; i < at + 125; i += 3) stated.push((dump[i] << 9) + (dump[i + 1] << 2) + (dump[i + 2] >> 5) - 32768);
const data = wav.indexOf("data") + 8, read = [];
for (let i = data; i + 1 < wav.length; i += 2) read.push(wav.readInt16LE(i));
const right = (x) => { let n = 0; while (n < frames && x[n] === 1000 + 20 * n) n++; return n; };
const seven = (at) => dump[at] | (dump[at + 1] << 7) | (dump[at + 2] << 14);
const silent = read.slice(right(read)).filter((v) => v === 0).length;
console.log(`dump: ${right(stated)} right, loop of type ${dump[19]} from ${seven(13)} to ${seven(16)}; ` +
  `read: ${read.length}, ${right(read)} right, ${silent} silent, ${wav.readUInt32LE(24)} Hz`);
JS
try() { # frames rate
  node wav.mjs "$1" "$2"
  rm -f a.sds b.wav; sndfile-convert a.wav a.sds && sndfile-convert -pcm16 a.sds b.wav
  echo "$1 frames at $2 Hz: $(node look.mjs "$1")"
}
{
  try 1000 48000; try 990 48000; try 39 48000; try 1000 44100; try 1000 96000
} | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
