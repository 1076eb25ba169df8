#!/usr/bin/env bash
# Sound through ffmpeg's WMA encoder and back through its decoder.
#
# Guess:   as with MP3 and Vorbis, which ffmpeg gives back to the sample, or AC-3 and MP2, which come back later and longer:
#          whatever the delay, nothing is lost.
# Version: ffmpeg 7:5.1.9-0+deb12u1 (Debian 12)
# Is:      everything comes back 2,048 frames early: the first 46 ms are gone, and the end with them, since the file is
#          1,383 frames short. Both wmav1 and wmav2. Whether WMA of other encoders loses its beginning too is not known.
# Output (checked by the last line; exits 0 while it is this):
# > libmp3lame: 60775 of 60775 frames, clicks at +0, +0, +0
# > libvorbis: 60775 of 60775 frames, clicks at +0, +0, +0
# > mp2: 61056 of 60775 frames, clicks at +481, +481, +481
# > ac3: 61440 of 60775 frames, clicks at +256, +256, +256
# > wmav1: 59392 of 60775 frames, clicks at gone, -2048, -2048
# > wmav2: 59392 of 60775 frames, clicks at gone, -2048, -2048
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
[ "$(dpkg-query -Wf '${Version}' ffmpeg 2>/dev/null)" = 7:5.1.9-0+deb12u1 ] ||
  { echo "needs ffmpeg 7:5.1.9-0+deb12u1" >&2; exit 2; }
cat >make.mjs <<'JS'
import { writeFileSync } from "node:fs";
const pcm = new Int16Array(60775);
for (const at of [1000, 30000, 58000]) pcm[at] = 30000; // three clicks
writeFileSync("in.raw", pcm);
JS
cat >find.mjs <<'JS'
import { readFileSync } from "node:fs";
const bytes = readFileSync("out.raw"), length = bytes.length >> 1;
const pcm = new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + 2 * length));
const found = [1000, 30000, 58000].map((at) => {
  let best = 0;
  for (let i = Math.max(0, at - 3000); i < Math.min(length, at + 3000); i++)
    if (Math.abs(pcm[i]) > Math.abs(pcm[best])) best = i;
  return Math.abs(pcm[best]) < 8000 ? "gone" : `${best - at >= 0 ? "+" : ""}${best - at}`;
});
console.log(`${length} of 60775 frames, clicks at ${found.join(", ")}`);
JS
node make.mjs
{
  for codec in libmp3lame:mp3 libvorbis:ogg mp2:mp2 ac3:ac3 wmav1:wma wmav2:wma; do
    file=out.${codec#*:}
    ffmpeg -v error -y -f s16le -ar 44100 -ac 1 -i in.raw -ac 2 -b:a 192k -c:a "${codec%%:*}" "$file"
    ffmpeg -v error -y -i "$file" -f s16le -ac 1 out.raw
    echo "${codec%%:*}: $(node find.mjs)"
  done
} | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
