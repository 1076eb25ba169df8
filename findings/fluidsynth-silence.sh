#!/usr/bin/env bash
# FluidSynth renders a song in which nothing sounds (a program change, then four bars of rest) into a WAV.
#
# Guess:   zeros.
# Version: fluidsynth 2.3.1-2, fluid-soundfont-gm 3.1-5.3 (Debian 12); needs node.
# Is:      with its reverb on, as it is by default, nearly every sample is -1, in 16 bits and in 24 alike: the reverb holds
#          a tiny offset (-150 dB as floats) against denormals, and numbers are rounded down. Without reverb: zeros.
#          So what looks for the end of a rendered note by zeros never finds it, and every render has half a step of DC.
# Output (checked by the last line; exits 0 while it is this):
# > s16, default: -1 in 99 % of the samples, else 0
# > s24, default: -1 in 99 % of the samples, else 0
# > s16, reverb off: 0 in 100 % of the samples
# > s24, reverb off: 0 in 100 % of the samples
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
for p in fluidsynth=2.3.1-2 fluid-soundfont-gm=3.1-5.3; do
  [ "$(dpkg-query -Wf '${Version}' "${p%%=*}" 2>/dev/null)" = "${p#*=}" ] || { echo "needs $p" >&2; exit 2; }
done
cat >silence.mjs <<'JS'
import { readFileSync, writeFileSync } from "node:fs";
if (process.argv[2] === "make") {
  const track = Buffer.from([0, 0xc0, 0, 0x83, 0x60, 0xff, 0x2f, 0]);
  const head = Buffer.from("MThd\0\0\0\x06\0\0\0\x01\0\x60MTrk\0\0\0\x08", "latin1");
  writeFileSync("rest.mid", Buffer.concat([head, track]));
} else {
  const [name, bytes] = [process.argv[2], Number(process.argv[3])];
  const file = readFileSync("a.wav");
  const at = file.indexOf("data") + 8;
  const counts = new Map();
  let total = 0;
  for (let i = at; i + bytes <= file.length; i += bytes, total++) {
    const sample = file.readIntLE(i, bytes);
    counts.set(sample, (counts.get(sample) ?? 0) + 1);
  }
  const [[most, count], ...rest] = [...counts].sort((a, b) => b[1] - a[1]);
  const others = rest.map(([sample]) => sample).join(", ");
  console.log(`${name}: ${most} in ${Math.floor((100 * count) / total)} % of the samples${others && `, else ${others}`}`);
}
JS
node silence.mjs make
render() { # NAME BYTES OPTIONS
  fluidsynth -q -ni "${@:3}" -T wav -F a.wav -r 44100 /usr/share/sounds/sf2/FluidR3_GM.sf2 rest.mid >/dev/null 2>&1
  node silence.mjs "$1" "$2"
}
{
  render "s16, default" 2 -O s16
  render "s24, default" 3 -O s24
  render "s16, reverb off" 2 -O s16 -R 0
  render "s24, reverb off" 3 -O s24 -R 0
} | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
