#!/usr/bin/env bash
# npm @wasm-audio-decoders/ogg-vorbis and an Ogg file of two Vorbis streams, one after the other (`cat a.ogg b.ogg`).
#
# Guess:   the second stream is decoded with its own headers, as oggdec does; or it is refused, or named in `errors`.
# Version: @wasm-audio-decoders/ogg-vorbis 0.1.20; vorbis-tools 1.4.2-1+b1 and sox 14.4.2 (Debian 12) make the streams.
# Is:      two encodings of one kind come out right. A mono stream behind a stereo one is decoded as though it had the
#          headers of the first: two channels, the right length, an empty `errors`, and instead of a sine of -9 dB
#          something 18 dB weaker on one side and 25 on the other.
# Output (checked by the last line; exits 0 while it is this):
# > stereo, then stereo: 88200 frames, 0 errors, -9.0 then -9.1 dB; -9.0 then -9.1 dB
# > stereo, then mono: 88200 frames, 0 errors, -9.0 then -33.6 dB; -9.0 then -26.9 dB
# > the mono stream through oggdec: -8.97 dB
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
for p in vorbis-tools=1.4.2-1+b1 sox=14.4.2+git20190427-3.5; do
  [ "$(dpkg-query -Wf '${Version}' "${p%%=*}" 2>/dev/null)" = "${p#*=}" ] || { echo "needs $p" >&2; exit 2; }
done
npm install --prefix "$tmp" @wasm-audio-decoders/ogg-vorbis@0.1.20 \
  --ignore-scripts --no-audit --no-fund >/dev/null 2>&1 ||
  { echo "npm cannot fetch the packages named above" >&2; exit 2; }
sox -D -r 44100 -n -b 16 -c 2 stereo.wav synth 44100s sine 440 vol 0.5
sox -D -r 44100 -n -b 16 -c 1 mono.wav synth 44100s sine 440 vol 0.5
oggenc -Q -s 1 stereo.wav -o first.ogg
oggenc -Q -s 2 stereo.wav -o second-stereo.ogg
oggenc -Q -s 3 mono.wav -o second-mono.ogg
cat >level.mjs <<'JS'
import { readFileSync } from "node:fs";
import { OggVorbisDecoder } from "@wasm-audio-decoders/ogg-vorbis";
const decoder = new OggVorbisDecoder();
await decoder.ready;
const { channelData, samplesDecoded, errors } = await decoder.decodeFile(readFileSync(process.argv[2]));
const level = (x) => (10 * Math.log10(x.reduce((sum, v) => sum + v * v, 0) / x.length)).toFixed(1);
const sides = channelData.map((c) => `${level(c.subarray(0, 44100))} then ${level(c.subarray(44100))} dB`);
console.log(`${samplesDecoded} frames, ${errors.length} errors, ${sides.join("; ")}`);
JS
{
  for kind in stereo mono; do
    cat first.ogg second-$kind.ogg >both.ogg
    echo "stereo, then $kind: $(node level.mjs both.ogg)"
  done
  oggdec -Q second-mono.ogg -o alone.wav
  echo "the mono stream through oggdec: $(sox alone.wav -n stats 2>&1 | awk '/^RMS lev/ { print $4 }') dB"
} | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
