#!/usr/bin/env bash
# SoX and the loop of an AIFF sampler file.
#
# Guess:   an AIFF copied by sox still loops from 100 to 900; after `trim 50s` from 50 to 850; at half the
#          rate from 50 to 450.
# Version: sox 14.4.2+git20190427-3.5 (Debian 12); needs node.
# Is:      the copy's loop has no end: the marker chunk states one marker (and holds two, both of id 1), the instrument
#          names the ids 1 and 3, of which 3 is not there. A resampled loop is scaled, a trimmed one is not moved.
# Output (checked by the last line; exits 0 while it is this):
# > made:     markers 1 at 100, 2 at 900; loop from marker 1 to 2
# > copied:   markers 1 at 100; loop from marker 1 to 3
# > trim 50s: markers 1 at 100; loop from marker 1 to 3
# > 22.05 kHz: markers 1 at 50; loop from marker 1 to 3
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
[ "$(dpkg-query -Wf '${Version}' sox 2>/dev/null)" = 14.4.2+git20190427-3.5 ] ||
  { echo "needs sox 14.4.2+git20190427-3.5" >&2; exit 2; }
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
cat >loop.mjs <<'JS'
import { readFileSync } from "node:fs";
const b = readFileSync(process.argv[2]), mark = b.indexOf("MARK") + 8, inst = b.indexOf("INST") + 8;
const markers = [];
for (let i = 0, at = mark + 2; i < b.readUInt16BE(mark); i++) {
  markers.push(`${b.readUInt16BE(at)} at ${b.readUInt32BE(at + 2)}`);
  at += 6 + 2 * Math.ceil((1 + b[at + 6]) / 2);
}
console.log(`markers ${markers.join(", ")}; loop from marker ${b.readUInt16BE(inst + 10)} to ${b.readUInt16BE(inst + 12)}`);
JS
node aiff.mjs in.aiff 100 900 0
{
  echo "made:     $(node loop.mjs in.aiff)"
  sox in.aiff out.aiff && echo "copied:   $(node loop.mjs out.aiff)"
  sox in.aiff out.aiff trim 50s && echo "trim 50s: $(node loop.mjs out.aiff)"
  sox in.aiff out.aiff rate 22050 && echo "22.05 kHz: $(node loop.mjs out.aiff)"
} | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
