#!/usr/bin/env bash
# How long is an M4A? 66,123 frames of sound, encoded by ffmpeg's own AAC encoder.
#
# Guess:   66,123 for all who heed the edit list, 67,584 (66 packets of 1,024) for those who do not.
# Version: ffmpeg 7:5.1.9-0+deb12u1 (Debian 12); npm mediabunny 1.61.0, music-metadata 12.1.0, audio-decode 3.12.0.
# Is:      four answers. The edit list ends at a whole millisecond, so ffprobe's duration_ts is 17 frames short; ffmpeg
#          decodes on to the end of the last packet; music-metadata counts the encoder's delay as sound.
#          The duration_ts of ALAC in CAF counts whole packets, though no more than 66,123 frames come out of them.
# Output (checked by the last line; exits 0 while it is this):
# > audio-decode: 66123
# > mediabunny, duration: 66123
# > music-metadata, duration: 67147
# > ffprobe, duration_ts: 66106
# > ffmpeg, decoded: 66560
# > ALAC in CAF: ffprobe 69632, decoded 66123
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
[ "$(dpkg-query -Wf '${Version}' ffmpeg 2>/dev/null)" = 7:5.1.9-0+deb12u1 ] ||
  { echo "needs ffmpeg 7:5.1.9-0+deb12u1" >&2; exit 2; }
npm install --prefix "$tmp" mediabunny@1.61.0 music-metadata@12.1.0 audio-decode@3.12.0 \
  --before=2026-11-30 --ignore-scripts --no-audit --no-fund >/dev/null 2>&1 ||
  { echo "npm cannot fetch the packages named above" >&2; exit 2; }
ffmpeg -v error -f lavfi -i sine=440:sample_rate=44100:duration=2 -af atrim=end_sample=66123 -ac 2 in.wav
ffmpeg -v error -i in.wav -c:a aac out.m4a
ffmpeg -v error -i in.wav -c:a alac out.caf
cat >length.mjs <<'JS'
import { readFileSync } from "node:fs";
import decode from "audio-decode";
import { ALL_FORMATS, BufferSource, Input } from "mediabunny";
import { parseBuffer } from "music-metadata";
const file = readFileSync("out.m4a");
const input = new Input({ source: new BufferSource(file), formats: ALL_FORMATS });
console.log(`audio-decode: ${(await decode(file)).channelData[0].length}`);
console.log(`mediabunny, duration: ${Math.round(44100 * (await input.computeDuration()))}`);
const { format } = await parseBuffer(file, undefined, { duration: true });
console.log(`music-metadata, duration: ${Math.round(44100 * format.duration)}`);
JS
stated() { ffprobe -v quiet -show_entries stream=duration_ts -of csv=p=0 "$1"; }
decoded() { ffmpeg -v quiet -i "$1" -f s16le - | wc -c | awk '{ print $1 / 4 }'; }
{
  node length.mjs
  echo "ffprobe, duration_ts: $(stated out.m4a)"
  echo "ffmpeg, decoded: $(decoded out.m4a)"
  echo "ALAC in CAF: ffprobe $(stated out.caf), decoded $(decoded out.caf)"
} | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
