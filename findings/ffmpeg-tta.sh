#!/usr/bin/env bash
# TTA, a lossless codec that compresses in blocks of 1.04 s (46080 frames at 44.1 kHz), written by ffmpeg and read again: in its
# own file and in Matroska.
#
# Guess:   lossless, as FLAC, ALAC and WavPack are in Matroska.
# Version: ffmpeg 7:5.1.9-0+deb12u1, sox 14.4.2+git20190427-3.5 (Debian 12); needs node.
# Is:      in Matroska the last block is lost, up to a second of the end, and of a sound shorter than a block all, though ffprobe
#          states the whole length; it comes back only where the length is a whole number of milliseconds, in which Matroska
#          counts. Even a .tta is not lossless where its last block is one frame short of a whole one: of a tone each block then
#          loses its last frame (of noise none does). Only where nothing is left does ffmpeg end with an error.
# Output (checked by the last line; exits 0 while it is this):
# > sine, 20000 frames: tta the same; tta in mka 0 frames; flac in mka the same
# > sine, 46080 frames: tta the same; tta in mka the same; flac in mka the same
# > sine, 60775 frames: tta the same; tta in mka 46080 frames; flac in mka the same
# > sine, 88200 frames: tta the same; tta in mka the same; flac in mka the same
# > sine, 92159 frames: tta 92158 frames, other from 46079 on; tta in mka 92160 frames; flac in mka the same
# > sine, 138239 frames: tta 138237 frames, other from 46079 on; tta in mka 138240 frames; flac in mka the same
# > whitenoise, 20000 frames: tta the same; tta in mka 0 frames; flac in mka the same
# > whitenoise, 46080 frames: tta the same; tta in mka the same; flac in mka the same
# > whitenoise, 60775 frames: tta the same; tta in mka 46080 frames; flac in mka the same
# > whitenoise, 88200 frames: tta the same; tta in mka the same; flac in mka the same
# > whitenoise, 92159 frames: tta the same; tta in mka 46080 frames; flac in mka the same
# > whitenoise, 138239 frames: tta the same; tta in mka 92160 frames; flac in mka the same
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
for p in ffmpeg=7:5.1.9-0+deb12u1 sox=14.4.2+git20190427-3.5; do
  [ "$(dpkg-query -Wf '${Version}' "${p%%=*}" 2>/dev/null)" = "${p#*=}" ] || { echo "needs $p" >&2; exit 2; }
done
cat >compare.mjs <<'JS' # two files of raw samples of 16 bits
import { readFileSync } from "node:fs";
const [a, b] = ["in", "out"].map((f) => readFileSync(f)), all = Math.min(a.length, b.length) / 2;
let same = 0;
while (same < all && a.readInt16LE(2 * same) === b.readInt16LE(2 * same)) same++;
console.log(a.equals(b) ? "the same" : `${b.length / 2} frames` + (same < all ? `, other from ${same} on` : ""));
JS
through() { # FILE CODEC
  ffmpeg -nostdin -v error -y -i in.wav -c:a "$2" "$1"
  ffmpeg -nostdin -v error -y -i "$1" -f s16le out 2>/dev/null || true # it complains of the end, with 0, or finds nothing
  node compare.mjs
}
for sound in sine whitenoise; do
  for n in 20000 46080 60775 88200 92159 138239; do
    sox -R -D -r 44100 -n -c 1 -b 16 in.wav synth ${n}s $sound 441 gain -10; sox -D in.wav -t raw in
    echo "$sound, $n frames: tta $(through a.tta tta); tta in mka $(through t.mka tta); flac in mka $(through f.mka flac)"
  done
done | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
