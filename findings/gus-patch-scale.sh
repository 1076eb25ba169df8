#!/usr/bin/env bash
# A patch of the Gravis Ultrasound (.pat) in its two players, TiMidity++ and WildMIDI: how far the pitch follows the keys (its
# scale factor, 1024 for a semitone a key; a drum has 0), and where it stands between left and right (its balance, 0 to 15).
#
# Guess:   both players heed both: they are what makes a drum or a panned sample out of a recording.
# Version: timidity 2.14.0-8.1, wildmidi and libwildmidi2 0.4.3-1 (Debian 12), fetched into a temp folder; needs node and
#          TiMidity's libraries (libao4).
# Is:      WildMIDI follows the keys by semitones, whatever the scale factor, so that a drum an octave above its root sounds an
#          octave high; and it plays everything in the middle.
# Output (checked by the last line; exits 0 while it is this), the root's key plays 441 Hz:
# > scale 1024, root's key: TiMidity++ 441 Hz, middle; WildMIDI 441 Hz, middle
# > scale 1024, an octave up: TiMidity++ 882 Hz, middle; WildMIDI 882 Hz, middle
# > scale 512, an octave up: TiMidity++ 624 Hz, middle; WildMIDI 882 Hz, middle
# > scale 0, an octave up: TiMidity++ 441 Hz, middle; WildMIDI 882 Hz, middle
# > balance 0, root's key: TiMidity++ 441 Hz, left; WildMIDI 441 Hz, middle
# > balance 15, root's key: TiMidity++ 441 Hz, right; WildMIDI 441 Hz, middle
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
for p in timidity=2.14.0-8.1 wildmidi=0.4.3-1 libwildmidi2=0.4.3-1; do
  apt-get download "$p" >/dev/null 2>&1 || { echo "apt-get cannot fetch $p" >&2; exit 2; }
done
for d in *.deb; do dpkg -x "$d" root; done
lib=$tmp/$(dirname "$(find root -name 'libWildMidi.so.*' | head -1)")
root/usr/bin/timidity --version >/dev/null 2>&1 || { echo "timidity does not start; are its libraries installed?" >&2; exit 2; }
LD_LIBRARY_PATH=$lib root/usr/bin/wildmidi --version >/dev/null 2>&1 || { echo "wildmidi does not start" >&2; exit 2; }

# One looped sample of 16 bits with its root on note 60.
cat >pat.mjs <<'JS'
import { writeFileSync } from "node:fs";
const [scale, balance] = process.argv.slice(2).map(Number), total = 44100, b = Buffer.alloc(335 + 2 * total);
b.write("GF1PATCH110\0ID#000002\0", "latin1");
b[82] = 1; b[83] = 14; b[85] = 1; b[87] = 127; b.writeUInt32LE(2 * total, 89); // one instrument of one sample
b.write("tone", 131); b.writeUInt32LE(206 + 2 * total, 147); b[151] = 1; // its one layer
b.writeUInt32LE(96 + 2 * total, 194); b[198] = 1;
const at = 239;
b.write("tone", at); b.writeUInt32LE(2 * total, at + 8); b.writeUInt32LE(2000, at + 12); b.writeUInt32LE(82000, at + 16);
b.writeUInt16LE(44100, at + 20);
b.writeUInt32LE(8176, at + 22); b.writeUInt32LE(12543854, at + 26); b.writeUInt32LE(261625, at + 30); // keys and root, mHz
b.writeInt16LE(1, at + 34); b[at + 36] = balance;
b.fill(63, at + 37, at + 43); b.fill(246, at + 43, at + 47); // full level at once, as long as the key is down
b[at + 55] = 1 | 4 | 32 | 64; // 16 bits, loop, sustain, envelope
b.writeInt16LE(60, at + 56); b.writeUInt16LE(scale, at + 58);
for (let i = 0; i < total; i++) b.writeInt16LE(Math.round(8192 * Math.sin((2 * Math.PI * i) / 100)), at + 96 + 2 * i);
writeFileSync("tone.pat", b);
JS
cat >midi.mjs <<'JS'
import { writeFileSync } from "node:fs";
const note = Number(process.argv[2]);
const track = Buffer.from([0, 0xc0, 0, 0, 0x90, note, 127, 0x83, 0x60, 0x80, note, 0, 0, 0xff, 0x2f, 0]);
const head = Buffer.from("MThd\0\0\0\x06\0\0\0\x01\x01\xe0MTrk\0\0\0", "latin1");
writeFileSync("a.mid", Buffer.concat([head, Buffer.from([track.length]), track]));
JS
cat >judge.mjs <<'JS'
import { readFileSync } from "node:fs";
const b = readFileSync("a.wav"), from = b.indexOf("data") + 8, at = (i, c) => b.readInt16LE(from + 4 * i + 2 * c);
const sums = [0, 0], rises = [];
for (let i = 6000; i < 18000; i++) for (const c of [0, 1]) sums[c] += at(i, c) ** 2;
const loud = sums[0] > sums[1] ? 0 : 1;
for (let i = 6000; i < 18000; i++)
  if (at(i - 1, loud) < 0 && at(i, loud) >= 0) rises.push(i - at(i, loud) / (at(i, loud) - at(i - 1, loud)));
const decibels = 10 * Math.log10((sums[0] + 1) / (sums[1] + 1));
const where = Math.abs(decibels) < 0.5 ? "middle" : `${decibels > 0 ? "left" : "right"}${Math.abs(decibels) > 40 ? "" : ", not only"}`;
console.log(`${((44100 * (rises.length - 1)) / (rises.at(-1) - rises[0])).toFixed(0)} Hz, ${where}`);
JS
printf 'dir %s\nbank 0\n0 tone.pat\n' "$tmp" >a.cfg
both() { # SCALE BALANCE NOTE
  node pat.mjs "$1" "$2"; node midi.mjs "$3"
  root/usr/bin/timidity -c a.cfg -Ow -s 44100 -EFreverb=0 -EFchorus=0 -o a.wav a.mid >log 2>&1 || { tail -3 log >&2; exit 2; }
  line="TiMidity++ $(node judge.mjs)"
  LD_LIBRARY_PATH=$lib root/usr/bin/wildmidi -c a.cfg -r 44100 -o a.wav a.mid >log 2>&1 || { tail -3 log >&2; exit 2; }
  echo "$line; WildMIDI $(node judge.mjs)"
}
{
  echo "scale 1024, root's key: $(both 1024 7 60)"
  echo "scale 1024, an octave up: $(both 1024 7 72)"
  echo "scale 512, an octave up: $(both 512 7 72)"
  echo "scale 0, an octave up: $(both 0 7 72)"
  echo "balance 0, root's key: $(both 1024 0 60)"
  echo "balance 15, root's key: $(both 1024 15 60)"
} | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
