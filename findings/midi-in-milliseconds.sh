#!/usr/bin/env bash
# A MIDI file whose ticks are milliseconds: its header states 25 frames a second of 40 ticks each, not ticks a beat.
#
# Guess:   a note at tick 0 and one at tick 1000 are one second apart, whatever the tempo, or the file is refused.
# Version: fluidsynth 2.3.1-2, timidity 2.14.0-8.1 (Debian 12; the second fetched into a temp folder); npm @tonejs/midi 2.0.28,
#          midi-file 1.2.4, midi-player-js 2.0.17, spessasynth_core 4.3.22; needs node and TiMidity's libraries (libao4).
# Is:      midi-file alone reads the header right. fluidsynth plays nothing and leaves with 0; timidity goes by the tempo, as
#          if a beat had 960 ticks; @tonejs/midi has no times; spessasynth_core and midi-player-js count 59176 ticks to a beat.
# Output (checked by the last line; exits 0 while it is this):
# > 500 ticks a beat, 0.5 s a beat, fluidsynth: 1000 ms, exit 0
# > 500 ticks a beat, 0.5 s a beat, timidity: 1000 ms
# > 500 ticks a beat, 0.5 s a beat, midi-file: 500 ticks a beat
# > 500 ticks a beat, 0.5 s a beat, @tonejs/midi: 1000 ms
# > 500 ticks a beat, 0.5 s a beat, spessasynth_core: 1000 ms
# > 500 ticks a beat, 0.5 s a beat, midi-player-js: 2000 ms in all
# > 25 x 40 ticks a second, fluidsynth: 0 notes, exit 0
# > 25 x 40 ticks a second, timidity: 520 ms
# > 25 x 40 ticks a second, midi-file: 25 x 40 ticks a second
# > 25 x 40 ticks a second, @tonejs/midi: NaN ms
# > 25 x 40 ticks a second, spessasynth_core: 8 ms
# > 25 x 40 ticks a second, midi-player-js: 17 ms in all
# > 25 x 40 ticks a second, 1 s a beat, fluidsynth: 0 notes, exit 0
# > 25 x 40 ticks a second, 1 s a beat, timidity: 1040 ms
# > 25 x 40 ticks a second, 1 s a beat, midi-file: 25 x 40 ticks a second
# > 25 x 40 ticks a second, 1 s a beat, @tonejs/midi: NaN ms
# > 25 x 40 ticks a second, 1 s a beat, spessasynth_core: 17 ms
# > 25 x 40 ticks a second, 1 s a beat, midi-player-js: 34 ms in all
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
[ "$(dpkg-query -Wf '${Version}' fluidsynth 2>/dev/null)" = 2.3.1-2 ] || { echo "needs fluidsynth 2.3.1-2" >&2; exit 2; }
apt-get download timidity=2.14.0-8.1 >/dev/null 2>&1 || { echo "apt-get cannot fetch timidity 2.14.0-8.1" >&2; exit 2; }
dpkg -x timidity*.deb root
root/usr/bin/timidity --version >/dev/null 2>&1 || { echo "timidity does not start; are its libraries installed?" >&2; exit 2; }
npm install --prefix "$tmp" @tonejs/midi@2.0.28 midi-file@1.2.4 midi-player-js@2.0.17 spessasynth_core@4.3.22 --ignore-scripts \
  --no-audit --no-fund >/dev/null 2>&1 || { echo "npm cannot fetch the packages named above" >&2; exit 2; }

# One preset, one sample without a loop: every note is 50 ms of a constant.
cat >sf2.mjs <<'JS'
import { writeFileSync } from "node:fs";
const words = (...w) => Buffer.from(Uint16Array.from(w).buffer);
const longs = (...w) => Buffer.from(Uint32Array.from(w).buffer);
const name = (s) => { const b = Buffer.alloc(20); b.write(s); return b; };
const chunk = (id, ...parts) => {
  const body = Buffer.concat(parts.map((p) => Buffer.from(p)));
  return Buffer.concat([Buffer.from(id), longs(body.length), body]);
};
const frames = 2205, pcm = Int16Array.from({ length: frames + 46 }, (_, i) => (i < frames ? 16384 : 0));
const sample = (n, to, rate, root, type) =>
  Buffer.concat([name(n), longs(0, to, 0, to, rate), Buffer.from([root, 0]), words(0, type)]);
writeFileSync("a.sf2", chunk("RIFF", "sfbk",
  chunk("LIST", "INFO", chunk("ifil", words(2, 1)), chunk("isng", "EMU8000\0"), chunk("INAM", "t\0")),
  chunk("LIST", "sdta", chunk("smpl", pcm.buffer)),
  chunk("LIST", "pdta",
    chunk("phdr", name("p"), words(0, 0, 0), longs(0, 0, 0), name("EOP"), words(0, 0, 1), longs(0, 0, 0)),
    chunk("pbag", words(0, 0, 1, 0)), chunk("pmod", Buffer.alloc(10)), chunk("pgen", words(41, 0, 0, 0)),
    chunk("inst", name("i"), words(0), name("EOI"), words(1)),
    chunk("ibag", words(0, 0, 1, 0)), chunk("imod", Buffer.alloc(10)), chunk("igen", words(53, 0, 0, 0)),
    chunk("shdr", sample("s", frames, 44100, 60, 1), sample("EOS", 0, 0, 0, 0)))));
JS
cat >midi.mjs <<'JS'
import { writeFileSync } from "node:fs";
// 0xe728: -25, which is the frames, and 40
for (const [file, division, tempo] of [["beats", 500, 500000], ["ms", 0xe728, 500000], ["ms-slow", 0xe728, 1000000]]) {
  const track = Buffer.from([0, 0xff, 0x51, 3, tempo >> 16, (tempo >> 8) & 255, tempo & 255,
    0, 0x90, 60, 127, 100, 0x80, 60, 0, 0x87, 4, 0x90, 60, 127, 100, 0x80, 60, 0, 0x87, 4, 0xff, 0x2f, 0]);
  const head = Buffer.from("MThd\0\0\0\x06\0\0\0\x01\0\0MTrk\0\0\0", "latin1"); head.writeUInt16BE(division, 12);
  writeFileSync(`${file}.mid`, Buffer.concat([head, Buffer.from([track.length]), track]));
}
JS
cat >onsets.mjs <<'JS'
import { readFileSync } from "node:fs";
const b = readFileSync("a.wav"), on = [];
for (let i = b.indexOf("data") + 8, last = -9999, at = 0; i + 3 < b.length; i += 4, at++)
  if (Math.abs(b.readInt16LE(i)) > 500) { if (at - last > 1000) on.push(at); last = at; }
console.log(on.length === 2 ? `${Math.round((on[1] - on[0]) / 441) * 10} ms` : `${on.length} notes`);
JS
cat >read.mjs <<'JS'
import { readFileSync } from "node:fs";
import toneMidi from "@tonejs/midi";
import midiFile from "midi-file";
import player from "midi-player-js";
import { BasicMIDI } from "spessasynth_core";
const bytes = new Uint8Array(readFileSync(process.argv[2])), label = process.argv[3];
const { framesPerSecond, ticksPerFrame, ticksPerBeat } = midiFile.parseMidi(bytes).header;
const unit = ticksPerBeat ? `${ticksPerBeat} ticks a beat` : `${framesPerSecond} x ${ticksPerFrame} ticks a second`;
console.log(`${label}, midi-file: ${unit}`);
const notes = new toneMidi.Midi(bytes).tracks[0].notes;
console.log(`${label}, @tonejs/midi: ${Math.round(1000 * (notes[1].time - notes[0].time))} ms`);
const spessa = BasicMIDI.fromArrayBuffer(bytes.buffer);
console.log(`${label}, spessasynth_core: ${Math.round(1000 * spessa.midiTicksToSeconds(1000))} ms`);
const p = new player.Player(); p.loadArrayBuffer(bytes.buffer);
console.log(`${label}, midi-player-js: ${Math.round(1000 * p.getSongTime())} ms in all`);
JS
node sf2.mjs; node midi.mjs
echo "soundfont $tmp/a.sf2" >a.cfg
try() { # label file
  local status=0
  fluidsynth -q -ni -g 1 -R 0 -C 0 -r 44100 -F a.wav a.sf2 "$2" >/dev/null 2>&1 || status=$?
  echo "$1, fluidsynth: $(node onsets.mjs), exit $status"
  root/usr/bin/timidity -c "$tmp/a.cfg" -Ow -s 44100 -EFreverb=0 -EFchorus=0 -o a.wav "$2" >/dev/null 2>&1
  echo "$1, timidity: $(node onsets.mjs)"
  node read.mjs "$2" "$1"
}
{
  try "500 ticks a beat, 0.5 s a beat" beats.mid
  try "25 x 40 ticks a second" ms.mid
  try "25 x 40 ticks a second, 1 s a beat" ms-slow.mid
} | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
