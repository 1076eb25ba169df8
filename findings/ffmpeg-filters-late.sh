#!/usr/bin/env bash
# ffmpeg's audio filters that look ahead or work in blocks: where a click comes out, and whether the end does.
#
# Guess:   what a filter has to wait for it makes up for, or says so by its timestamps, as resamplers do: a click at frame 1000 is
#          at 1000 of the decoded file, and the last one is there.
# Version: ffmpeg 7:5.1.9-0+deb12u1 (Debian 12); needs node.
# Is:      eight filters put everything 4 to 93 ms late, by a number of their own each, and lose as much of the end, in a file
#          whose length is right. firequalizer is late too, but keeps the end in a longer file; its zero_phase=on moves no
#          sample. alimiter has latency=1, which puts it right; the others have nothing.
# Output (checked by the last line; exits 0 while it is this), clicks at 1000 and 43950 of 44100 frames:
# > dynaudnorm: 44100 frames, 0 late, the last click there
# > deesser: 44100 frames, 0 late, the last click there
# > superequalizer: 44100 frames, 4095 late, the last click gone
# > afftfilt: 44100 frames, 3072 late, the last click gone
# > surround: 44100 frames, 2048 late, the last click gone
# > dialoguenhance: 44100 frames, 1536 late, the last click gone
# > afftdn: 44100 frames, 1102 late, the last click gone
# > anlmdn: 44100 frames, 353 late, the last click gone
# > alimiter: 44100 frames, 219 late, the last click gone
# > alimiter=latency=1: 44100 frames, 0 late, the last click there
# > apsyclip: 44100 frames, 192 late, the last click gone
# > firequalizer: 44982 frames, 441 late, the last click there
# > firequalizer=zero_phase=on: 44982 frames, 441 late, the last click there
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
[ "$(dpkg-query -Wf '${Version}' ffmpeg 2>/dev/null)" = 7:5.1.9-0+deb12u1 ] || { echo "needs ffmpeg 7:5.1.9-0+deb12u1" >&2; exit 2; }
cat >click.mjs <<'JS'
import { writeFileSync } from "node:fs";
const b = Buffer.alloc(4 * 44100);
for (const at of [1000, 43950]) b.writeFloatLE(0.9, 4 * at);
writeFileSync("in", b);
JS
cat >late.mjs <<'JS' # the loudest frame of the first half, and whether the last second's end has one as loud as half the click
import { readFileSync } from "node:fs";
const b = readFileSync("out"), x = Array.from({ length: b.length / 4 }, (_, i) => Math.abs(b.readFloatLE(4 * i)));
const first = x.slice(0, 22050), at = first.indexOf(Math.max(...first)), last = x.slice(43000).some((v) => v > 0.45);
console.log(`${x.length} frames, ${at - 1000} late, the last click ${last ? "there" : "gone"}`);
JS
node click.mjs
for filter in dynaudnorm deesser superequalizer afftfilt surround dialoguenhance afftdn anlmdn alimiter alimiter=latency=1 \
  apsyclip firequalizer firequalizer=zero_phase=on; do
  # those that make several channels of one are heard as one again
  ffmpeg -nostdin -v error -y -f f32le -ar 44100 -ac 1 -i in -af "$filter" -f f32le -ac 1 -ar 44100 out
  echo "$filter: $(node late.mjs)"
done | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
