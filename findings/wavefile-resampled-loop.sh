#!/usr/bin/env bash
# npm wavefile: a looped WAV brought to another rate.
#
# Guess:   toSampleRate moves the loop points with the samples, or drops them.
# Version: wavefile 11.0.0
# Is:      loop, cue point and sample period stay as they were, so that a halved file loops behind its end and a doubled
#          one loops another part of its sound; nothing is said.
# Output (checked by the last line; exits 0 while it is this):
# > made: 44100 Hz, 44100 frames, loop 22050 to 44099, cue at 22050, 22676 ns a sample
# > then: 22050 Hz, 22050 frames, loop 22050 to 44099, cue at 22050, 22676 ns a sample
# > then: 88200 Hz, 88200 frames, loop 22050 to 44099, cue at 22050, 22676 ns a sample
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
npm install --prefix "$tmp" wavefile@11.0.0 --ignore-scripts --no-audit --no-fund >/dev/null 2>&1 ||
  { echo "npm cannot fetch the packages named above" >&2; exit 2; }
cat >run.cjs <<'JS'
const { WaveFile } = require("wavefile");
const said = (label, w) => {
  const [loop] = w.smpl.loops, frames = w.getSamples(false, Int16Array).length;
  console.log(`${label}: ${w.fmt.sampleRate} Hz, ${frames} frames, loop ${loop.dwStart} to ${loop.dwEnd}, ` +
    `cue at ${w.cue.points[0].dwSampleOffset}, ${w.smpl.dwSamplePeriod} ns a sample`);
};
const make = () => {
  const w = new WaveFile();
  w.fromScratch(1, 44100, "16", Int16Array.from({ length: 44100 }, (_, i) => 9000 * Math.sin(i / 16)));
  w.setCuePoint({ position: 500 }); // milliseconds
  Object.assign(w.smpl, { chunkId: "smpl", chunkSize: 60, dwSamplePeriod: 22676, dwMIDIUnityNote: 60, dwNumSampleLoops: 1,
    loops: [{ dwName: 0, dwType: 0, dwStart: 22050, dwEnd: 44099, dwFraction: 0, dwPlayCount: 0 }] });
  return new WaveFile(w.toBuffer());
};
said("made", make());
for (const rate of [22050, 88200]) {
  const w = make();
  w.toSampleRate(rate);
  said("then", new WaveFile(w.toBuffer()));
}
JS
node run.cjs | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
