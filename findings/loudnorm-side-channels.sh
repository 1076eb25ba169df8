#!/usr/bin/env bash
# Loudness of 7.1 sound: the same file measured by two filters of ffmpeg and by bs1770gain.
#
# Guess:   a tone in the two side speakers is as loud to all, and no softer than the same tone in the two front ones.
# Version: ffmpeg 7:5.1.9-0+deb12u1, bs1770gain 0.8.6.1-3 (Debian 12; the second fetched into a temp folder); needs node.
# Is:      loudnorm and bs1770gain do not count the side channels, ebur128 does. So loudnorm finds a mix that has as much in
#          the sides as in the front 3.8 LU softer than ebur128 does, and would make it that much too loud.
# Output (checked by the last line; exits 0 while it is this):
# > front left and right: ebur128 -14.7, loudnorm -14.75, bs1770gain -14.74 LUFS
# > back left and right: ebur128 -13.3, loudnorm -13.25, bs1770gain -13.25 LUFS
# > side left and right: ebur128 -13.3, loudnorm -inf, bs1770gain -70.00 LUFS
# > front and side, all four: ebur128 -10.9, loudnorm -14.75, bs1770gain -14.74 LUFS
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
[ "$(dpkg-query -Wf '${Version}' ffmpeg 2>/dev/null)" = 7:5.1.9-0+deb12u1 ] ||
  { echo "needs ffmpeg 7:5.1.9-0+deb12u1" >&2; exit 2; }
apt-get download bs1770gain=0.8.6.1-3 >/dev/null 2>&1 || { echo "apt-get cannot fetch bs1770gain 0.8.6.1-3" >&2; exit 2; }
dpkg -x bs1770gain*.deb root
root/usr/bin/bs1770gain --version >/dev/null 2>&1 ||
  { echo "bs1770gain does not start; are FFmpeg's and SoX's libraries installed?" >&2; exit 2; }

# Four seconds of 1 kHz, in the channels named, of eight: FL FR FC LFE BL BR SL SR, as a WAV says it (mask 0x63f).
cat >wav.mjs <<'JS'
import { writeFileSync } from "node:fs";
const channels = 8, frames = 4 * 48000, on = process.argv.slice(2).map(Number);
const data = Buffer.alloc(2 * channels * frames);
for (let i = 0; i < frames; i++)
  for (const c of on) data.writeInt16LE(Math.round(6000 * Math.sin((2 * Math.PI * 1000 * i) / 48000)), 2 * (i * channels + c));
const longs = (...w) => Buffer.from(Uint32Array.from(w).buffer);
const format = Buffer.concat([longs(0x8fffe, 48000, 96000 * channels, 0x100010, 0x100016, 0x63f),
  Buffer.from("0100000000001000800000aa00389b71", "hex")]);
const body = Buffer.concat([Buffer.from("WAVEfmt "), longs(40), format, Buffer.from("data"), longs(data.length), data]);
writeFileSync("a.wav", Buffer.concat([Buffer.from("RIFF"), longs(body.length), body]));
JS
measure() {
  node wav.mjs "${@:2}"
  local ebur loudnorm gain
  ebur=$(ffmpeg -hide_banner -nostats -i a.wav -af ebur128 -f null - 2>&1 | sed -n 's/^ *I: *\(-[0-9.]*\) LUFS$/\1/p' | tail -1)
  loudnorm=$(ffmpeg -hide_banner -nostats -i a.wav -af loudnorm=print_format=json -f null - 2>&1 |
    sed -n 's/.*"input_i" : "\(.*\)".*/\1/p')
  gain=$(root/usr/bin/bs1770gain -i a.wav 2>&1 |
    tr '\r\b' '\n\n' | sed -n 's/.*integrated[^:]*: *\(-[0-9.]*\) LUFS.*/\1/p' | head -1)
  echo "$1: ebur128 $ebur, loudnorm $loudnorm, bs1770gain $gain LUFS"
}
{
  measure "front left and right" 0 1
  measure "back left and right" 4 5
  measure "side left and right" 6 7
  measure "front and side, all four" 0 1 6 7
} | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
