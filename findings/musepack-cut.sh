#!/usr/bin/env bash
# A Musepack file cut to the sample with mpccut (which moves two numbers in its header and leaves the packets alone).
#
# Guess:   all who read Musepack SV8 give 30,000 frames for a cut from 20,000 to 50,000, and 60,775 for the uncut file.
# Version: musepack-tools and libmpcdec6 2:0.1~r495-2, libreplaygain1 1.0~r475-1+b2, libcue2 2.2.1-4+deb12u1
#          (Debian 12), fetched into a temp folder; ffmpeg 7:5.1.9-0+deb12u1; npm audio-decode 3.12.0,
#          music-metadata 12.1.0.
# Is:      ffmpeg gives every packet whole, with what was cut away and the padding, and ffprobe states a length of 0;
#          music-metadata heeds the end but not the beginning. mpcdec and audio-decode are exact.
# Output (checked by the last line; exits 0 while it is this):
# > whole: mpcdec 60775, ffmpeg 62208, ffprobe 0, audio-decode 60775, music-metadata 60775
# > cut: mpcdec 30000, ffmpeg 62208, ffprobe 0, audio-decode 30000, music-metadata 50000
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
[ "$(dpkg-query -Wf '${Version}' ffmpeg 2>/dev/null)" = 7:5.1.9-0+deb12u1 ] ||
  { echo "needs ffmpeg 7:5.1.9-0+deb12u1" >&2; exit 2; }
for p in musepack-tools=2:0.1~r495-2 libmpcdec6=2:0.1~r495-2 libreplaygain1=1.0~r475-1+b2 libcue2=2.2.1-4+deb12u1; do
  apt-get download "$p" >/dev/null 2>&1 || { echo "apt-get cannot fetch $p" >&2; exit 2; }
done
for d in *.deb; do dpkg -x "$d" root; done
LD_LIBRARY_PATH=$(find "$tmp/root" -name '*.so.*' -printf '%h\n' | sort -u | paste -sd:); export LD_LIBRARY_PATH
PATH="$tmp/root/usr/bin:$PATH"
npm install --prefix "$tmp" audio-decode@3.12.0 music-metadata@12.1.0 \
  --before=2026-11-30 --ignore-scripts --no-audit --no-fund >/dev/null 2>&1 ||
  { echo "npm cannot fetch the packages named above" >&2; exit 2; }
ffmpeg -v error -bitexact -f lavfi -i sine=440:sample_rate=44100:duration=2 -af atrim=end_sample=60775 -ac 2 whole.wav
mpcenc --silent whole.wav whole.mpc >/dev/null 2>&1
mpccut -s 20000 -e 50000 whole.mpc cut.mpc >/dev/null
cat >length.mjs <<'JS'
import { readFileSync } from "node:fs";
import decode from "audio-decode";
import { parseBuffer } from "music-metadata";
const file = readFileSync(process.argv[2]);
const { numberOfSamples } = (await parseBuffer(file, undefined, { duration: true })).format;
console.log(`audio-decode ${(await decode(file)).channelData[0].length}, music-metadata ${numberOfSamples}`);
JS
{
  for f in whole cut; do
    mpcdec $f.mpc out.wav >/dev/null 2>&1
    echo "$f: mpcdec $((($(wc -c <out.wav) - 44) / 4))," \
      "ffmpeg $(ffmpeg -v quiet -i $f.mpc -f s16le - | wc -c | awk '{ print $1 / 4 }')," \
      "ffprobe $(ffprobe -v quiet -show_entries stream=duration_ts -of csv=p=0 $f.mpc), $(node length.mjs $f.mpc)"
  done
} | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
