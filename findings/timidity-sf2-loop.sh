#!/usr/bin/env bash
# TiMidity++ and the end of a loop in a SoundFont.
#
# Guess:   a note goes from the loop's last sample to its first, and what lies before the loop is heard once, if at all.
# Version: timidity 2.14.0-8.1 (Debian 12), fetched into a temp folder; needs node and TiMidity's libraries (libao4).
# Is:      the last 50 samples of the loop are mixed with what lies before its start, at any pitch; at the root's own
#          pitch and rate only in every third turn. Nothing is mixed in where the loop begins with the sample.
# Output (checked by the last line; exits 0 while it is this):
# > loop 100..899 of 1000, root: 45 samples off in every 2400
# > loop 100..899 of 1000, octave below: 89 samples off in every 1600
# > loop 0..799 of 1000, root: clean
# > loop 0..799 of 1000, octave below: clean
# > loop 0..999 of 1000, octave below: clean
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
apt-get download timidity=2.14.0-8.1 >/dev/null 2>&1 || { echo "apt-get cannot fetch timidity 2.14.0-8.1" >&2; exit 2; }
dpkg -x timidity*.deb root
root/usr/bin/timidity --version >/dev/null 2>&1 || { echo "timidity does not start; are its libraries installed?" >&2; exit 2; }

# One preset, one sample at its root on note 60; +1/2 inside the loop, -1/2 outside.
cat >sf2.mjs <<'JS'
import { writeFileSync } from "node:fs";
const [start, end, total] = process.argv.slice(2).map(Number);
const words = (...w) => { const b = Buffer.alloc(2 * w.length); w.forEach((v, i) => b.writeUInt16LE(v, 2 * i)); return b; };
const longs = (...w) => { const b = Buffer.alloc(4 * w.length); w.forEach((v, i) => b.writeUInt32LE(v, 4 * i)); return b; };
const name = (s) => { const b = Buffer.alloc(20); b.write(s); return b; };
const chunk = (id, ...parts) => {
  const body = Buffer.concat(parts.map((p) => Buffer.from(p)));
  return Buffer.concat([Buffer.from(id), longs(body.length), body]);
};
const pcm = Buffer.alloc(2 * (total + 46));
for (let i = 0; i < total; i++) pcm.writeInt16LE(i >= start && i < end ? 16384 : -16384, 2 * i);
const sample = (n, from, to, a, b, rate, root, type) =>
  Buffer.concat([name(n), longs(from, to, a, b, rate), Buffer.from([root, 0]), words(0, type)]);
writeFileSync("a.sf2", chunk("RIFF", "sfbk",
  chunk("LIST", "INFO", chunk("ifil", words(2, 1)), chunk("isng", "EMU8000\0"), chunk("INAM", "t\0")),
  chunk("LIST", "sdta", chunk("smpl", pcm)),
  chunk("LIST", "pdta",
    chunk("phdr", name("p"), words(0, 0, 0), longs(0, 0, 0), name("EOP"), words(0, 0, 1), longs(0, 0, 0)),
    chunk("pbag", words(0, 0, 1, 0)), chunk("pmod", Buffer.alloc(10)), chunk("pgen", words(41, 0, 0, 0)),
    chunk("inst", name("i"), words(0), name("EOI"), words(1)),
    // 54: it loops all the time; 53: of sample 0
    chunk("ibag", words(0, 0, 2, 0)), chunk("imod", Buffer.alloc(10)), chunk("igen", words(54, 1, 53, 0, 0, 0)),
    chunk("shdr", sample("s", 0, total, start, end, 44100, 60, 1), sample("EOS", 0, 0, 0, 0, 0, 0, 0)))));
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
const bytes = readFileSync("a.wav"), left = [];
for (let i = bytes.indexOf("data") + 8; i + 3 < bytes.length; i += 4) left.push(bytes.readInt16LE(i));
// Of 0.5 s the middle, where the note is held.
const starts = []; let off = 0;
for (let i = 4000; i < 18000; i++) {
  const wrong = left[i] < -500;
  if (wrong && left[i - 1] >= -500) starts.push(i);
  if (wrong && starts.length === 1) off++;
}
console.log(starts.length < 2 ? "clean" : `${off} samples off in every ${starts[2] - starts[1]}`);
JS
echo "soundfont $tmp/a.sf2" >a.cfg
play() { # start end total note
  node sf2.mjs "$1" "$2" "$3"; node midi.mjs "$4"
  root/usr/bin/timidity -c "$tmp/a.cfg" -Ow -s 44100 -EFreverb=0 -EFchorus=0 -o a.wav a.mid >log 2>&1 || { tail -3 log >&2; exit 2; }
  node judge.mjs
}
{
  echo "loop 100..899 of 1000, root: $(play 100 900 1000 60)"
  echo "loop 100..899 of 1000, octave below: $(play 100 900 1000 48)"
  echo "loop 0..799 of 1000, root: $(play 0 800 1000 60)"
  echo "loop 0..799 of 1000, octave below: $(play 0 800 1000 48)"
  echo "loop 0..999 of 1000, octave below: $(play 0 1000 1000 48)"
} | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
