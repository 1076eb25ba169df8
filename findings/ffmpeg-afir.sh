#!/usr/bin/env bash
# ffmpeg's afir: a sound through an impulse response, its options as they are by default.
#
# Guess:   an impulse response of a single 1 gives the sound back; `dry` is how much of the sound itself is mixed in, `wet`
#          how much of the room (default 1 and 1); the room rings on behind the sound's end.
# Version: ffmpeg 7:5.1.9-0+deb12u1 (Debian 12); needs node.
# Is:      the single 1 makes the sound 6 dB louder. There is never a dry sound: `dry` multiplies what goes in, `wet` what comes
#          out, so either of 0 is silence, and 10 with 10 is a hundredfold. A response that sums to more than 1 is turned down to
#          sum to 1 (gtype=peak, which goes by the sum, not the peak), a softer one is left as it is, so that two rooms of one
#          recording at 0 and at -12 dB differ by 8.5 dB. The output ends with the input: the last click's echo is lost.
# Output (checked by the last line; exits 0 while it is this), two clicks of 0.5, the second 100 frames before the end of 44100:
# > response 1: 44100 frames, 0.500 becomes 1.000
# > response 0.1: 44100 frames, 0.500 becomes 0.100
# > response 1, dry=0: 44100 frames, 0.500 becomes 0.000
# > response 1, wet=0: 44100 frames, 0.500 becomes 0.000
# > response 1, dry=10:wet=10: 44100 frames, 0.500 becomes 100.000
# > response 1 and echo of 0.5: 44100 frames, 0.500 becomes 0.667, echo 0.333, the last 0.667, echo none
# > response 0.25 and echo of 0.125: 44100 frames, 0.500 becomes 0.250, echo 0.125, the last 0.250, echo none
# > response 1 and echo of 0.5, gtype=none: 44100 frames, 0.500 becomes 1.000, echo 0.500, the last 1.000, echo none
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
[ "$(dpkg-query -Wf '${Version}' ffmpeg 2>/dev/null)" = 7:5.1.9-0+deb12u1 ] || { echo "needs ffmpeg 7:5.1.9-0+deb12u1" >&2; exit 2; }
cat >clicks.mjs <<'JS' # FILE FRAMES AT:VALUE...: mono floats at 44.1 kHz, zeros but for what is told
import { writeFileSync } from "node:fs";
const [, , file, frames, ...clicks] = process.argv, b = Buffer.alloc(4 * frames);
for (const c of clicks) b.writeFloatLE(+c.split(":")[1], 4 * c.split(":")[0]);
writeFileSync(file, b);
JS
cat >levels.mjs <<'JS' # the frames at the clicks, and with a second argument those of the echo, 1000 behind
import { readFileSync } from "node:fs";
const b = readFileSync("out"), frames = b.length / 4, v = (i) => Math.abs(b.readFloatLE(4 * i)).toFixed(3);
const echo = (i) => (i < frames ? v(i) : "none");
console.log(`${frames} frames, 0.500 becomes ${v(100)}` +
  (process.argv[2] ? `, echo ${echo(1100)}, the last ${v(44000)}, echo ${echo(45000)}` : ""));
JS
node clicks.mjs in 44100 100:0.5 44000:0.5
through() { # WHAT OPTIONS ECHO RESPONSE...
  local what=$1 options=$2 echo=$3; shift 3
  node clicks.mjs room 22050 "$@"
  ffmpeg -nostdin -v error -y -f f32le -ar 44100 -ac 1 -i in -f f32le -ar 44100 -ac 1 -i room -lavfi "afir$options" -f f32le out
  echo "$what: $(node levels.mjs $echo)"
}
{
  through "response 1" "" "" 0:1
  through "response 0.1" "" "" 0:0.1
  through "response 1, dry=0" =dry=0 "" 0:1
  through "response 1, wet=0" =wet=0 "" 0:1
  through "response 1, dry=10:wet=10" =dry=10:wet=10 "" 0:1
  through "response 1 and echo of 0.5" "" echo 0:1 1000:0.5
  through "response 0.25 and echo of 0.125" "" echo 0:0.25 1000:0.125
  through "response 1 and echo of 0.5, gtype=none" =gtype=none echo 0:1 1000:0.5
} | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
