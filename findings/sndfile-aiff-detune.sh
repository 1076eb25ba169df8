#!/usr/bin/env bash
# libsndfile between the detune of an AIFF sampler file (INST) and that of a WAV (smpl).
#
# Guess:   sndfile-convert carries note, cents and loop over: 7 cents below note 62 stay within 7 cents of it (whichever
#          sign is meant), and whatever it can read from an AIFF it can write to one.
# Version: libsndfile1 and sndfile-programs 1.2.0-1+deb12u1 (Debian 12); needs node.
# Is:      a negative AIFF detune is read as unsigned and kept modulo a semitone: -7 becomes +93 cents on the same note.
#          And note, detune and loop are read from AIFF but never written to one, without a word.
# Output (checked by the last line; exits 0 while it is this):
# > AIFF note 62, detune 7, to WAV: note 62, 7 cents up, loop 100 to 899
# > AIFF note 62, detune 0, to WAV: note 62, 0 cents up, loop 100 to 899
# > AIFF note 62, detune -7, to WAV: note 62, 93 cents up, loop 100 to 899
# > WAV to WAV: note 62, 93 cents up, loop 100 to 899
# > a.wav to AIFF: 0 chunks INST or MARK
# > a.aiff to AIFF: 0 chunks INST or MARK
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
for p in libsndfile1 sndfile-programs; do
  [ "$(dpkg-query -Wf '${Version}' $p 2>/dev/null)" = 1.2.0-1+deb12u1 ] || { echo "needs $p 1.2.0-1+deb12u1" >&2; exit 2; }
done
cat >aiff.mjs <<'JS' # 1000 frames; base note 62, detune and loop as told
import { writeFileSync } from "node:fs";
const [, , out, begin, end, detune] = process.argv;
const chunk = (id, data) => {
  const size = Buffer.alloc(4); size.writeUInt32BE(data.length);
  return Buffer.concat([Buffer.from(id), size, data]);
};
const comm = Buffer.from("0001000003e80010400eac44000000000000", "hex"); // mono, 1000 frames, 16 bits, 44.1 kHz
const mark = Buffer.alloc(2 + 2 * 10); mark.writeUInt16BE(2, 0);
[[1, begin, "ls"], [2, end, "le"]].forEach(([id, at, name], i) => {
  mark.writeUInt16BE(id, 2 + 10 * i); mark.writeUInt32BE(+at, 4 + 10 * i);
  mark.writeUInt8(2, 8 + 10 * i); mark.write(`${name}`, 9 + 10 * i);
});
const inst = Buffer.from("3e00007f017f0000000100010002000000000000", "hex"); // forward from marker 1 to 2
inst.writeInt8(+detune, 1);
const ssnd = Buffer.alloc(8 + 2000);
for (let i = 0; i < 1000; i++) ssnd.writeInt16BE(Math.round(9000 * Math.sin(i / 16)), 8 + 2 * i);
writeFileSync(out, chunk("FORM", Buffer.concat([Buffer.from("AIFF"), chunk("COMM", comm), chunk("MARK", mark),
  chunk("INST", inst), chunk("SSND", ssnd)])));
JS
cat >smpl.mjs <<'JS'
import { readFileSync } from "node:fs";
const b = readFileSync(process.argv[2]), at = b.indexOf("smpl") + 8, u = (i) => b.readUInt32LE(at + i);
console.log(`note ${u(12)}, ${Math.round((100 * u(16)) / 2 ** 32)} cents up, loop ${u(44)} to ${u(48)}`);
JS
{
  for detune in 7 0 -7; do
    node aiff.mjs a.aiff 100 900 $detune
    sndfile-convert a.aiff a.wav
    echo "AIFF note 62, detune $detune, to WAV: $(node smpl.mjs a.wav)"
  done
  sndfile-convert a.wav b.wav
  echo "WAV to WAV: $(node smpl.mjs b.wav)"
  for from in a.wav a.aiff; do
    sndfile-convert $from b.aiff
    echo "$from to AIFF: $(grep -acE 'INST|MARK' b.aiff || true) chunks INST or MARK"
  done
} | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
