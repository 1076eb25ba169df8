#!/usr/bin/env bash
# flac --keep-foreign-metadata with --skip and --until: the loop of a sampler's WAV.
#
# Guess:   where a part is cut out, loop and cue point move with it or are left out, as wvunpack leaves them out.
# Version: flac 1.4.2+ds-2, wavpack 5.6.0-1 (Debian 12); needs node.
# Is:      flac writes both as they were, whether it cuts while it encodes or while it decodes: a loop that lies elsewhere
#          or behind the file's end. It warns only that the option is new. wvunpack drops all chunks of a part.
# Output (checked by the last line; exits 0 while it is this):
# > made: 10000 frames, loop 4000..7999, cue 4000
# > flac, whole: 10000 frames, loop 4000..7999, cue 4000
# > flac --skip=3000 encoding: 7000 frames, loop 4000..7999, cue 4000
# > flac --skip=3000 --until=6000 decoding: 3000 frames, loop 4000..7999, cue 4000
# > wvunpack, whole: 10000 frames, loop 4000..7999, cue 4000
# > wvunpack --skip=3000 --until=6000: 3000 frames
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
for p in flac=1.4.2+ds-2 wavpack=5.6.0-1; do
  [ "$(dpkg-query -Wf '${Version}' "${p%%=*}" 2>/dev/null)" = "${p#*=}" ] || { echo "needs $p" >&2; exit 2; }
done
cat >make.mjs <<'JS'
import { writeFileSync } from "node:fs";
const chunk = (id, ...words) => Buffer.concat([Buffer.from(id), Buffer.from(Uint32Array.of(4 * words.length, ...words).buffer)]);
const pcm = Int16Array.from({ length: 10000 }, (_, i) => 9000 * Math.sin(i / 16));
const data = Buffer.concat([Buffer.from("data"), Buffer.from(Uint32Array.of(20000).buffer), Buffer.from(pcm.buffer)]);
const body = Buffer.concat([Buffer.from("WAVE"), chunk("fmt ", 0x10001, 44100, 88200, 0x100002),
  chunk("smpl", 0, 0, 22676, 60, 0, 0, 0, 1, 0, 0, 0, 4000, 7999, 0, 0), chunk("cue ", 1, 1, 4000, 0x61746164, 0, 0, 4000), data]);
writeFileSync("a.wav", Buffer.concat([Buffer.from("RIFF"), Buffer.from(Uint32Array.of(body.length).buffer), body]));
JS
cat >look.mjs <<'JS'
import { readFileSync } from "node:fs";
const b = readFileSync(process.argv[2]), said = {};
for (let at = 12; at + 8 <= b.length; ) {
  const id = b.toString("latin1", at, at + 4), size = b.readUInt32LE(at + 4);
  if (id === "data") said.data = `${size / 2} frames`;
  if (id === "smpl") said.smpl = `, loop ${b.readUInt32LE(at + 52)}..${b.readUInt32LE(at + 56)}`;
  if (id === "cue ") said.cue = `, cue ${b.readUInt32LE(at + 32)}`;
  at += 8 + size + (size & 1);
}
console.log(said.data + (said.smpl ?? "") + (said.cue ?? ""));
JS
node make.mjs
keep="flac -s -f --keep-foreign-metadata"
{
  echo "made: $(node look.mjs a.wav)"
  $keep a.wav -o a.flac; $keep -d a.flac -o b.wav; echo "flac, whole: $(node look.mjs b.wav)"
  $keep --skip=3000 a.wav -o c.flac; $keep -d c.flac -o c.wav; echo "flac --skip=3000 encoding: $(node look.mjs c.wav)"
  $keep -d --skip=3000 --until=6000 a.flac -o d.wav; echo "flac --skip=3000 --until=6000 decoding: $(node look.mjs d.wav)"
  wavpack -q -y a.wav -o a.wv; wvunpack -q -y a.wv -o e.wav; echo "wvunpack, whole: $(node look.mjs e.wav)"
  wvunpack -q -y --skip=3000 --until=6000 a.wv -o f.wav; echo "wvunpack --skip=3000 --until=6000: $(node look.mjs f.wav)"
} 2>warnings | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
