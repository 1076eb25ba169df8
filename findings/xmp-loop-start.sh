#!/usr/bin/env bash
# libxmp (xmp) and the first sample of a loop in an XM module, with its default interpolation.
#
# Guess:   what lies before a forward loop is heard once, before the first turn, if at all; openmpt123 does so.
# Version: xmp 4.1.0-4, libxmp4 4.5.0-2, openmpt123 0.6.9-1 (Debian 12); xmp and libxmp are fetched into a temp folder.
# Is:      "spline", the default, takes the sample before the loop's start for the one before its first sample in every
#          turn: 14.8 % off, even at the root. Linear, nearest, and loops that begin with the sample are clean.
# Output (checked by the last line; exits 0 while it is this):
# > loop 100..899 of 1000, spline: 14.8 % off, every 790 frames
# > loop 100..899 of 1000, linear: clean
# > loop 100..899 of 1000, nearest: clean
# > loop 100..104 of 1000, spline: 14.8 % off, every 5 frames
# > loop 0..999 of 1000, spline: clean
# > loop 100..899 of 1000, openmpt123: clean
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
for p in xmp=4.1.0-4 libxmp4=4.5.0-2; do
  apt-get download "$p" >/dev/null 2>&1 || { echo "apt-get cannot fetch $p" >&2; exit 2; }
done
for d in *.deb; do dpkg -x "$d" root; done
[ "$(dpkg-query -Wf '${Version}' openmpt123 2>/dev/null)" = 0.6.9-1 ] || { echo "needs openmpt123 0.6.9-1" >&2; exit 2; }
export LD_LIBRARY_PATH; LD_LIBRARY_PATH=$(dirname "$(find "$tmp/root" -name 'libxmp.so.*' | head -1)")
root/usr/bin/xmp -V >/dev/null 2>&1 || { echo "xmp does not start; are libasound2 and libpulse0 installed?" >&2; exit 2; }

# One note of one instrument; its sample is +1/2 inside the loop and -1/2 outside.
cat >xm.mjs <<'JS'
import { writeFileSync } from "node:fs";
const [start, end, total] = process.argv.slice(2).map(Number), rows = 64;
const u = (size, value) => { const b = Buffer.alloc(size); b.writeUIntLE(value, 0, size); return b; };
const text = (size, t) => { const b = Buffer.alloc(size); b.write(t); return b; };
const pcm = Buffer.alloc(2 * total);
for (let i = 0, was = 0; i < total; i++) { // each sample is stored as its difference from the one before
  const is = i >= start && i < end ? 16384 : -16384;
  pcm.writeUInt16LE((is - was) & 0xffff, 2 * i); was = is;
}
const notes = Buffer.concat([Buffer.from([0x83, 49, 1]), Buffer.alloc(2 * rows - 1, 0x80)]);
writeFileSync("a.xm", Buffer.concat([
  text(17, "Extended Module: "), text(20, "loop"), u(1, 26), text(20, "FastTracker v2.00"), u(2, 0x104),
  u(4, 276), u(2, 1), u(2, 0), u(2, 2), u(2, 1), u(2, 1), u(2, 1), u(2, 6), u(2, 125), Buffer.alloc(256),
  u(4, 9), u(1, 0), u(2, rows), u(2, notes.length), notes,
  u(4, 263), text(22, "i"), u(1, 0), u(2, 1), u(4, 40), Buffer.alloc(230),
  // bytes of the sample, of what precedes the loop, of the loop; volume, finetune, 16 bits looped forwards, pan, 29 notes up
  u(4, 2 * total), u(4, 2 * start), u(4, 2 * (end - start)), u(1, 64), u(1, 0), u(1, 0x11), u(1, 128), u(1, 29), u(1, 0),
  text(22, "s"), pcm]));
JS
cat >judge.mjs <<'JS'
import { readFileSync } from "node:fs";
const bytes = readFileSync("a.wav"), left = [];
for (let i = bytes.indexOf("data") + 8; i + 3 < bytes.length; i += 4) left.push(bytes.readInt16LE(i));
const held = left.slice(4000, 40000), level = [...held].sort((a, b) => a - b)[held.length >> 1];
const off = [...held.keys()].filter((i) => Math.abs(held[i] / level - 1) > 0.02);
const worst = Math.max(...held.map((v) => Math.abs(v / level - 1)));
console.log(off.length ? `${(100 * worst).toFixed(1)} % off, every ${off[1] - off[0]} frames` : "clean");
JS
play() { # start end interpolation
  node xm.mjs "$1" "$2" 1000; rm -f a.wav
  if [ "$3" = openmpt123 ]; then
    openmpt123 --batch --samplerate 44100 --no-float --dither 0 --output a.wav a.xm >/dev/null 2>&1
  else root/usr/bin/xmp -q -i "$3" -o a.wav a.xm >/dev/null 2>&1; fi
  node judge.mjs
}
{
  for i in spline linear nearest; do echo "loop 100..899 of 1000, $i: $(play 100 900 $i)"; done
  echo "loop 100..104 of 1000, spline: $(play 100 105 spline)"
  echo "loop 0..999 of 1000, spline: $(play 0 1000 spline)"
  echo "loop 100..899 of 1000, openmpt123: $(play 100 900 openmpt123)"
} | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
