#!/usr/bin/env bash
# bpm of bpm-tools (the one that DJ collections are tagged with) and plain click tracks.
#
# Guess:   the tempo, or its half or double where it lies outside of the default range of 84 to 146.
# Version: bpm-tools 0.3-4 (Debian 12), fetched into a temp folder; needs node.
# Is:      from 73 to 84 and from 146 to 168 neither the tempo nor its half or double lies in that range, which is less than an octave
#          wide: there it names four thirds or two thirds of the tempo, to three places and without a word. With -m 60 -x 200
#          all are right.
# Output (checked by the last line; exits 0 while it is this):
# > 66: 132.0, with -m 60 -x 200 66.1
# > 78: 103.8, with -m 60 -x 200 78.0
# > 90: 90.0, with -m 60 -x 200 90.0
# > 110: 110.0, with -m 60 -x 200 110.0
# > 130: 130.0, with -m 60 -x 200 130.1
# > 150: 100.0, with -m 60 -x 200 150.1
# > 156: 104.1, with -m 60 -x 200 155.9
# > 160: 106.6, with -m 60 -x 200 159.9
# > 165: 109.9, with -m 60 -x 200 165.0
# > 174: 87.0, with -m 60 -x 200 173.9
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
apt-get download bpm-tools=0.3-4 >/dev/null 2>&1 || { echo "apt-get cannot fetch bpm-tools=0.3-4" >&2; exit 2; }
dpkg -x bpm-tools_*.deb root
cat >clicks.mjs <<'JS' # 30 s of short hits at that tempo, as the mono floats at 44.1 kHz that bpm reads
import { writeFileSync } from "node:fs";
const frames = 30 * 44100, b = Buffer.alloc(4 * frames);
for (let t = 0; t < 30; t += 60 / process.argv[2]) for (let i = 0; i < 1500; i++) {
  const at = Math.round(44100 * t) + i;
  if (at < frames) b.writeFloatLE(Math.sin(0.05 * i) * Math.exp(-i / 300), 4 * at);
}
writeFileSync("in", b);
JS
for tempo in 66 78 90 110 130 150 156 160 165 174; do
  node clicks.mjs $tempo
  printf '%s: %.1f, with -m 60 -x 200 %.1f\n' $tempo "$(root/usr/bin/bpm <in)" "$(root/usr/bin/bpm -m 60 -x 200 <in)"
done | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
