#!/usr/bin/env bash
# ecasound's `audioloop` with loops of several lengths, asked for two seconds of each.
#
# Guess:   the loop goes round and round, whatever its length; a file that is there is replaced.
# Version: ecasound 2.9.3-4+b1 (Debian 12); needs node.
# Is:      a loop that is no longer than ecasound's buffer (1024 frames) is played once, and the output ends there; with a
#          shorter buffer it goes round as it should. Written over a longer file, the output keeps that one's rest, so that
#          the single turn looks like a whole loop.
# Output (checked by the last line; exits 0 while it is this):
# > 1000 frames: 1000 frames, the loop's for 1000
# > 1024 frames: 1024 frames, the loop's for 1024
# > 1025 frames: 88200 frames, the loop's for 88200
# > 1000 frames, a buffer of 256: 88200 frames, the loop's for 88200
# > 900 frames, over that file: 88200 frames, the loop's for 900
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
for p in ecasound=2.9.3-4+b1; do
  [ "$(dpkg-query -Wf '${Version}' "${p%%=*}" 2>/dev/null)" = "${p#*=}" ] || { echo "needs $p" >&2; exit 2; }
done
cat >loop.mjs <<'JS'
import { readFileSync, writeFileSync } from "node:fs";
const [what, frames, name] = process.argv.slice(2);
const ramp = (n) => 20 * (n % Number(frames));
if (what === "make") {
  const data = Buffer.alloc(2 * frames);
  for (let n = 0; n < frames; n++) data.writeInt16LE(ramp(n), 2 * n);
  const head = Buffer.from("RIFF....WAVEfmt ....................data....");
  head.writeUInt32LE(36 + data.length, 4);
  [[16, 16], [20, 0x10001], [24, 44100], [28, 88200], [32, 0x100002], [40, data.length]].forEach(([at, word]) => head.writeUInt32LE(word, at));
  writeFileSync("loop.wav", Buffer.concat([head, data]));
} else {
  const file = readFileSync("out.wav");
  const at = file.indexOf("data") + 8;
  const count = Math.floor((file.length - at) / 2);
  let right = 0;
  while (right < count && file.readInt16LE(at + 2 * right) === ramp(right)) right++;
  console.log(`${name}: ${count} frames, the loop's for ${right}`);
}
JS
play() { # FRAMES BUFFER NAME
  node loop.mjs make "$1"
  ecasound -q -b:"$2" -f:16,1,44100 -i:audioloop,loop.wav -f:16,1,44100 -o:out.wav -t:2 >/dev/null 2>&1
  node loop.mjs tell "$1" "$3"
}
{
  rm -f out.wav; play 1000 1024 "1000 frames"
  rm -f out.wav; play 1024 1024 "1024 frames"
  rm -f out.wav; play 1025 1024 "1025 frames"
  rm -f out.wav; play 1000 256 "1000 frames, a buffer of 256"
  play 900 1024 "900 frames, over that file"
} | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
