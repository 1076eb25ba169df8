#!/usr/bin/env bash
# An 8SVX instrument (IFF, of the Amiga) of three octaves: a sampler's file that holds one sound three times, the highest
# first, each twice as long as the one before; its header says how many there are, and how long the first and its loop.
#
# Guess:   a reader gives the first octave, 1000 frames; the header's rate is that one's.
# Version: sox 14.4.2+git20190427-3.5, ffmpeg 7:5.1.9-0+deb12u1, sndfile-programs 1.2.0-1+deb12u1 (Debian 12); needs node.
# Is:      all three play the octaves one after another, at one rate: 440 Hz, 220 Hz and 110 Hz, 7000 frames.
# Output (checked by the last line; exits 0 while it is this):
# > sox: 7000 frames, of 440, 220 and 110 Hz
# > ffmpeg: 7000 frames, of 440, 220 and 110 Hz
# > libsndfile: 7000 frames, of 440, 220 and 110 Hz
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
for p in sox=14.4.2+git20190427-3.5 ffmpeg=7:5.1.9-0+deb12u1 sndfile-programs=1.2.0-1+deb12u1; do
  [ "$(dpkg-query -Wf '${Version}' "${p%%=*}" 2>/dev/null)" = "${p#*=}" ] || { echo "needs $p" >&2; exit 2; }
done
cat >make.mjs <<'JS'
import { writeFileSync } from "node:fs";
const longs = (...w) => { const b = Buffer.alloc(4 * w.length); w.forEach((v, i) => b.writeUInt32BE(v, 4 * i)); return b; };
const chunk = (id, ...parts) => {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(id), longs(body.length), body]);
};
const octave = (frames, hz) =>
  Buffer.from(Int8Array.from({ length: frames }, (_, i) => 90 * Math.sin((2 * Math.PI * hz * i) / 11000)).buffer);
// Of the first octave 400 frames are played once and 600 looped, 25 to a cycle; 11 kHz, three octaves, as it is, full volume.
const header = Buffer.concat([longs(400, 600, 25), Buffer.from([11000 >> 8, 11000 & 255, 3, 0]), longs(0x10000)]);
writeFileSync("a.8svx", chunk("FORM", Buffer.from("8SVX"), chunk("VHDR", header),
  chunk("BODY", octave(1000, 440), octave(2000, 220), octave(4000, 110))));
JS
cat >look.mjs <<'JS'
import { readFileSync } from "node:fs";
const b = readFileSync("a.raw"), x = new Float32Array(b.buffer, b.byteOffset, b.length / 4);
const cycles = (from, to) => { let n = 0; for (let i = from + 1; i < to; i++) if (x[i - 1] <= 0 && x[i] > 0) n++; return n; };
const hz = (from, to) => Math.round((11000 * cycles(from, Math.min(to, x.length))) / (to - from));
console.log(`${x.length} frames, of ${hz(0, 1000)}, ${hz(1000, 3000)} and ${hz(3000, 7000)} Hz`);
JS
node make.mjs
{
  sox a.8svx -t f32 a.raw; echo "sox: $(node look.mjs)"
  ffmpeg -v error -y -i a.8svx -f f32le a.raw; echo "ffmpeg: $(node look.mjs)"
  sndfile-convert -pcm16 a.8svx a.au; sox a.au -t f32 a.raw 2>/dev/null; echo "libsndfile: $(node look.mjs)"
} | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
