#!/usr/bin/env bash
# Six channels (5.1) in Ogg Vorbis and Opus: which channel comes out where. WAV has left, right, centre, bass, rear left, rear
# right; both codecs lay down another order in the file: left, centre, right, rear left, rear right, bass.
#
# Guess:   whoever encodes or decodes one to WAV puts the channels in the other's order.
# Version: ffmpeg 7:5.1.9-0+deb12u1, vorbis-tools 1.4.2-1+b1, opus-tools 0.2-1+b1, sox 14.4.2+git20190427-3.5,
#          sndfile-programs and libsndfile1 1.2.0-1+deb12u1 (Debian 12); needs node.
# Is:      ffmpeg and opus-tools do. sox and libsndfile leave the file's order: the voice in the middle comes from the right.
#          oggdec, of the package that encodes rightly, has the rear sides and the bass in each other's places. What sox and
#          libsndfile write has a rear side where the bass should be, and the codec keeps only lows of that: it is gone for
#          good, for their own reading too.
# Output (checked by the last line; exits 0 while it is this), the six channels of the WAV:
# > oggenc.ogg, read by ffmpeg: L R C bass rear-L rear-R
# > oggenc.ogg, read by sox: L C R rear-L rear-R bass
# > oggenc.ogg, read by libsndfile: L C R rear-L rear-R bass
# > oggenc.ogg, read by oggdec: L R C rear-R bass rear-L
# > ffmpeg.ogg, read by ffmpeg: L R C bass rear-L rear-R
# > ffmpeg.ogg, read by sox: L C R rear-L rear-R bass
# > ffmpeg.ogg, read by libsndfile: L C R rear-L rear-R bass
# > ffmpeg.ogg, read by oggdec: L R C rear-R bass rear-L
# > opusenc.opus, read by ffmpeg: L R C bass rear-L rear-R
# > opusenc.opus, read by libsndfile: L C R rear-L rear-R bass
# > opusenc.opus, read by opusdec: L R C bass rear-L rear-R
# > sox.ogg, read by ffmpeg: L C R nothing bass rear-L
# > libsndfile.ogg, read by ffmpeg: L C R nothing bass rear-L
# > libsndfile.opus, read by ffmpeg: L C R nothing bass rear-L
# > sox.ogg, read by sox: L R C bass rear-L nothing
# > libsndfile.ogg, read by libsndfile: L R C bass rear-L nothing
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
for p in ffmpeg=7:5.1.9-0+deb12u1 vorbis-tools=1.4.2-1+b1 opus-tools=0.2-1+b1 sox=14.4.2+git20190427-3.5 \
  sndfile-programs=1.2.0-1+deb12u1 libsndfile1=1.2.0-1+deb12u1; do
  [ "$(dpkg-query -Wf '${Version}' "${p%%=*}" 2>/dev/null)" = "${p#*=}" ] || { echo "needs $p" >&2; exit 2; }
done
cat >six.mjs <<'JS' # writes a second, each channel with a tone of its own; or says which tones a WAV has where
import { readFileSync, writeFileSync } from "node:fs";
const tones = { L: 300, R: 400, C: 500, bass: 60, "rear-L": 700, "rear-R": 800 }, frames = 48000;
if (!process.argv[2]) {
  const head = Buffer.from("RIFF\0\0\0\0WAVEfmt (\0\0\0\xfe\xff\x06\0\x80\xbb\0\0\0\xca\x08\0\x0c\0\x10\0\x16\0\x10\0" +
    "\x3f\0\0\0\x01\0\0\0\0\0\x10\0\x80\0\0\xaa\0\x38\x9b\x71data\0\0\0\0", "latin1");
  head.writeUInt32LE(60 + 12 * frames, 4); head.writeUInt32LE(12 * frames, 64);
  const data = Buffer.alloc(12 * frames);
  Object.values(tones).forEach((hertz, c) => {
    for (let i = 0; i < frames; i++) data.writeInt16LE(Math.round(8000 * Math.sin((2 * Math.PI * hertz * i) / 48000)), 12 * i + 2 * c);
  });
  writeFileSync("in.wav", Buffer.concat([head, data]));
} else {
  const b = readFileSync(process.argv[2]), from = b.indexOf("data") + 8;
  const loud = (c, hertz) => {
    let re = 0, im = 0;
    for (let i = 9600; i < 33600; i++) {
      const v = b.readInt16LE(from + 12 * i + 2 * c), turn = (2 * Math.PI * hertz * i) / 48000;
      re += v * Math.cos(turn); im += v * Math.sin(turn);
    }
    return Math.hypot(re, im) / 12000;
  };
  // what is softer than -30 dB of what went in is called nothing
  console.log([0, 1, 2, 3, 4, 5].map((c) =>
    Object.keys(tones).filter((name) => loud(c, tones[name]) > 250).join("+") || "nothing").join(" "));
}
JS
node six.mjs
ffmpeg -v error -i in.wav -c:a libvorbis ffmpeg.ogg
oggenc -Q in.wav -o oggenc.ogg
opusenc --quiet in.wav opusenc.opus
sox in.wav sox.ogg
sndfile-convert in.wav libsndfile.ogg
sndfile-convert in.wav libsndfile.opus
wav() { # READER FILE
  rm -f o.wav
  case $1 in
    ffmpeg) ffmpeg -v error -i "$2" o.wav ;;
    sox) sox "$2" -b 16 o.wav ;;
    libsndfile) sndfile-convert -pcm16 "$2" o.wav ;;
    oggdec) oggdec -Q "$2" -o o.wav ;;
    opusdec) opusdec --quiet "$2" o.wav ;;
  esac >log 2>&1
  node six.mjs o.wav
}
{
  for f in oggenc.ogg ffmpeg.ogg; do
    for by in ffmpeg sox libsndfile oggdec; do echo "$f, read by $by: $(wav $by $f)"; done
  done
  for by in ffmpeg libsndfile opusdec; do echo "opusenc.opus, read by $by: $(wav $by opusenc.opus)"; done
  for f in sox.ogg libsndfile.ogg libsndfile.opus; do echo "$f, read by ffmpeg: $(wav ffmpeg $f)"; done
  for by in sox libsndfile; do echo "$by.ogg, read by $by: $(wav $by $by.ogg)"; done
} | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
