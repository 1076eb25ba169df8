#!/usr/bin/env bash
# Sound cut out of a file by `ffmpeg -ss 12 -i FILE`, decoded: where the piece begins.
#
# Guess:   at 12 s, to the sample: since the sound is encoded anew, -ss before -i decodes from the last place that can be jumped to
#          and drops what is too early (-accurate_seek, the default).
# Version: ffmpeg 7:5.1.9-0+deb12u1, lame 3.100-6, vorbis-tools 1.4.2-1+b1, opus-tools 0.2-1+b1, flac 1.4.2+ds-2,
#          sox 14.4.2+git20190427-3.5 (Debian 12), musepack-tools 2:0.1~r495-2 (fetched into a temp folder); needs node.
# Is:      FLAC, WavPack, ALAC, AAC, Vorbis and Opus in their own files: so it is. An ADPCM WAV of ffmpeg's own is cut at two thirds of
#          the time asked for, four seconds early at 12 s: its header states 16000 bytes a second, whatever it has, and ffmpeg
#          jumps by that; one of sox is right. Musepack is up to a second late, WMA 90 ms early, Opus in Matroska 8 ms. An MP3
#          begins in the right place, but with silence. The exit code is 0 and nothing is said.
# Output (checked by the last line; exits 0 while it is this), where the piece begins for -ss 2 and 12:
# > a.flac: 2.000 s, 12.000 s
# > a.wv: 2.000 s, 12.000 s
# > alac.m4a: 2.000 s, 12.000 s
# > aac.m4a: 2.000 s, 12.000 s
# > a.ogg: 2.000 s, 12.000 s
# > a.opus: 2.000 s, 12.000 s
# > vbr.mp3: 2.000 s after 60 ms of silence, 12.000 s after 30 ms of silence
# > cbr.mp3: 2.000 s after 30 ms of silence, 12.000 s after 20 ms of silence
# > opus.mka: 1.992 s, 11.992 s
# > a.wma: 1.914 s, 11.947 s
# > a.mpc: 3.072 s, 12.288 s
# > ima.wav: 1.334 s, 7.983 s; header: 16000 bytes a second
# > ms.wav: 1.331 s, 7.964 s; header: 16000 bytes a second
# > sox.wav: 2.000 s, 12.000 s; header: 24333 bytes a second
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
for p in ffmpeg=7:5.1.9-0+deb12u1 lame=3.100-6 vorbis-tools=1.4.2-1+b1 opus-tools=0.2-1+b1 flac=1.4.2+ds-2 sox=14.4.2+git20190427-3.5; do
  [ "$(dpkg-query -Wf '${Version}' "${p%%=*}" 2>/dev/null)" = "${p#*=}" ] || { echo "needs $p" >&2; exit 2; }
done
apt-get download 'musepack-tools=2:0.1~r495-2' >/dev/null 2>&1 || { echo "apt-get cannot fetch musepack-tools 2:0.1~r495-2" >&2; exit 2; }
dpkg -x musepack-tools*.deb root

ffmpeg -v error -f lavfi -i 'anoisesrc=r=48000:c=brown:seed=1:a=0.5:d=20' -bitexact -c:a pcm_s16le in.wav
cat >judge.mjs <<'JS' # at 8 kHz: where of the whole the piece's second quarter of a second lies, and how much silence it begins with
import { readFileSync } from "node:fs";
const floats = (file) => { const b = readFileSync(file); return new Float32Array(b.buffer.slice(b.byteOffset, b.byteOffset + b.length)); };
const whole = floats("whole.raw"), part = floats("part.raw"), from = 2000, count = 400;
let best = 0, place = 0;
for (let at = 0; at + count < whole.length; at++) {
  let both = 0, own = 0;
  for (let i = 0; i < count; i++) { both += whole[at + i] * part[from + i]; own += whole[at + i] ** 2; }
  const like = both / Math.sqrt(own + 1e-9);
  if (like > best) { best = like; place = at; }
}
let quiet = 0;
while (Math.abs(part[quiet]) < 1e-3) quiet++;
quiet = Math.round(quiet / 80) * 10;
console.log(`${((place - from) / 8000).toFixed(3)} s${quiet ? ` after ${quiet} ms of silence` : ""}`);
JS
lame --quiet -V2 in.wav vbr.mp3; lame --quiet -b 128 in.wav cbr.mp3
oggenc -Q in.wav -o a.ogg; opusenc --quiet in.wav a.opus; flac -sf in.wav -o a.flac
to() { ffmpeg -v error -y -i "${3:-in.wav}" -c:a "$1" "$2"; }
to wavpack a.wv; to alac alac.m4a; to aac aac.m4a; to adpcm_ima_wav ima.wav; to adpcm_ms ms.wav; to wmav2 a.wma; to copy opus.mka a.opus
sox in.wav -e ima-adpcm sox.wav
root/usr/bin/mpcenc --silent in.wav a.mpc >log 2>&1 || { tail -3 log >&2; exit 2; }
for f in a.flac a.wv alac.m4a aac.m4a a.ogg a.opus vbr.mp3 cbr.mp3 opus.mka a.wma a.mpc ima.wav ms.wav sox.wav; do
  ffmpeg -v error -y -i $f -f f32le -ar 8000 whole.raw
  line="$f:"
  for at in 2 12; do
    ffmpeg -v error -y -ss $at -i $f -f f32le -ar 8000 part.raw
    line+=" $(node judge.mjs),"
  done
  line=${line%,}
  [[ $f != *.wav ]] || line+="; header: $(od -An -tu4 -j28 -N4 $f | tr -d ' ') bytes a second"
  echo "$line"
done | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
