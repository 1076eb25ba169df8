#!/usr/bin/env bash
# How much softer five players make a note by what a SoundFont and the MIDI file say: one sample, one preset.
#
# Guess:   the SoundFont 2 specification has units for all of it: 100 in initialAttenuation are 10 dB, velocity 64 is 11.9 dB
#          softer than 127 by a default modulator, which an instrument can replace by its own; so players differ in their
#          overall level only.
# Version: fluidsynth 2.3.1-2, timidity 2.14.0-8.1, csound 1:6.18.1+dfsg-1 (Debian 12; the latter two are fetched into a temp
#          folder); npm spessasynth_core 4.3.22, @coderline/alphatab 1.8.4; needs node and TiMidity's libraries (libao4).
# Is:      FluidSynth and SpessaSynth take 0.4 of an attenuation, alphaTab and Csound's sfplay3 all of it, TiMidity++ a little less
#          than the former. A velocity of 64 costs 6 to 12 dB (sfplay3 leaves it to its caller), and TiMidity++ and alphaTab take
#          it off where the instrument says it costs nothing. Halfway to the right, the left side lies 5 to 10 dB below the
#          right. Layers balanced in one player are not in another.
# Output (checked by the last line; exits 0 while it is this), dB against the plain note at velocity 127:
# > 10 dB attenuation: fluidsynth -4.0, spessasynth -4.0, timidity -3.8, alphatab -10.0, csound -10.0
# > 40 dB attenuation: fluidsynth -16.0, spessasynth -16.0, timidity -15.1, alphatab -40.0, csound -40.1
# > velocity 64: fluidsynth -11.9, spessasynth -11.9, timidity -9.9, alphatab -6.0, csound 0.0
# > velocity 64, by a modulator as loud: fluidsynth 0.1, spessasynth 0.1, timidity -9.9, alphatab -6.0, csound 0.0
# > halfway right, left less right: fluidsynth -7.7, spessasynth -7.7, timidity -9.5, alphatab -4.8, csound -4.8
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
[ "$(dpkg-query -Wf '${Version}' fluidsynth 2>/dev/null)" = 2.3.1-2 ] || { echo "needs fluidsynth 2.3.1-2" >&2; exit 2; }
for p in timidity=2.14.0-8.1 csound=1:6.18.1+dfsg-1 libcsound64-6.0=1:6.18.1+dfsg-1; do
  apt-get download "$p" >/dev/null 2>&1 || { echo "apt-get cannot fetch $p" >&2; exit 2; }
done
for d in *.deb; do dpkg -x "$d" root; done
lib=$tmp/$(dirname "$(find root -name 'libcsound64.so.*' | head -1)")
root/usr/bin/timidity --version >/dev/null 2>&1 || { echo "timidity does not start; are its libraries installed?" >&2; exit 2; }
npm install --prefix "$tmp" spessasynth_core@4.3.22 @coderline/alphatab@1.8.4 --ignore-scripts --no-audit --no-fund >/dev/null 2>&1 ||
  { echo "npm cannot fetch the packages named above" >&2; exit 2; }

# A tone of -12 dB in a loop; generator and value are the instrument's own, and so is the modulator "even": it puts 0 dB in the
# place of the default one, by which velocity takes up to 96 dB off the level.
cat >sf2.mjs <<'JS'
import { writeFileSync } from "node:fs";
const even = process.argv[2] === "even", own = even ? [] : process.argv.slice(2).map(Number), total = 44100;
const words = (...w) => { const b = Buffer.alloc(2 * w.length); w.forEach((v, i) => b.writeUInt16LE(v, 2 * i)); return b; };
const longs = (...w) => { const b = Buffer.alloc(4 * w.length); w.forEach((v, i) => b.writeUInt32LE(v, 4 * i)); return b; };
const name = (s) => { const b = Buffer.alloc(20); b.write(s); return b; };
const chunk = (id, ...parts) => {
  const body = Buffer.concat(parts.map((p) => Buffer.from(p)));
  return Buffer.concat([Buffer.from(id), longs(body.length), body]);
};
const pcm = Buffer.alloc(2 * (total + 46));
for (let i = 0; i < total; i++) pcm.writeInt16LE(Math.round(8192 * Math.sin((2 * Math.PI * i) / 100)), 2 * i);
const sample = (n, to, a, b, rate, root, type) =>
  Buffer.concat([name(n), longs(0, to, a, b, rate), Buffer.from([root, 0]), words(0, type)]);
writeFileSync("a.sf2", chunk("RIFF", "sfbk",
  chunk("LIST", "INFO", chunk("ifil", words(2, 1)), chunk("isng", "EMU8000\0"), chunk("INAM", "t\0")),
  chunk("LIST", "sdta", chunk("smpl", pcm)),
  chunk("LIST", "pdta",
    chunk("phdr", name("p"), words(0, 0, 0), longs(0, 0, 0), name("EOP"), words(0, 0, 1), longs(0, 0, 0)),
    chunk("pbag", words(0, 0, 1, 0)), chunk("pmod", Buffer.alloc(10)), chunk("pgen", words(41, 0, 0, 0)),
    chunk("inst", name("i"), words(0), name("EOI"), words(1)),
    // 54: it loops all the time; 53: of sample 0
    chunk("ibag", words(0, 0, 2 + own.length / 2, even ? 1 : 0)),
    chunk("imod", ...(even ? [words(0x0502, 48, 0, 0, 0)] : []), Buffer.alloc(10)),
    chunk("igen", words(...own, 54, 1, 53, 0, 0, 0)),
    chunk("shdr", sample("s", total, 1000, 41000, 44100, 60, 1), sample("EOS", 0, 0, 0, 0, 0, 0)))));
JS
cat >midi.mjs <<'JS'
import { writeFileSync } from "node:fs";
const track = Buffer.from([0, 0xc0, 0, 0, 0x90, 60, Number(process.argv[2]), 0x83, 0x60, 0x80, 60, 0, 0, 0xff, 0x2f, 0]);
const head = Buffer.from("MThd\0\0\0\x06\0\0\0\x01\x01\xe0MTrk\0\0\0", "latin1");
writeFileSync("a.mid", Buffer.concat([head, Buffer.from([track.length]), track]));
JS
# Half a second of the note as two channels of floats, by either library of npm.
cat >play.mjs <<'JS'
import { readFileSync, writeFileSync } from "node:fs";
const [by, velocity] = [process.argv[2], Number(process.argv[3])];
const bytes = new Uint8Array(readFileSync("a.sf2")), frames = 22000;
const out = new Float32Array(2 * frames);
if (by === "spessasynth") {
  const { SoundBankLoader, SpessaSynthProcessor } = await import("spessasynth_core");
  const synth = new SpessaSynthProcessor(44100, { effectsEnabled: false });
  synth.soundBankManager.addSoundBank(SoundBankLoader.fromArrayBuffer(bytes.buffer), "a");
  await synth.processorInitialized;
  synth.noteOn(0, 60, velocity);
  const left = new Float32Array(frames), right = new Float32Array(frames);
  for (let i = 0; i < frames; i += 100) synth.process(left, right, i, 100);
  for (let i = 0; i < frames; i++) { out[2 * i] = left[i]; out[2 * i + 1] = right[i]; }
} else {
  const { midi, synth } = await import("@coderline/alphatab");
  const file = new midi.MidiFile();
  file.division = 960;
  file.addEvent(new midi.ProgramChangeEvent(0, 0, 0, 0));
  file.addEvent(new midi.NoteOnEvent(0, 0, 0, 60, velocity));
  file.addEvent(new midi.NoteOffEvent(0, 1920, 0, 60, 0));
  file.addEvent(new midi.EndOfTrackEvent(0, 3840));
  const options = Object.assign(new synth.AudioExportOptions(), { sampleRate: 44100, masterVolume: 1, soundFonts: [bytes] });
  const event = { on() {} };
  const output = { sampleRate: 44100, ready: event, samplesPlayed: event, sampleRequest: event, finished: event, open() {} };
  const exporter = new synth.AlphaSynth(output, 500).exportAudio(options, file, [], new Map());
  let at = 0;
  for (let c; at < out.length && (c = exporter.render(100)); at += c.samples.length)
    out.set(c.samples.subarray(0, out.length - at), at);
}
writeFileSync("a.raw", new Uint8Array(out.buffer));
JS
cat >judge.mjs <<'JS' # the level of both sides, of floats, a good tenth of a second in
import { readFileSync } from "node:fs";
const b = readFileSync("a.raw"), sums = [0, 0];
const from = b.subarray(0, 4).toString() === "RIFF" ? b.indexOf("data") + 8 : 0;
for (let i = 5000; i < 18000; i++) for (const c of [0, 1]) sums[c] += b.readFloatLE(from + 8 * i + 4 * c) ** 2;
console.log(sums.map((s) => 10 * Math.log10(s / 13000)).join(" "));
JS
echo "soundfont $tmp/a.sf2" >a.cfg
level() { # PLAYER VELOCITY: writes a.raw, says the level of left and right
  rm -f a.raw
  case $1 in
    fluidsynth) fluidsynth -q -ni -R 0 -C 0 -T wav -O float -F a.raw -r 44100 a.sf2 a.mid >log 2>&1 ;;
    timidity) root/usr/bin/timidity -c a.cfg -Ow -s 44100 -EFreverb=0 -EFchorus=0 -o t.wav a.mid >log 2>&1
      node -e 'const b = require("fs").readFileSync("t.wav"), at = b.indexOf("data") + 8;
        const x = Float32Array.from({ length: (b.length - at) >> 1 }, (_, i) => b.readInt16LE(at + 2 * i) / 32768);
        require("fs").writeFileSync("a.raw", new Uint8Array(x.buffer));' ;;
    csound)
      printf '%s\n' sr=44100 ksmps=1 nchnls=2 0dbfs=1 'gi sfload "a.sf2"' 'sfpassign 0, gi' 'instr 1' \
        "a1, a2 sfplay3 $2, 60, 1/32768, 1, 0" 'outs a1, a2' endin >a.orc
      echo 'i1 0 0.5' >a.sco
      LD_LIBRARY_PATH=$lib OPCODE6DIR64=$lib/csound/plugins64-6.0 root/usr/bin/csound -d -f -h -o a.raw a.orc a.sco >log 2>&1 ;;
    *) node play.mjs "$1" "$2" ;;
  esac || { tail -3 log >&2; exit 2; }
  node judge.mjs
}
players="fluidsynth spessasynth timidity alphatab csound"
row() { # NAME VELOCITY WHAT(level or sides) GENERATOR VALUE
  local name=$1 velocity=$2 what=$3; shift 3
  node sf2.mjs "$@"; node midi.mjs "$velocity"
  for p in $players; do
    echo "$p $what $(cat "plain.$p" 2>/dev/null || echo 0 0) $(level "$p" "$velocity")"
  done | awk -v name="$name" '{ d = $2 == "sides" ? $5 - $6 : $5 - $3; if (d > -0.05 && d < 0.05) d = 0
    line = line (NR > 1 ? ", " : name ": ") sprintf("%s %.1f", $1, d) } END { print line }'
}
node sf2.mjs; node midi.mjs 127
for p in $players; do level "$p" 127 >"plain.$p"; done
{
  row "10 dB attenuation" 127 level 48 100
  row "40 dB attenuation" 127 level 48 400
  row "velocity 64" 64 level
  row "velocity 64, by a modulator as loud" 64 level even
  row "halfway right, left less right" 127 sides 17 250
} | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
