#!/usr/bin/env bash
# ffmpeg -stream_loop: one second of a square-like loop, played three times, from files of eight codecs.
#
# Guess:   three turns, each as long as the file played once, each beginning where the one before ends.
# Version: ffmpeg 7:5.1.9-0+deb12u1, lame 3.100-6, vorbis-tools 1.4.2-1+b1, opus-tools 0.2-1+b1 (Debian 12); needs node.
# Is:      so it is for WAV, FLAC, WavPack, ALAC and MP3. Opus plays its pre-skip from the second turn on: a gap of 6.5 ms at
#          each wrap. Vorbis, early by 128 frames in the first turn (see ffmpeg-vorbis-end), is early by 576 in the others.
#          The turns of an AAC are 48664, 48128 and 47592 frames long.
# Output (checked by the last line; exits 0 while it is this):
# > a.wav: once 48000 frames; three times 144000 frames, turns begin at 0, 48000, 96000
# > a.flac: once 48000 frames; three times 144000 frames, turns begin at 0, 48000, 96000
# > a.wv: once 48000 frames; three times 144000 frames, turns begin at 0, 48000, 96000
# > a.m4a: once 48000 frames; three times 144000 frames, turns begin at 0, 48000, 96000
# > a.mp3: once 48000 frames; three times 144000 frames, turns begin at 0, 48000, 96000
# > a.opus: once 48000 frames; three times 144624 frames, turns begin at 0, 48312, 96624
# > a.ogg: once 47872 frames; three times 142720 frames, turns begin at 0, 47872, 95296
# > aac.m4a: once 48128 frames; three times 144384 frames, turns begin at 0, 48664, 96792
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
for p in ffmpeg=7:5.1.9-0+deb12u1 lame=3.100-6 vorbis-tools=1.4.2-1+b1 opus-tools=0.2-1+b1; do
  [ "$(dpkg-query -Wf '${Version}' "${p%%=*}" 2>/dev/null)" = "${p#*=}" ] || { echo "needs $p" >&2; exit 2; }
done
# High for half of it, then low: where it goes up, a turn begins.
cat >make.mjs <<'JS'
import { writeFileSync } from "node:fs";
writeFileSync("a.raw", Float32Array.from({ length: 48000 }, (_, i) => (i < 24000 ? 0.25 : -0.25)));
JS
cat >turns.mjs <<'JS'
import { readFileSync } from "node:fs";
const b = readFileSync(process.argv[2]), x = new Float32Array(b.buffer, b.byteOffset, b.length / 4);
const starts = [0];
for (let i = 1, high = true; i < x.length; i++) {
  if (high && x[i] < -0.1) high = false;
  if (!high && x[i] > 0.1) { high = true; starts.push(i); }
}
console.log(`${x.length} frames${starts.length > 1 ? `, turns begin at ${starts.join(", ")}` : ""}`);
JS
node make.mjs
raw=(-f f32le -ar 48000 -ac 1)
ffmpeg -v error "${raw[@]}" -i a.raw -c:a pcm_s16le a.wav
ffmpeg -v error -i a.wav a.flac
ffmpeg -v error -i a.wav -c:a wavpack a.wv
ffmpeg -v error -i a.wav -c:a alac a.m4a
ffmpeg -v error -i a.wav -c:a aac -b:a 192k aac.m4a
lame --quiet -b 192 a.wav a.mp3
oggenc -Q -q 8 a.wav -o a.ogg
opusenc --quiet a.wav a.opus 2>/dev/null
{
  for f in a.wav a.flac a.wv a.m4a a.mp3 a.opus a.ogg aac.m4a; do
    ffmpeg -v error -y -i "$f" -f f32le once.raw
    ffmpeg -v error -y -stream_loop 2 -i "$f" -f f32le thrice.raw </dev/null
    echo "$f: once $(node turns.mjs once.raw); three times $(node turns.mjs thrice.raw)"
  done
} | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
