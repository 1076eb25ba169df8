#!/usr/bin/env bash
# sndfile-convert from whole numbers to floats.
#
# Guess:   only the encoding changes; -normalize is an option of its own.
# Version: sndfile-programs and libsndfile1 1.2.0-1+deb12u1 (Debian 12); needs sox 14.4.2.
# Is:      16 or 24 bits to float are always raised to a peak of 0 dB, so that a set of files loses its balance and a
#          quiet one comes out 40 dB louder. Whole numbers to whole numbers, and floats to floats, keep their level.
# Output (checked by the last line; exits 0 while it is this):
# > peak -6.00 dB: 16 to 24 bits -6.00, 16 bits to float 0.00, 24 bits to float 0.00, float to double -6.00
# > peak -39.99 dB: 16 to 24 bits -39.99, 16 bits to float 0.00, 24 bits to float 0.00, float to double -40.00
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
for p in libsndfile1 sndfile-programs; do
  [ "$(dpkg-query -Wf '${Version}' $p 2>/dev/null)" = 1.2.0-1+deb12u1 ] || { echo "needs $p 1.2.0-1+deb12u1" >&2; exit 2; }
done
command -v sox >/dev/null || { echo "needs sox" >&2; exit 2; }
peak() { sox "$1" -n stats 2>&1 | awk '/^Pk lev/ { print $4 }'; }
{
  for gain in -6 -40; do
    sox -D -r 44100 -n -b 16 a.wav synth 1 sine 441 gain $gain
    sox -D -r 44100 -n -b 24 b.wav synth 1 sine 441 gain $gain
    sox -D -r 44100 -n -e float -b 32 c.wav synth 1 sine 441 gain $gain
    sndfile-convert -pcm24 a.wav a24.wav
    sndfile-convert -float32 a.wav af.wav
    sndfile-convert -float32 b.wav bf.wav
    sndfile-convert -float64 c.wav cf.wav
    echo "peak $(peak a.wav) dB: 16 to 24 bits $(peak a24.wav), 16 bits to float $(peak af.wav)," \
      "24 bits to float $(peak bf.wav), float to double $(peak cf.wav)"
  done
} | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
