#!/usr/bin/env bash
# aubio's onset detector and the level of a recording.
#
# Guess:   the same music, turned down without any rounding, has the same onsets, as long as it lies above the silence
#          threshold (-70 dB by default; all of this does).
# Version: aubio-tools 0.4.9-4.3+b1 (Debian 12), fetched into a temp folder; needs node, and the libraries of libaubio5.
# Is:      sixteen plucked notes over a held chord, as floats: with the default method the softer the file, the more onsets,
#          three times as many at -36 dB. The methods "complex", "mkl" and "energy" count the same at every level.
# Output (checked by the last line; exits 0 while it is this), onsets at 0, -12, -24 and -36 dB:
# > default: 18 30 42 52
# > specflux: 69 70 80 84
# > complex: 25 25 25 25
# > mkl: 35 35 35 35
# > energy: 45 45 45 45
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
apt-get download aubio-tools=0.4.9-4.3+b1 >/dev/null 2>&1 || { echo "apt-get cannot fetch aubio-tools 0.4.9-4.3+b1" >&2; exit 2; }
dpkg -x aubio-tools*.deb root
root/usr/bin/aubioonset --help >/dev/null 2>&1 || { echo "aubioonset does not start; is libaubio5 installed?" >&2; exit 2; }

# A float WAV, its gain a power of two: nothing is rounded.
cat >make.mjs <<'JS'
import { writeFileSync } from "node:fs";
const rate = 44100, gain = 2 ** -Number(process.argv[2]), x = new Float32Array(8 * rate);
for (const hz of [110, 165, 220, 277]) for (let n = 0; n < x.length; n++) x[n] += 0.07 * Math.sin((2 * Math.PI * hz * n) / rate);
for (let k = 0; k < 16; k++) {
  const hz = 220 * 2 ** ((k % 5) / 12);
  for (let n = 0, at = (k * rate) / 2; at < x.length; n++, at++) x[at] += 0.2 * Math.exp((-6 * n) / rate) * Math.sin((2 * Math.PI * hz * n) / rate);
}
const head = Buffer.alloc(44);
head.write("RIFF"); head.writeUInt32LE(36 + 4 * x.length, 4); head.write("WAVEfmt ", 8); head.writeUInt32LE(16, 16);
head.writeUInt16LE(3, 20); head.writeUInt16LE(1, 22); head.writeUInt32LE(rate, 24); head.writeUInt32LE(4 * rate, 28);
head.writeUInt16LE(4, 32); head.writeUInt16LE(32, 34); head.write("data", 36); head.writeUInt32LE(4 * x.length, 40);
writeFileSync("a.wav", Buffer.concat([head, Buffer.from(x.map((v) => v * gain).buffer)]));
JS
for method in default specflux complex mkl energy; do
  echo -n "$method:"
  for halvings in 0 2 4 6; do
    node make.mjs "$halvings"
    echo -n " $(root/usr/bin/aubioonset -O "$method" -i a.wav | wc -l)"
  done
  echo
done | tee seen
diff <(sed -n 's/^# > //p' "$self") seen
