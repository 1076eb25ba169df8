#!/usr/bin/env bash
# npm @elemaudio (Elementary): el.sample, looped between startOffset and stopOffset.
#
# Guess:   at any rate a sample between the loop's last and first is interpolated from the two.
# Version: @elemaudio/core 3.2.1, @elemaudio/offline-renderer 3.2.2
# Is:      it is interpolated from what lies behind the loop's end: at every wrap one sample is up to 100 % off. At rate 1,
#          and where the loop is the whole sample, it is clean.
# Output (checked by the last line; exits 0 while it is this):
# > the whole sample, rate 0.5: clean
# > 100..899 of 1000, rate 1: clean
# > 100..899 of 1000, rate 0.5: 23 samples off, worst 100 %, every 1600
# > 100..899 of 1000, rate 0.71: 32 samples off, worst 92 %, every 1127
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
npm install --prefix "$tmp" @elemaudio/core@3.2.1 @elemaudio/offline-renderer@3.2.2 --ignore-scripts --no-audit \
  --no-fund >/dev/null 2>&1 || { echo "npm cannot fetch the packages named above" >&2; exit 2; }
cat >run.mjs <<'JS'
// The renderer assigns to globalThis.crypto, which Node 20 has as a getter alone.
Object.defineProperty(globalThis, "crypto", { value: globalThis.crypto, writable: true });
const { default: OfflineRenderer } = await import("@elemaudio/offline-renderer");
const { el } = await import("@elemaudio/core");
// +1/2 inside the loop, -1/2 outside.
const make = (start, end) => Float32Array.from({ length: 1000 }, (_, i) => (i >= start && i < end ? 0.5 : -0.5));
const play = async (sample, offsets, rate) => {
  const renderer = new OfflineRenderer();
  await renderer.initialize({ numInputChannels: 0, numOutputChannels: 1, sampleRate: 44100, blockSize: 512,
    virtualFileSystem: { s: sample } });
  await renderer.render(el.sample({ path: "s", channel: 0, mode: "loop", ...offsets }, el.const({ value: 1 }), el.const({ value: rate })));
  const out = new Float32Array(44100); renderer.process([], [out]);
  const held = out.subarray(4000, 40000), off = [...held.keys()].filter((i) => Math.abs(held[i] / 0.5 - 1) > 0.01);
  const worst = Math.max(...[...held].map((v) => Math.abs(v / 0.5 - 1)));
  return off.length ? `${off.length} samples off, worst ${(100 * worst).toFixed(0)} %, every ${off[1] - off[0]}` : "clean";
};
console.log(`the whole sample, rate 0.5: ${await play(make(0, 1000), {}, 0.5)}`);
for (const rate of [1, 0.5, 0.71]) {
  console.log(`100..899 of 1000, rate ${rate}: ${await play(make(100, 900), { startOffset: 100, stopOffset: 100 }, rate)}`);
}
JS
node run.mjs | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
