#!/usr/bin/env bash
# One thing of a sampler's WAV changed by a tool that says it changes just that: its volume, or a text.
#
# Guess:   loop, root note and cue point stay; the file gets what was asked for.
# Version: normalize-audio 0.7.7-17, sndfile-programs 1.2.0-1+deb12u1, kid3-cli 3.9.3-1 (Debian 12); needs node.
# Is:      normalize-audio, which works in place, drops smpl and cue. sndfile-metadata-set drops both where it writes a
#          copy; in place it refuses a file whose chunks come before its data, and where they come after, it leaves with 0,
#          writes both anew, and not the title it was given. kid3 keeps all and adds the title.
# Output (checked by the last line; exits 0 while it is this):
# > made: fmt smpl cue data
# > normalize-audio -a -20dB: exit 0: fmt data
# > sndfile-metadata-set --bext-description, into a copy: exit 0: fmt bext data
# > sndfile-metadata-set --str-title, in place: exit 1: fmt smpl cue data
# > sndfile-metadata-set --str-title, in place, data first: exit 0: fmt cue smpl data
# > kid3-cli set title: exit 0: fmt smpl cue data ID3
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
for p in normalize-audio=0.7.7-17 sndfile-programs=1.2.0-1+deb12u1 kid3-cli=3.9.3-1; do
  [ "$(dpkg-query -Wf '${Version}' "${p%%=*}" 2>/dev/null)" = "${p#*=}" ] || { echo "needs $p" >&2; exit 2; }
done
cat >make.mjs <<'JS' # make.mjs FILE first|last: where the data lies
import { writeFileSync } from "node:fs";
const chunk = (id, ...words) => Buffer.concat([Buffer.from(id), Buffer.from(Uint32Array.of(4 * words.length, ...words).buffer)]);
const pcm = Int16Array.from({ length: 10000 }, (_, i) => 9000 * Math.sin(i / 16));
const data = Buffer.concat([Buffer.from("data"), Buffer.from(Uint32Array.of(20000).buffer), Buffer.from(pcm.buffer)]);
const more = [chunk("smpl", 0, 0, 22676, 60, 0, 0, 0, 1, 0, 0, 0, 4000, 7999, 0, 0),
  chunk("cue ", 1, 1, 4000, 0x61746164, 0, 0, 4000)];
const body = Buffer.concat([Buffer.from("WAVE"), chunk("fmt ", 0x10001, 44100, 88200, 0x100002),
  ...(process.argv[3] === "first" ? [data, ...more] : [...more, data])]);
writeFileSync(process.argv[2], Buffer.concat([Buffer.from("RIFF"), Buffer.from(Uint32Array.of(body.length).buffer), body]));
JS
cat >look.mjs <<'JS'
import { readFileSync } from "node:fs";
const b = readFileSync(process.argv[2]), ids = [];
for (let at = 12; at + 8 <= b.length; ) {
  ids.push(b.toString("latin1", at, at + 4).trim());
  const size = b.readUInt32LE(at + 4); at += 8 + size + (size & 1);
}
console.log(ids.join(" "));
JS
try() { # label file command...
  local status=0; "${@:3}" >/dev/null 2>&1 || status=$?
  echo "$1: exit $status: $(node look.mjs "$2")"
}
node make.mjs a.wav last
for f in b c d; do cp a.wav $f.wav; done
node make.mjs e.wav first
{
  echo "made: $(node look.mjs a.wav)"
  try "normalize-audio -a -20dB" b.wav normalize-audio -q -a -20dB b.wav
  try "sndfile-metadata-set --bext-description, into a copy" f.wav sndfile-metadata-set --bext-description x a.wav f.wav
  try "sndfile-metadata-set --str-title, in place" c.wav sndfile-metadata-set --str-title x c.wav
  try "sndfile-metadata-set --str-title, in place, data first" e.wav sndfile-metadata-set --str-title x e.wav
  try "kid3-cli set title" d.wav kid3-cli -c 'set title "x"' d.wav
} | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
