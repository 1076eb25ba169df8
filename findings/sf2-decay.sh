#!/usr/bin/env bash
# How fast a SoundFont's decay falls in four players: one looped sample, a decay of a second (decayVolEnv 0).
#
# Guess:   the SoundFont 2 specification's decay time is that of a fall by 100 dB, whatever the sustain level: 100 dB a second,
#          so that a sustain of -20 dB is reached after 0.2 s.
# Version: fluidsynth 2.3.1-2, timidity 2.14.0-8.1 (Debian 12; the latter is fetched into a temp folder);
#          npm spessasynth_core 4.3.22, @coderline/alphatab 1.8.4; needs node and TiMidity's libraries (libao4).
# Is:      FluidSynth and SpessaSynth fall 96 dB a second, alphaTab 80. TiMidity++ takes the whole second to reach the sustain
#          level, wherever that is: a pluck that falls to -20 dB rings five times as long, one that falls to -10 dB ten times.
# Output (checked by the last line; exits 0 while it is this), dB a second from 30 to 80 ms of the note:
# > sustain at -100 dB: fluidsynth 96, spessasynth 96, timidity 96, alphatab 80
# > sustain at -20 dB: fluidsynth 96, spessasynth 96, timidity 19, alphatab 80
# > sustain at -10 dB: fluidsynth 96, spessasynth 96, timidity 10, alphatab 80
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
[ "$(dpkg-query -Wf '${Version}' fluidsynth 2>/dev/null)" = 2.3.1-2 ] || { echo "needs fluidsynth 2.3.1-2" >&2; exit 2; }
apt-get download timidity=2.14.0-8.1 >/dev/null 2>&1 || { echo "apt-get cannot fetch timidity 2.14.0-8.1" >&2; exit 2; }
dpkg -x timidity*.deb root
root/usr/bin/timidity --version >/dev/null 2>&1 || { echo "timidity does not start; are its libraries installed?" >&2; exit 2; }
npm install --prefix "$tmp" spessasynth_core@4.3.22 @coderline/alphatab@1.8.4 --ignore-scripts --no-audit --no-fund >/dev/null 2>&1 ||
  { echo "npm cannot fetch the packages named above" >&2; exit 2; }

# A tone of -12 dB in a loop; generators and values are the instrument's own.
cat >sf2.mjs <<'JS'
import { writeFileSync } from "node:fs";
const own = process.argv.slice(2).map(Number), total = 44100;
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
    chunk("ibag", words(0, 0, 2 + own.length / 2, 0)), chunk("imod", Buffer.alloc(10)),
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
cat >judge.mjs <<'JS' # the fall from 30 to 80 ms behind the note's beginning, of floats
import { readFileSync } from "node:fs";
const b = readFileSync("a.raw"), from = b.subarray(0, 4).toString() === "RIFF" ? b.indexOf("data") + 8 : 0;
const left = (i) => b.readFloatLE(from + 8 * i);
let begin = 0;
while (Math.abs(left(begin)) < 0.003) begin++;
const level = (seconds) => { // over eight cycles of 100 frames
  let sum = 0;
  for (let i = 0; i < 800; i++) sum += left(begin + Math.round(seconds * 44100) + i) ** 2;
  return 10 * Math.log10(sum);
};
console.log(((level(0.03) - level(0.08)) / 0.05).toFixed(0));
JS
echo "soundfont $tmp/a.sf2" >a.cfg
fall() { # PLAYER
  rm -f a.raw
  case $1 in
    fluidsynth) fluidsynth -q -ni -R 0 -C 0 -T wav -O float -F a.raw -r 44100 a.sf2 a.mid >log 2>&1 ;;
    timidity) root/usr/bin/timidity -c a.cfg -Ow -s 44100 -EFreverb=0 -EFchorus=0 -o t.wav a.mid >log 2>&1
      node -e 'const b = require("fs").readFileSync("t.wav"), at = b.indexOf("data") + 8;
        const x = Float32Array.from({ length: (b.length - at) >> 1 }, (_, i) => b.readInt16LE(at + 2 * i) / 32768);
        require("fs").writeFileSync("a.raw", new Uint8Array(x.buffer));' ;;
    *) node play.mjs "$1" 127 ;;
  esac || { tail -3 log >&2; exit 2; }
  node judge.mjs
}
node midi.mjs 127
for sustain in 100 20 10; do
  # 36: decay in timecents, 0 for a second; 37: sustain, tenths of a decibel down
  node sf2.mjs 36 0 37 "${sustain}0"
  line="sustain at -$sustain dB:"
  for p in fluidsynth spessasynth timidity alphatab; do line+=" $p $(fall $p),"; done
  echo "${line%,}"
done | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
