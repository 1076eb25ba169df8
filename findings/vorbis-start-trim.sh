#!/usr/bin/env bash
# An Ogg Vorbis file that begins inside a packet, as vcut writes it for the second half of a cut.
#
# Guess:   all decoders agree on the length; the first page says how many samples in front are not to be heard.
# Version: vorbis-tools 1.4.2-1+b1, ffmpeg 7:5.1.9-0+deb12u1, libsndfile 1.2.0-1+deb12u1 (Debian 12);
#          npm @wasm-audio-decoders/ogg-vorbis 0.1.20.
# Is:      oggdec and libsndfile trim the front. ffmpeg and the WebAssembly decoder do not: what was left out is heard,
#          and all that follows comes later. ffprobe states the length without it, ffmpeg decodes more than that.
# Output (checked by the last line; exits 0 while it is this):
# > in.ogg: oggdec 132300, libsndfile 132300, ffprobe 132300, ffmpeg 132300, ogg-vorbis 132300
# > first.ogg: oggdec 50000, libsndfile 50000, ffprobe 50000, ffmpeg 50000, ogg-vorbis 50000
# > second.ogg: oggdec 82300, libsndfile 82300, ffprobe 82300, ffmpeg 82572, ogg-vorbis 82572
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
for p in vorbis-tools=1.4.2-1+b1 ffmpeg=7:5.1.9-0+deb12u1 libsndfile1=1.2.0-1+deb12u1 sndfile-programs=1.2.0-1+deb12u1; do
  [ "$(dpkg-query -Wf '${Version}' "${p%%=*}" 2>/dev/null)" = "${p#*=}" ] || { echo "needs $p" >&2; exit 2; }
done
npm install --prefix "$tmp" @wasm-audio-decoders/ogg-vorbis@0.1.20 \
  --ignore-scripts --no-audit --no-fund >/dev/null 2>&1 ||
  { echo "npm cannot fetch the packages named above" >&2; exit 2; }
ffmpeg -v error -bitexact -f lavfi -i sine=440:sample_rate=44100:duration=3 -ac 2 in.wav
oggenc -Q -s 9 in.wav -o in.ogg
vcut in.ogg first.ogg second.ogg 50000 >/dev/null 2>&1
cat >decode.mjs <<'JS'
import { readFileSync } from "node:fs";
import { OggVorbisDecoder } from "@wasm-audio-decoders/ogg-vorbis";
const decoder = new OggVorbisDecoder();
await decoder.ready;
console.log((await decoder.decodeFile(readFileSync(process.argv[2]))).samplesDecoded);
JS
{
  for f in in first second; do
    echo "$f.ogg: oggdec $(oggdec -Q -R $f.ogg -o - | wc -c | awk '{ print $1 / 4 }')," \
      "libsndfile $(sndfile-info $f.ogg | awk '/^Frames/ { print $3 }')," \
      "ffprobe $(ffprobe -v quiet -show_entries stream=duration_ts -of csv=p=0 $f.ogg)," \
      "ffmpeg $(ffmpeg -v quiet -i $f.ogg -f s16le - | wc -c | awk '{ print $1 / 4 }')," \
      "ogg-vorbis $(node decode.mjs $f.ogg)"
  done
} | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
