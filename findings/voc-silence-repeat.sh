#!/usr/bin/env bash
# A Creative Voice file with a block of silence, and one with a block that is repeated: both are blocks of the format.
#
# Guess:   1000 frames high, 2000 silent, 1000 low; and 1000 high, three times 1000 low, 1000 high.
# Version: sox 14.4.2+git20190427-3.5, ffmpeg 7:5.1.9-0+deb12u1, sndfile-programs 1.2.0-1+deb12u1 (Debian 12); needs node.
# Is:      sox leaves the silence out and plays seven bytes of headers as sound; ffmpeg leaves it out too. Both play the
#          repeated part once, and ffmpeg loses all that follows it. libsndfile refuses both files.
# Output (checked by the last line; exits 0 while it is this):
# > silence, sox: 1000 high, other, 1000 low, other (7 other frames)
# > silence, ffmpeg: 1000 high, 1000 low
# > silence, libsndfile: refused
# > repeat, sox: 1000 high, 1000 low, 1000 high
# > repeat, ffmpeg: 1000 high, 1000 low
# > repeat, libsndfile: refused
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
for p in sox=14.4.2+git20190427-3.5 ffmpeg=7:5.1.9-0+deb12u1 sndfile-programs=1.2.0-1+deb12u1; do
  [ "$(dpkg-query -Wf '${Version}' "${p%%=*}" 2>/dev/null)" = "${p#*=}" ] || { echo "needs $p" >&2; exit 2; }
done
cat >make.mjs <<'JS'
import { writeFileSync } from "node:fs";
const rate = 256 - 1e6 / 10000; // how the format says 10 kHz
const block = (type, ...bytes) => Buffer.from([type, bytes.length & 255, bytes.length >> 8, 0, ...bytes]);
const sound = (level) => block(1, rate, 0, ...Array(1000).fill(level)); // 0: 8 bits, unsigned
const head = Buffer.concat([Buffer.from("Creative Voice File\x1a"), Buffer.from([26, 0, 10, 1, 0x29, 0x11])]);
const end = Buffer.from([0]), high = sound(192), low = sound(64);
const silence = block(3, 1999 & 255, 1999 >> 8, rate); // its length less one, and the rate
writeFileSync("silence.voc", Buffer.concat([head, high, silence, low, end]));
writeFileSync("repeat.voc", Buffer.concat([head, high, block(6, 2, 0), low, block(7), high, end])); // twice more
JS
cat >runs.mjs <<'JS'
import { readFileSync } from "node:fs";
const b = readFileSync("a.raw"), x = new Float32Array(b.buffer, b.byteOffset, b.length / 4), runs = [];
for (let from = 0, to = 0; from < x.length; from = to) {
  while (to < x.length && Math.abs(x[to] - x[from]) < 0.01) to++;
  runs.push(to - from < 100 ? "other" : `${to - from} ${x[from] > 0.1 ? "high" : x[from] < -0.1 ? "low" : "silent"}`);
}
const others = runs.filter((r) => r === "other").length;
console.log(runs.filter((r, i) => r !== "other" || runs[i - 1] !== r).join(", ") + (others ? ` (${others} other frames)` : ""));
JS
node make.mjs
{
  for f in silence repeat; do
    sox $f.voc -t f32 a.raw 2>/dev/null; echo "$f, sox: $(node runs.mjs)"
    ffmpeg -v error -y -i $f.voc -f f32le a.raw; echo "$f, ffmpeg: $(node runs.mjs)"
    sndfile-convert $f.voc a.au >/dev/null 2>&1 || echo "$f, libsndfile: refused"
  done
} | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
