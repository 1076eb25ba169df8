#!/usr/bin/env bash
# npm soundtouchjs: a whole sound given to its SimpleFilter, at a tempo and a pitch, until nothing more comes out.
#
# Guess:   as long as the sound is at that tempo, give or take the window of some 80 ms with which it works.
# Version: soundtouchjs 0.3.0
# Is:      up to 0.8 s of the end never come out, 0.4 s even at tempo 1 and pitch 1, and of a hit of 15000 frames nothing at all,
#          without an error: what has not filled a whole block of the input when the sound ends is dropped.
# Output (checked by the last line; exits 0 while it is this), frames at 44.1 kHz:
# > tempo 1, pitch 1: 0 of 3000, 0 of 15000, 26994 of 44100, 193457 of 200000
# > tempo 0.5, pitch 1: 0 of 6000, 0 of 30000, 54340 of 88200, 385320 of 400000
# > tempo 2, pitch 1: 0 of 1500, 0 of 7500, 14468 of 22050, 97659 of 100000
# > tempo 1, pitch 2: 0 of 3000, 0 of 15000, 37051 of 44100, 185251 of 200000
# > tempo 1, pitch 0.5: 0 of 3000, 0 of 15000, 28936 of 44100, 195318 of 200000
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
npm install --prefix "$tmp" soundtouchjs@0.3.0 --ignore-scripts --no-audit --no-fund >/dev/null 2>&1 ||
  { echo "npm cannot fetch the package named above" >&2; exit 2; }
cat >through.mjs <<'JS'
import { SimpleFilter, SoundTouch } from "soundtouchjs";
const through = (frames, tempo, pitch) => {
  const pipe = Object.assign(new SoundTouch(), { tempo, pitch });
  const source = { // a tone; what is asked for behind its end it has not
    extract(target, wanted, from) {
      const here = Math.max(0, Math.min(wanted, frames - from));
      const tone = (i) => 0.5 * Math.sin((2 * Math.PI * 441 * i) / 44100);
      for (let i = 0; i < here; i++) target[2 * i] = target[2 * i + 1] = tone(from + i);
      return here;
    },
  };
  const filter = new SimpleFilter(source, pipe), buffer = new Float32Array(2 * 1024);
  let total = 0;
  for (let got; (got = filter.extract(buffer, 1024)) > 0; ) total += got;
  return total;
};
for (const [tempo, pitch] of [[1, 1], [0.5, 1], [2, 1], [1, 2], [1, 0.5]]) {
  const all = [3000, 15000, 44100, 200000].map((frames) => `${through(frames, tempo, pitch)} of ${frames / tempo}`);
  console.log(`tempo ${tempo}, pitch ${pitch}: ${all.join(", ")}`);
}
JS
node through.mjs | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
