#!/usr/bin/env bash
# npm music-metadata and RF64, the WAV of recorders and mixes above 4 GiB (`ffmpeg -rf64 always` writes it at any size).
#
# Guess:   read as WAV; or "format not supported", as with other rarities.
# Version: music-metadata 12.1.0; mediabunny 1.61.0 beside it; ffmpeg 7:5.1.9-0+deb12u1 (Debian 12) makes the files.
# Is:      the sound itself is searched for MPEG headers, and what is found there is reported as the file's format,
#          rate and length. No error. mediabunny reads the same files rightly.
# Output (checked by the last line; exits 0 while it is this):
# > 300.wav (44100 Hz, 2 s): MPEG, MPEG 1 Layer 1, 48000 Hz, undefined s; mediabunny 2 s
# > 440.wav (44100 Hz, 2 s): MPEG, MPEG 1 Layer 3, 32000 Hz, undefined s; mediabunny 2 s
# > 1000.wav (44100 Hz, 2 s): MPEG, MPEG 1 Layer 2, 44100 Hz, undefined s; mediabunny 2 s
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
[ "$(dpkg-query -Wf '${Version}' ffmpeg 2>/dev/null)" = 7:5.1.9-0+deb12u1 ] ||
  { echo "needs ffmpeg 7:5.1.9-0+deb12u1" >&2; exit 2; }
npm install --prefix "$tmp" music-metadata@12.1.0 mediabunny@1.61.0 \
  --ignore-scripts --no-audit --no-fund >/dev/null 2>&1 ||
  { echo "npm cannot fetch the packages named above" >&2; exit 2; }
for hz in 300 440 1000; do
  ffmpeg -v error -bitexact -f lavfi -i sine=$hz:sample_rate=44100:duration=2 -ac 2 -rf64 always $hz.wav
done
cat >read.mjs <<'JS'
import { readFileSync } from "node:fs";
import { ALL_FORMATS, BufferSource, Input } from "mediabunny";
import { parseBuffer } from "music-metadata";
for (const name of ["300.wav", "440.wav", "1000.wav"]) {
  const file = readFileSync(name);
  const { container, codec, sampleRate, duration } = (await parseBuffer(file, undefined, { duration: true })).format;
  const input = new Input({ source: new BufferSource(file), formats: ALL_FORMATS });
  console.log(`${name} (44100 Hz, 2 s): ${container}, ${codec}, ${sampleRate} Hz, ${duration?.toFixed(2)} s;` +
    ` mediabunny ${await input.computeDuration()} s`);
}
JS
node read.mjs | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
