#!/usr/bin/env bash
# Two seconds cut out of a FLAC file without encoding anew: `ffmpeg -ss 3 -t 2 -i in.flac -c copy out.flac`.
#
# Guess:   a FLAC file of about two seconds, whose header says so.
# Version: ffmpeg 7:5.1.9-0+deb12u1, flac 1.4.2+ds-2, libsndfile 1.2.0-1+deb12u1, sox 14.4.2 (Debian 12);
#          npm mediabunny 1.61.0, music-metadata 12.1.0.
# Is:      the header keeps the number of samples and the MD5 of the uncut file, and the frames keep their old numbers.
#          So `flac -t` calls the file broken, most readers state ten seconds, and only those that count get two.
# Output (checked by the last line; exits 0 while it is this):
# > header, uncut:  441000 3992960c98b49972cdf346e8bac0cb94
# > header, cut:    441000 3992960c98b49972cdf346e8bac0cb94
# > flac -t:        ERROR, MD5 signature mismatch
# > ffmpeg decodes: 2.043 s
# > sox decodes:    2.043 s
# > ffprobe:        10.000000 s
# > libsndfile:     10 s
# > music-metadata: 10 s
# > mediabunny:     2.043 s
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
for p in flac=1.4.2+ds-2 ffmpeg=7:5.1.9-0+deb12u1 libsndfile1=1.2.0-1+deb12u1 \
  sndfile-programs=1.2.0-1+deb12u1 sox=14.4.2+git20190427-3.5; do
  [ "$(dpkg-query -Wf '${Version}' "${p%%=*}" 2>/dev/null)" = "${p#*=}" ] || { echo "needs $p" >&2; exit 2; }
done
npm install --prefix "$tmp" mediabunny@1.61.0 music-metadata@12.1.0 \
  --ignore-scripts --no-audit --no-fund >/dev/null 2>&1 ||
  { echo "npm cannot fetch the packages named above" >&2; exit 2; }
sox -D -r 44100 -n -b 16 -c 2 in.wav synth 441000s sine 440 sine 660 vol 0.5
flac -s in.wav
ffmpeg -v error -ss 3 -t 2 -i in.flac -c copy out.flac
cat >length.mjs <<'JS'
import { readFileSync } from "node:fs";
import { ALL_FORMATS, BufferSource, Input } from "mediabunny";
import { parseBuffer } from "music-metadata";
const file = readFileSync("out.flac");
console.log(`music-metadata: ${(await parseBuffer(file, undefined, { duration: true })).format.duration} s`);
const input = new Input({ source: new BufferSource(file), formats: ALL_FORMATS });
console.log(`mediabunny:     ${(await input.computeDuration()).toFixed(3)} s`);
JS
seconds() { awk '{ printf "%.3f s\n", $1 / 4 / 44100 }'; }
{
  echo "header, uncut:  $(metaflac --show-total-samples --show-md5sum in.flac | paste -sd' ')"
  echo "header, cut:    $(metaflac --show-total-samples --show-md5sum out.flac | paste -sd' ')"
  echo "flac -t:        $(flac -t out.flac 2>&1 | grep -o 'ERROR.*')"
  echo "ffmpeg decodes: $(ffmpeg -v quiet -i out.flac -f s16le - | wc -c | seconds)"
  echo "sox decodes:    $(sox out.flac -t s16 - 2>/dev/null | wc -c | seconds)"
  echo "ffprobe:        $(ffprobe -v quiet -show_entries format=duration -of csv=p=0 out.flac) s"
  echo "libsndfile:     $(sndfile-info out.flac | awk '/^Frames/ { print $3 / 44100 }') s"
  node length.mjs
} | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
