#!/usr/bin/env bash
# The last moment of a tone played at half its tempo, by tools that cut and overlap.
#
# Guess:   twice as long, sounding to the end.
# Version: sox 14.4.2+git20190427-3.5, soundstretch and libsoundtouch1 2.3.2+ds1-1, ffmpeg 7:5.1.9-0+deb12u1 (Debian 12);
#          needs node.
# Is:      with sox and soundstretch the length is right, but of the last 60 ms most is silence, with scraps of the tone
#          in it; ffmpeg's atempo ends some 18 ms early, sounding. None says so.
# Output, the last 100 ms by 10 ms: # all of the level, + some, . silence, - no sample (checked by the last line; exits 0
# while it is this):
# > sox tempo 0.5: # # # # . + # # + .
# > sox tempo -m 0.5: # # # # # . . + . .
# > soundstretch -tempo=-50: # # # # # . . . # .
# > ffmpeg atempo=0.5: # # # # # # # # - -
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
for p in sox=14.4.2+git20190427-3.5 soundstretch=2.3.2+ds1-1 libsoundtouch1=2.3.2+ds1-1 ffmpeg=7:5.1.9-0+deb12u1; do
  [ "$(dpkg-query -Wf '${Version}' "${p%%=*}" 2>/dev/null)" = "${p#*=}" ] || { echo "needs $p" >&2; exit 2; }
done
sox -R -D -n -r 44100 -b 16 -c 1 a.wav synth 3 sine 440 gain -10
cat >end.mjs <<'JS'
import { readFileSync } from "node:fs";
const b = readFileSync("b.wav"), x = [];
for (let i = b.indexOf("data") + 8; i + 1 < b.length; i += 2) x.push(b.readInt16LE(i) / 32768);
const mark = (from) => {
  if (from + 441 > x.length) return "-";
  const rms = Math.hypot(...x.slice(from, from + 441)) / 21; // 0.22 in the middle
  return rms > 0.15 ? "#" : rms > 0.02 ? "+" : ".";
};
console.log(Array.from({ length: 10 }, (_, i) => mark(6 * 44100 - 441 * (10 - i))).join(" "));
JS
try() { "${@:2}" >/dev/null 2>&1; echo "$1: $(node end.mjs)"; }
{
  try "sox tempo 0.5" sox -R -D a.wav b.wav tempo 0.5
  try "sox tempo -m 0.5" sox -R -D a.wav b.wav tempo -m 0.5
  try "soundstretch -tempo=-50" soundstretch a.wav b.wav -tempo=-50
  try "ffmpeg atempo=0.5" ffmpeg -v error -y -i a.wav -af atempo=0.5 b.wav
} | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
