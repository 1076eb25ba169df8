#!/usr/bin/env bash
# npm node-web-audio-api: a looped AudioBufferSourceNode at another pitch.
#
# Guess:   between the last and the first sample of the loop it interpolates from the one to the other.
# Version: node-web-audio-api 2.2.0 (its binary for Linux x64 is in the package)
# Is:      so it does where the loop ends with the buffer. Where it ends before, the sample behind it is blended in at
#          every wrap: a constant of 0.5 in a buffer that goes on with -0.5 drops to 0 or below. At speed 1 it is not heard.
# Output (checked by the last line; exits 0 while it is this):
# > loop 0 to 1000 of 1000, speed 1: 0 samples off, lowest 0.50, highest 0.50
# > loop 0 to 1000 of 1000, speed 0.5: 0 samples off, lowest 0.50, highest 0.50
# > loop 0 to 1000 of 1000, speed 0.25: 0 samples off, lowest 0.50, highest 0.50
# > loop 100 to 1000 of 1000, speed 1: 0 samples off, lowest 0.50, highest 0.50
# > loop 100 to 1000 of 1000, speed 0.5: 0 samples off, lowest 0.50, highest 0.50
# > loop 100 to 1000 of 1000, speed 0.25: 0 samples off, lowest 0.50, highest 0.50
# > loop 100 to 900 of 1000, speed 1: 0 samples off, lowest 0.50, highest 0.50
# > loop 100 to 900 of 1000, speed 0.5: 5 samples off, lowest 0.00, highest 0.50
# > loop 100 to 900 of 1000, speed 0.25: 6 samples off, lowest -0.25, highest 0.50
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
npm install --prefix "$tmp" node-web-audio-api@2.2.0 --ignore-scripts --no-audit --no-fund >/dev/null 2>&1 ||
  { echo "npm cannot fetch the packages named above" >&2; exit 2; }
cat >run.mjs <<'JS'
import webAudio from "node-web-audio-api";
const rate = 44100;
for (const [start, end] of [[0, 1000], [100, 1000], [100, 900]]) {
  for (const speed of [1, 0.5, 0.25]) {
    const context = new webAudio.OfflineAudioContext(1, 8000, rate);
    const buffer = context.createBuffer(1, 1000, rate);
    // 0.5 within the loop, -0.5 without
    buffer.copyToChannel(Float32Array.from({ length: 1000 }, (_, i) => (i >= start && i < end ? 0.5 : -0.5)), 0);
    const source = context.createBufferSource();
    Object.assign(source, { buffer, loop: true, loopStart: start / rate, loopEnd: end / rate });
    source.playbackRate.value = speed;
    source.connect(context.destination);
    source.start(0, (start + 50) / rate);
    const sound = (await context.startRendering()).getChannelData(0);
    const off = sound.filter((v) => Math.abs(v - 0.5) > 0.005);
    console.log(`loop ${start} to ${end} of 1000, speed ${speed}: ${off.length} samples off, ` +
      `lowest ${Math.min(...sound).toFixed(2)}, highest ${Math.max(...sound).toFixed(2)}`);
  }
}
process.exit(0);
JS
node run.mjs | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
