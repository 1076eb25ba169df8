#!/usr/bin/env bash
# A DLS instrument (Downloadable Sounds, level 2) in FluidSynth, whose Debian build reads DLS by libinstpatch.
#
# Guess:   what can be said in SoundFont terms is heard: root, fine tuning, gain, pan, attack.
# Version: fluidsynth 2.3.1-2, libinstpatch-1.0-2 1.1.6-1 (Debian 12); npm spessasynth_core 4.3.22, to compare; needs node.
# Is:      root and fine tuning are; gain, pan and envelope are not, nor is a gain that the wave states. Every zone of an
#          instrument is as loud as its sample, in the middle, and begins at once. SpessaSynth plays all of it.
# Output (checked by the last line; exits 0 while it is this), around 0.25 s, levels against the plain note:
# > FluidSynth, plain: 0.0 dB, left and right alike, 441 Hz
# > FluidSynth, root an octave up, -30 cents: 0.0 dB, left and right alike, 217 Hz
# > FluidSynth, gain of the region -20 dB: 0.0 dB, left and right alike, 441 Hz
# > FluidSynth, gain of the wave -20 dB: 0.0 dB, left and right alike, 441 Hz
# > FluidSynth, pan halfway right: 0.0 dB, left and right alike, 441 Hz
# > FluidSynth, attack of 1 s: 0.0 dB, left and right alike, 441 Hz
# > SpessaSynth, root an octave up, -30 cents: 0.0 dB, left and right alike, 217 Hz
# > SpessaSynth, gain of the region -20 dB: -20.0 dB, left and right alike, 441 Hz
# > SpessaSynth, gain of the wave -20 dB: -20.0 dB, left and right alike, 441 Hz
# > SpessaSynth, pan halfway right: -5.3 dB, left softer by 7.7 dB, 441 Hz
# > SpessaSynth, attack of 1 s: -11.9 dB, left and right alike, 441 Hz
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
for p in fluidsynth=2.3.1-2 libinstpatch-1.0-2=1.1.6-1; do
  [ "$(dpkg-query -Wf '${Version}' "${p%%=*}" 2>/dev/null)" = "${p#*=}" ] || { echo "needs $p" >&2; exit 2; }
done
npm install --prefix "$tmp" spessasynth_core@4.3.22 --ignore-scripts --no-audit --no-fund >/dev/null 2>&1 ||
  { echo "npm cannot fetch the package named above" >&2; exit 2; }

# One instrument, one region, one looped tone; the argument is JSON: wsmp of the wave and the region, articulations.
cat >dls.mjs <<'JS'
import { writeFileSync } from "node:fs";
const { wave, region, art } = JSON.parse(process.argv[2]);
const words = (...w) => { const b = Buffer.alloc(2 * w.length); w.forEach((v, i) => b.writeUInt16LE(v & 0xffff, 2 * i)); return b; };
const longs = (...w) => { const b = Buffer.alloc(4 * w.length); w.forEach((v, i) => b.writeUInt32LE(v >>> 0, 4 * i)); return b; };
const chunk = (id, ...parts) => {
  const body = Buffer.concat(parts.map((p) => Buffer.from(p)));
  return Buffer.concat([Buffer.from(id), longs(body.length), body, Buffer.alloc(body.length & 1)]);
};
const list = (type, ...parts) => chunk("LIST", type, ...parts);
const pcm = Buffer.alloc(2 * 44100);
for (let i = 0; i < 44100; i++) pcm.writeInt16LE(Math.round(8192 * Math.sin((2 * Math.PI * i) / 100)), 2 * i);
// gain in 1/655360 dB; one forward loop
const wsmp = ({ root = 60, cents = 0, decibels = 0 }) =>
  chunk("wsmp", longs(20), words(root, cents), longs(655360 * decibels, 0, 1, 16, 0, 1000, 40000));
const arts = art ? [list("lar2", chunk("art2", longs(8, 1), words(0, 0, art[0], 0), longs(art[1])))] : [];
writeFileSync("a.dls", chunk("RIFF", "DLS ", chunk("colh", longs(1)), chunk("vers", longs(0x20000, 0)),
  list("lins", list("ins ", chunk("insh", longs(1, 0, 0)),
    list("lrgn", list("rgn2", chunk("rgnh", words(0, 127, 0, 127, 0, 0)), ...(region ? [wsmp(region)] : []),
      chunk("wlnk", words(0, 0), longs(1, 0)), ...arts)), list("INFO", chunk("INAM", "t\0")))),
  chunk("ptbl", longs(8, 1, 0)),
  list("wvpl", list("wave", chunk("fmt ", words(1, 1), longs(44100, 88200), words(2, 16)), chunk("data", pcm), wsmp(wave ?? {})))));
JS
cat >midi.mjs <<'JS'
import { writeFileSync } from "node:fs";
const track = Buffer.from([0, 0xc0, 0, 0, 0x90, 60, 127, 0x83, 0x60, 0x80, 60, 0, 0, 0xff, 0x2f, 0]);
const head = Buffer.from("MThd\0\0\0\x06\0\0\0\x01\x01\xe0MTrk\0\0\0", "latin1");
writeFileSync("a.mid", Buffer.concat([head, Buffer.from([track.length]), track]));
JS
cat >spessa.mjs <<'JS'
import { readFileSync, writeFileSync } from "node:fs";
import { SoundBankLoader, SpessaSynthProcessor } from "spessasynth_core";
const synth = new SpessaSynthProcessor(44100, { effectsEnabled: false }), frames = 22000;
synth.soundBankManager.addSoundBank(SoundBankLoader.fromArrayBuffer(new Uint8Array(readFileSync("a.dls")).buffer), "a");
await synth.processorInitialized;
synth.noteOn(0, 60, 127);
const left = new Float32Array(frames), right = new Float32Array(frames), out = new Float32Array(2 * frames);
for (let i = 0; i < frames; i += 100) synth.process(left, right, i, 100);
for (let i = 0; i < frames; i++) { out[2 * i] = left[i]; out[2 * i + 1] = right[i]; }
writeFileSync("a.raw", new Uint8Array(out.buffer));
JS
cat >judge.mjs <<'JS'
import { existsSync, readFileSync, writeFileSync } from "node:fs";
const name = process.argv[2], b = readFileSync("a.raw");
const from = b.subarray(0, 4).toString() === "RIFF" ? b.indexOf("data") + 8 : 0;
const at = (i, c) => b.readFloatLE(from + 8 * i + 4 * c);
const level = [0, 1].map((c) => {
  let sum = 0;
  for (let i = 8000; i < 14100; i++) sum += at(i, c) ** 2;
  return 10 * Math.log10(sum);
});
const rises = [];
for (let i = 6000; i < 18000; i++) if (at(i - 1, 0) < 0 && at(i, 0) >= 0) rises.push(i - at(i, 0) / (at(i, 0) - at(i - 1, 0)));
const hertz = (44100 * (rises.length - 1)) / (rises.at(-1) - rises[0]);
if (!existsSync(`${name}.plain`)) writeFileSync(`${name}.plain`, String(level[0]));
const more = Math.round(10 * (level[0] - Number(readFileSync(`${name}.plain`, "utf8")))) / 10 + 0;
const sides = level[1] - level[0];
console.log(`${more.toFixed(1)} dB, left ${Math.abs(sides) < 0.05 ? "and right alike" : `softer by ${sides.toFixed(1)} dB`}, ` +
  `${hertz.toFixed(0)} Hz`);
JS
play() { # PLAYER JSON
  rm -f a.raw; node dls.mjs "$2"
  if [ "$1" = SpessaSynth ]; then node spessa.mjs
  else fluidsynth -q -ni -R 0 -C 0 -T wav -O float -F a.raw -r 44100 a.dls a.mid >log 2>&1; fi || { tail -3 log >&2; exit 2; }
  node judge.mjs "$1"
}
node midi.mjs
{
  echo "FluidSynth, plain: $(play FluidSynth '{}')"
  play SpessaSynth '{}' >/dev/null
  for p in FluidSynth SpessaSynth; do
    echo "$p, root an octave up, -30 cents: $(play $p '{"region":{"root":72,"cents":-30}}')"
    echo "$p, gain of the region -20 dB: $(play $p '{"region":{"decibels":-20}}')"
    echo "$p, gain of the wave -20 dB: $(play $p '{"wave":{"decibels":-20}}')"
    # destinations of DLS: 4 is the pan, in 1/65536 of a tenth of a per cent; 0x206 the attack, whose 0 is a second
    echo "$p, pan halfway right: $(play $p '{"art":[4,16384000]}')"
    echo "$p, attack of 1 s: $(play $p '{"art":[518,0]}')"
  done
} | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
