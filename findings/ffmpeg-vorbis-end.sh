#!/usr/bin/env bash
# ffmpeg and the end of a Vorbis file as oggenc writes it.
#
# Guess:   as many frames come out as went in; the file states their number, and ffprobe reads it rightly.
# Version: ffmpeg 7:5.1.9-0+deb12u1, vorbis-tools 1.4.2-1+b1, sox 14.4.2+git20190427-3.5 (Debian 12); needs node.
# Is:      most of these files end 128 frames early, some up to a thousand frames late, with both of ffmpeg's decoders.
#          sox plays them to the frame. A loop in Vorbis that was seamless is not after ffmpeg.
# Output (checked by the last line; exits 0 while it is this):
# > 2000 frames: ffprobe 2000, sox 2000, ffmpeg 1872, ffmpeg with libvorbis 1872
# > 40517 frames: ffprobe 40517, sox 40517, ffmpeg 41536, ffmpeg with libvorbis 41536
# > 44100 frames: ffprobe 44100, sox 44100, ffmpeg 43972, ffmpeg with libvorbis 43972
# > 100000 frames: ffprobe 100000, sox 100000, ffmpeg 100928, ffmpeg with libvorbis 100928
# > 441000 frames: ffprobe 441000, sox 441000, ffmpeg 441000, ffmpeg with libvorbis 441000
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
for p in ffmpeg=7:5.1.9-0+deb12u1 vorbis-tools=1.4.2-1+b1 sox=14.4.2+git20190427-3.5; do
  [ "$(dpkg-query -Wf '${Version}' "${p%%=*}" 2>/dev/null)" = "${p#*=}" ] || { echo "needs $p" >&2; exit 2; }
done
for frames in 2000 40517 44100 100000 441000; do
  node -e 'process.stdout.write(Buffer.from(Int16Array.from({ length: +process.argv[1] },
    (_, i) => 9000 * Math.sin((i * Math.PI) / 50)).buffer))' $frames >a.raw # mono, a period of 100 frames
  oggenc -Q -r -R 44100 -C 1 -B 16 a.raw -o a.ogg
  count() { echo $(($("$@" | wc -c) / 2)); }
  echo "$frames frames: ffprobe $(ffprobe -v error -show_entries stream=duration_ts -of csv=p=0 a.ogg)," \
    "sox $(count sox a.ogg -t raw -b 16 -e signed -)," \
    "ffmpeg $(count ffmpeg -v error -i a.ogg -f s16le -)," \
    "ffmpeg with libvorbis $(count ffmpeg -v error -c:a libvorbis -i a.ogg -f s16le -)"
done | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
