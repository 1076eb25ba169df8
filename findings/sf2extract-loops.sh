#!/usr/bin/env bash
# From SoundFont to WAV with libgig's sf2extract: what becomes of the loops.
#
# Guess:   three samples that loop from 100 to 900 (end exclusive) for as long as the key is held become three WAVs with
#          an smpl loop from 100 to 899 (end inclusive) and play count 0, which is "for ever".
# Version: gigtools and libgig10 4.3.0~ds1-2+b1, libakai0 4.3.0~ds1-2+b1 (Debian 12), fetched into a temp folder;
#          the SoundFont is written by npm spessasynth_core 4.3.22.
# Is:      only the first sample's loop is right. The others are counted from the start of the whole SoundFont's sample
#          data, so they lie behind the end of their files. And all state play count 1: once, then on into the tail.
# Output (checked by the last line; exits 0 while it is this):
# > one.wav: 1000 frames, loop 100 to 899, play count 1
# > two.wav: 1000 frames, loop 1146 to 1945, play count 1
# > three.wav: 1000 frames, loop 2192 to 2991, play count 1
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
for p in gigtools libgig10 libakai0; do
  apt-get download "$p=4.3.0~ds1-2+b1" >/dev/null 2>&1 || { echo "apt-get cannot fetch $p 4.3.0~ds1-2+b1" >&2; exit 2; }
done
for d in *.deb; do dpkg -x "$d" root; done
LD_LIBRARY_PATH="$tmp/$(dirname "$(find root -name 'libgig.so.*' | head -1)")"; export LD_LIBRARY_PATH
npm install --prefix "$tmp" spessasynth_core@4.3.22 --ignore-scripts --no-audit --no-fund >/dev/null 2>&1 ||
  { echo "npm cannot fetch the packages named above" >&2; exit 2; }
cat >make.mjs <<'JS'
import { writeFileSync } from "node:fs";
import { BasicInstrument, BasicPreset, BasicSoundBank, EmptySample } from "spessasynth_core";
const bank = new BasicSoundBank();
const instrument = new BasicInstrument(); instrument.name = "held";
for (const name of ["one", "two", "three"]) {
  const sample = new EmptySample();
  Object.assign(sample, { name, originalKey: 60 });
  sample.setAudioData(Float32Array.from({ length: 1000 }, (_, i) => Math.sin(i / 16) / 2), 44100);
  Object.assign(sample, { loopStart: 100, loopEnd: 900 });
  bank.addSamples(sample);
  instrument.createZone(sample).setGenerator(54, 1); // sampleModes: loop
}
bank.addInstruments(instrument);
const preset = new BasicPreset(bank); preset.name = "held"; preset.createZone(instrument);
bank.addPresets(preset);
writeFileSync("made.sf2", Buffer.from(await bank.writeSF2()));
JS
cat >smpl.mjs <<'JS'
import { readFileSync } from "node:fs";
for (const name of process.argv.slice(2)) {
  const b = readFileSync(name), at = b.indexOf("smpl") + 8, u = (i) => b.readUInt32LE(at + i);
  const frames = b.readUInt32LE(b.indexOf("data") + 4) / 2;
  console.log(`${name.replace(/.*_/, "")}: ${frames} frames, loop ${u(44)} to ${u(48)}, play count ${u(56)}`);
}
JS
node make.mjs
mkdir wav && root/usr/bin/sf2extract made.sf2 wav >log
node smpl.mjs wav/*.wav | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
