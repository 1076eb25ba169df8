#!/usr/bin/env bash
# The length of an ADPCM WAV, whose last block is filled up and whose `fact` chunk therefore says how many frames there are.
#
# Guess:   a reader stops where `fact` says: at 44,100 frames of 44,100.
# Version: sox and libsox3 14.4.2+git20190427-3.5, sndfile-programs 1.2.0-1+deb12u1, ffmpeg 7:5.1.9-0+deb12u1 (Debian 12);
#          needs node.
# Is:      all three play the filling, sox even of the file that it wrote itself: up to 16 ms of silence behind the end.
#          ffmpeg, as a writer, states the filled length, so that the true one is lost.
# Output (checked by the last line; exits 0 while it is this):
# > sox-ima: fact 44100, sox 44440, libsndfile 44440, ffmpeg 44440
# > sox-ms: fact 44100, sox 44792, libsndfile 44792, ffmpeg 44792
# > ffmpeg-ima: fact 44902, sox 44902, libsndfile 44902, ffmpeg 44902
# > ffmpeg-ms: fact 44792, sox 44792, libsndfile 44792, ffmpeg 44792
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
for p in sox=14.4.2+git20190427-3.5 sndfile-programs=1.2.0-1+deb12u1 ffmpeg=7:5.1.9-0+deb12u1; do
  [ "$(dpkg-query -Wf '${Version}' "${p%%=*}" 2>/dev/null)" = "${p#*=}" ] || { echo "needs $p" >&2; exit 2; }
done
node -e 'process.stdout.write(Buffer.from(Int16Array.from({ length: 44100 },
  (_, i) => 9000 * Math.sin((i * Math.PI) / 50)).buffer))' >a.raw
raw="-t raw -r 44100 -c 1 -b 16 -e signed"
sox $raw a.raw -e ima-adpcm sox-ima.wav
sox $raw a.raw -e ms-adpcm sox-ms.wav
ffmpeg -v error -f s16le -ar 44100 -ac 1 -i a.raw -c:a adpcm_ima_wav ffmpeg-ima.wav
ffmpeg -v error -f s16le -ar 44100 -ac 1 -i a.raw -c:a adpcm_ms ffmpeg-ms.wav
cat >fact.mjs <<'JS'
import { readFileSync } from "node:fs";
const b = readFileSync(process.argv[2]); console.log(b.readUInt32LE(b.indexOf("fact") + 8));
JS
for f in sox-ima sox-ms ffmpeg-ima ffmpeg-ms; do
  echo "$f: fact $(node fact.mjs $f.wav), sox $(($(sox $f.wav -t raw -b 16 -e signed - | wc -c) / 2))," \
    "libsndfile $(sndfile-info $f.wav | sed -n 's/^Frames *: //p')," \
    "ffmpeg $(($(ffmpeg -v error -i $f.wav -f s16le - | wc -c) / 2))"
done | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
