#!/usr/bin/env bash
# mp3splt cuts ten seconds of short hits, as an Ogg Vorbis file and as an MP3, into three pieces, at 2 and at 5 s.
#
# Guess:   4, 6 and 10 hits, the first 0.25 s behind its piece's start; Vorbis is cut to the frame (two pieces are made to meet),
#          MP3 at its frames of 26 ms, but nothing is lost where two pieces meet.
# Version: mp3splt 2.6.2+20170630-3.1+b1, vorbis-tools 1.4.2-1+b1, lame 3.100-6, ffmpeg 7:5.1.9-0+deb12u1
#          (Debian 12); needs node. oggdec decodes the Vorbis, ffmpeg the MP3.
# Is:      the last piece of the Vorbis file has 685 frames of its five seconds, and no hit: the pages of so soft a sound hold four
#          seconds each, and mp3splt goes by pages. The second piece lacks its first 13 ms, the first has some too much; of
#          noise, which has many pages, all are right to the frame. Each piece of the MP3 is given the whole file's note of
#          LAME's delay, so that a decoder that heeds it drops 1105 frames (25 ms) at every seam. mp3splt ends with 0.
# Output (checked by the last line; exits 0 while it is this), in brackets how late the first hit is:
# > hits, ogg: 88512 frames, 4 hits (0); 132985 frames, 6 hits (-576); 685 frames, 0 hits; ends with 0
# > hits, mp3: 87599 frames, 4 hits (0); 131375 frames, 6 hits (-504); 220079 frames, 10 hits (-684); ends with 0
# > noise, ogg: 88200 frames, 4 hits (-1); 132300 frames, 6 hits (1); 220500 frames, 10 hits (10); ends with 0
# > noise, mp3: 87599 frames, 4 hits (2); 131375 frames, 6 hits (-503); 220079 frames, 10 hits (-682); ends with 0
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
for p in mp3splt=2.6.2+20170630-3.1+b1 vorbis-tools=1.4.2-1+b1 lame=3.100-6 ffmpeg=7:5.1.9-0+deb12u1; do
  [ "$(dpkg-query -Wf '${Version}' "${p%%=*}" 2>/dev/null)" = "${p#*=}" ] || { echo "needs $p" >&2; exit 2; }
done
cat >make.mjs <<'JS' # WHAT: ten seconds at 44.1 kHz, 16 bits: a hit of 9 ms every half second from 0.25 s on, or noise with them
import { writeFileSync } from "node:fs";
const b = Buffer.alloc(2 * 441000);
let seed = 1;
const noise = () => { seed ^= seed << 13; seed ^= seed >>> 17; seed ^= seed << 5; return seed / 2 ** 31; };
for (let i = 0; i < 441000; i++) {
  const at = i % 22050 - 11025, hit = at >= 0 && at < 400 ? 20000 * Math.sin(0.3 * at) * Math.sin((Math.PI * at) / 400) : 0;
  b.writeInt16LE(Math.round(hit + (process.argv[2] === "noise" ? 3000 * noise() : 0)), 2 * i);
}
writeFileSync("in", b);
JS
cat >hits.mjs <<'JS' # of the decoded piece: its frames, its hits, and how far the first one is from where it was in the whole
import { readFileSync } from "node:fs";
const b = readFileSync("out"), frames = b.length >> 1, x = (i) => b.readInt16LE(2 * i), at = [];
for (let i = 0; i < frames; i++) if (Math.abs(x(i)) > 12000) {
  let sum = 0, energy = 0; // the hit's centre
  for (let j = Math.max(0, i - 300); j < Math.min(frames, i + 600); j++) { sum += x(j) ** 2 * j; energy += x(j) ** 2; }
  at.push(Math.round(sum / energy)); i += 2000;
}
console.log(`${frames} frames, ${at.length} hits${at.length ? ` (${at[0] - 11225})` : ""}`);
JS
raw="-r -R 44100 -B 16 -C 1"
for sound in hits noise; do
  node make.mjs $sound
  oggenc -Q $raw -o a.ogg in 2>/dev/null # it warns of -r
  lame --quiet -r -s 44.1 --bitwidth 16 --signed --little-endian -m m -b 128 in a.mp3
  for kind in ogg mp3; do
    code=0; mp3splt -Q -d $sound-$kind -o @n a.$kind 0.0 0.2 0.5 EOF >/dev/null 2>&1 || code=$?
    line=""
    for n in 1 2 3; do
      piece=$sound-$kind/$n.$kind
      if [ $kind = ogg ]; then oggdec -Q -R -o out $piece; else ffmpeg -nostdin -v error -y -i $piece -f s16le out; fi
      line="$line; $(node hits.mjs)"
    done
    echo "$sound, $kind: ${line#; }; ends with $code"
  done
done | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
