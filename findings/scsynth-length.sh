#!/usr/bin/env bash
# SuperCollider's server rendering a score to a file (scsynth -N): how long the file is.
#
# Guess:   a score whose last bundle is at 1 s makes 44100 frames at 44.1 kHz.
# Version: supercollider-server 1:3.13.0+repack-1, sox 14.4.2+git20190427-3.5 (Debian 12); needs node.
# Is:      44160: it renders whole blocks, of 64 frames by default. So a loop whose turn is no multiple of the block gets up to 63
#          frames of what comes behind it, a gap or a click in each turn. Even with blocks of 1 there is one frame more than
#          asked for.
# Output (checked by the last line; exits 0 while it is this), frames for 1 s, 0.5 s, 2.3 s and 64 frames of time:
# > blocks of 64: 44160, 22080, 101440, 64
# > blocks of 1024: 45056, 22528, 102400, 1024
# > blocks of 16: 44112, 22064, 101440, 80
# > blocks of 1: 44101, 22051, 101431, 65
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
for p in supercollider-server=1:3.13.0+repack-1 sox=14.4.2+git20190427-3.5; do
  [ "$(dpkg-query -Wf '${Version}' "${p%%=*}" 2>/dev/null)" = "${p#*=}" ] || { echo "needs $p" >&2; exit 2; }
done
cat >score.mjs <<'JS' # SECONDS: a score of two bundles, one that makes a group at 0 and one that sets a bus then
import { writeFileSync } from "node:fs";
const long = (n) => { const b = Buffer.alloc(4); b.writeUInt32BE(n); return b; };
const text = (s) => Buffer.from(s.padEnd(4 * Math.floor(s.length / 4 + 1), "\0"));
const sized = (...parts) => { const b = Buffer.concat(parts); return Buffer.concat([long(b.length), b]); };
const message = (address, ...ints) => sized(text(address), text("," + "i".repeat(ints.length)), ...ints.map(long));
const bundle = (seconds, m) =>
  sized(text("#bundle"), long(Math.floor(seconds)), long(Math.round((seconds % 1) * 2 ** 32)), m);
writeFileSync("score", Buffer.concat([bundle(0, message("/g_new", 1, 0, 0)), bundle(+process.argv[2], message("/c_set", 0, 0))]));
JS
for block in 64 1024 16 1; do
  line=""
  for seconds in 1 0.5 2.3 $(node -p 64/44100); do
    node score.mjs "$seconds"
    scsynth -N score _ out.wav 44100 WAV int16 -o 1 -z $block >/dev/null 2>&1
    line="$line, $(soxi -s out.wav)"
  done
  echo "blocks of $block:${line#,}"
done | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
