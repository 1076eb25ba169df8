#!/usr/bin/env bash
# The front cut off an Opus file without encoding anew: `ffmpeg -ss 0.5 -i in.opus -c copy out.opus`.
#
# Guess:   2.5 of 3 seconds are left, give or take a packet, and every Opus player takes them.
# Version: ffmpeg 7:5.1.9-0+deb12u1, opus-tools 0.2-1+b1, libsndfile 1.2.0-1+deb12u1 (Debian 12); npm mediabunny 1.61.0,
#          ogg-opus-decoder 1.7.5.
# Is:      nothing is cut: all packets are there, under positions half a second too early, which the Ogg rules forbid at
#          the start of a stream. opusdec and libsndfile refuse the file; opusinfo, ffmpeg and ogg-opus-decoder give
#          three seconds; mediabunny says two and a half.
# Output (checked by the last line; exits 0 while it is this):
# > packets: 151 uncut, 151 cut
# > ffmpeg: 3 s
# > opusinfo: 0m:03.000s
# > ogg-opus-decoder: 3 s
# > mediabunny: 2.5 s
# > opusdec: refuses
# > libsndfile: refuses
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
for p in opus-tools=0.2-1+b1 ffmpeg=7:5.1.9-0+deb12u1 libsndfile1=1.2.0-1+deb12u1 sndfile-programs=1.2.0-1+deb12u1; do
  [ "$(dpkg-query -Wf '${Version}' "${p%%=*}" 2>/dev/null)" = "${p#*=}" ] || { echo "needs $p" >&2; exit 2; }
done
npm install --prefix "$tmp" ogg-opus-decoder@1.7.5 mediabunny@1.61.0 \
  --ignore-scripts --no-audit --no-fund >/dev/null 2>&1 ||
  { echo "npm cannot fetch the packages named above" >&2; exit 2; }
ffmpeg -v error -bitexact -f lavfi -i sine=440:sample_rate=48000:duration=3 -ac 2 in.wav
opusenc --quiet --serial 9 in.wav in.opus
ffmpeg -v error -ss 0.5 -i in.opus -c copy out.opus
cat >read.mjs <<'JS'
import { readFileSync } from "node:fs";
import { ALL_FORMATS, BufferSource, Input } from "mediabunny";
import { OggOpusDecoder } from "ogg-opus-decoder";
const file = readFileSync("out.opus"), decoder = new OggOpusDecoder();
await decoder.ready;
console.log(`ogg-opus-decoder: ${(await decoder.decodeFile(file)).samplesDecoded / 48000} s`);
const input = new Input({ source: new BufferSource(file), formats: ALL_FORMATS });
console.log(`mediabunny: ${await input.computeDuration()} s`);
JS
packets() { ffprobe -v quiet -count_packets -show_entries stream=nb_read_packets -of csv=p=0 "$1"; }
{
  echo "packets: $(packets in.opus) uncut, $(packets out.opus) cut"
  echo "ffmpeg: $(ffmpeg -v quiet -i out.opus -f s16le - | wc -c | awk '{ print $1 / 4 / 48000 }') s"
  echo "opusinfo: $(opusinfo out.opus 2>/dev/null | sed -n 's/.*Playback length: //p')"
  node read.mjs
  opusdec --quiet out.opus out.wav 2>/dev/null && echo "opusdec: reads it" || echo "opusdec: refuses"
  sndfile-info out.opus 2>/dev/null | grep -q ^Frames && echo "libsndfile: reads it" || echo "libsndfile: refuses"
} | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
