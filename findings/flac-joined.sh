#!/usr/bin/env bash
# Two FLAC files joined with `cat`: how much of them is read.
#
# Guess:   readers take the total of the first STREAMINFO, give the first file and stop; or they go on as with MP3.
# Version: flac 1.4.2+ds-2, ffmpeg 7:5.1.9-0+deb12u1, libsndfile 1.2.0-1+deb12u1, sox 14.4.2 (Debian 12);
#          npm audio-decode 3.12.0.
# Is:      three answers, none of them all: flac, sox and libsndfile give the first file; ffmpeg reads on, but loses a
#          block or more where the files meet; audio-decode loses even the end of the first file, without an error.
# Output (checked by the last line; exits 0 while it is this):
# > joined:       66123 + 60775 = 126898 frames
# > flac:         66123
# > libsndfile:   66123
# > sox:          66123
# > ffmpeg:       118119
# > audio-decode: 65536
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
for p in flac=1.4.2+ds-2 ffmpeg=7:5.1.9-0+deb12u1 libsndfile1=1.2.0-1+deb12u1 \
  sndfile-programs=1.2.0-1+deb12u1 sox=14.4.2+git20190427-3.5; do
  [ "$(dpkg-query -Wf '${Version}' "${p%%=*}" 2>/dev/null)" = "${p#*=}" ] || { echo "needs $p" >&2; exit 2; }
done
npm install --prefix "$tmp" audio-decode@3.12.0 \
  --before=2026-11-30 --ignore-scripts --no-audit --no-fund >/dev/null 2>&1 ||
  { echo "npm cannot fetch the packages named above" >&2; exit 2; }
sox -D -r 44100 -n -b 16 -c 2 a.wav synth 66123s sine 440 sine 660 vol 0.5
sox -D -r 44100 -n -b 16 -c 2 b.wav synth 60775s sine 330 sine 550 vol 0.5
flac -s a.wav b.wav
cat a.flac b.flac >both.flac
cat >decode.mjs <<'JS'
import { readFileSync } from "node:fs";
import decode from "audio-decode";
const { channelData } = await decode(readFileSync("both.flac"));
console.log(channelData[0].length);
JS
raw=(--decode --stdout --silent --force-raw-format --endian=little --sign=signed)
{
  echo "joined:       66123 + 60775 = $((66123 + 60775)) frames"
  echo "flac:         $(($(flac "${raw[@]}" both.flac 2>/dev/null | wc -c) / 4))"
  echo "libsndfile:   $(sndfile-info both.flac | awk '/^Frames/ { print $3 }')"
  echo "sox:          $(sox both.flac -t s16 - 2>/dev/null | wc -c | awk '{ print $1 / 4 }')"
  echo "ffmpeg:       $(ffmpeg -v quiet -i both.flac -f s16le - | wc -c | awk '{ print $1 / 4 }')"
  echo "audio-decode: $(node decode.mjs)"
} | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
