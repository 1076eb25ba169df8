#!/usr/bin/env bash
# Csound's loscil family at the wrap of a loop that the WAV's smpl chunk states.
#
# Guess:   between the last and the first sample of the loop, loscil interpolates from the one to the other.
# Version: csound 1:6.18.1+dfsg-1 (Debian 12), fetched into a temp folder; needs libsndfile1 and node.
# Is:      at any pitch but the root's, loscil blends with the sample that lies behind the loop in the file; where
#          the loop ends with the file, with the file's first sample, not the loop's. Only a loop over the whole file
#          is clean. loscilx jumps by some per cent at every wrap even of such a loop, and of a constant.
# Output (checked by the last line; exits 0 while it is this):
# > loop 100..899, root note: 0 samples off, worst 0.0 %
# > loop 100..899, octave below: 4 samples off, worst 100.0 %
# > loop 100..999 (to the end), octave below: 4 samples off, worst 100.0 %
# > loop 0..999 (whole file), octave below: 0 samples off, worst 0.0 %
# > loop 0..999 (whole file), octave below, loscilx: 6 samples off, worst 6.3 %
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
for p in csound libcsound64-6.0; do
  apt-get download "$p=1:6.18.1+dfsg-1" >/dev/null 2>&1 || { echo "apt-get cannot fetch $p 1:6.18.1+dfsg-1" >&2; exit 2; }
done
for d in *.deb; do dpkg -x "$d" root; done
lib=$(dirname "$(find root -name 'libcsound64.so.*' | head -1)")
export LD_LIBRARY_PATH="$tmp/$lib" OPCODE6DIR64="$tmp/$lib/csound/plugins64-6.0"

# The loop is +1/2 all through; what lies outside it is -1/2.
cat >wav.mjs <<'JS'
import { writeFileSync } from "node:fs";
const [, , out, start, end] = process.argv;
const data = Buffer.alloc(2000);
for (let i = 0; i < 1000; i++) data.writeInt16LE(i >= +start && i <= +end ? 16384 : -16384, 2 * i);
const chunk = (id, ...words) => {
  const b = Buffer.alloc(8 + 4 * words.length);
  b.write(id); b.writeUInt32LE(4 * words.length, 4);
  words.forEach((w, i) => b.writeUInt32LE(w, 8 + 4 * i));
  return b;
};
const head = Buffer.from("data\xd0\x07\0\0", "latin1");
const body = Buffer.concat([Buffer.from("WAVE"), chunk("fmt ", 0x10001, 44100, 88200, 0x100002),
  chunk("smpl", 0, 0, 22676, 60, 0, 0, 0, 1, 0, 0, 0, +start, +end, 0, 0), head, data]);
const riff = Buffer.from("RIFF\0\0\0\0"); riff.writeUInt32LE(body.length, 4);
writeFileSync(out, Buffer.concat([riff, body]));
JS
cat >judge.mjs <<'JS'
import { readFileSync } from "node:fs";
const x = readFileSync("out.raw"); let off = 0, worst = 0;
for (let i = 4 * 200; i < x.length; i += 4) {
  const error = Math.abs(x.readFloatLE(i) - 0.5) / 0.5;
  if (error > 0.005) off++;
  worst = Math.max(worst, error);
}
console.log(`${off} samples off, worst ${(100 * worst).toFixed(1)} %`);
JS
play() { # start end opcode frequency
  node wav.mjs in.wav "$1" "$2"
  printf '%s\n' sr=44100 ksmps=1 nchnls=1 0dbfs=1 'gi1 ftgen 1, 0, 0, -1, "in.wav", 0, 0, 0' \
    'instr 1' "a1 $3 1, $4, 1" 'out a1' endin >a.orc
  echo 'i1 0 0.18' >a.sco
  root/usr/bin/csound -d -f -h -o out.raw a.orc a.sco >log 2>&1 || { tail -3 log >&2; exit 2; }
  node judge.mjs
}
root=261.6255653006 below=130.8127826503
{
  echo "loop 100..899, root note: $(play 100 899 loscil $root)"
  echo "loop 100..899, octave below: $(play 100 899 loscil $below)"
  echo "loop 100..999 (to the end), octave below: $(play 100 999 loscil $below)"
  echo "loop 0..999 (whole file), octave below: $(play 0 999 loscil $below)"
  echo "loop 0..999 (whole file), octave below, loscilx: $(play 0 999 loscilx $below)"
} | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
