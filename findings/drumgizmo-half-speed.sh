#!/usr/bin/env bash
# DrumGizmo's command line renders a MIDI file with a kit of one drum to a WAV: four hits, a beat apart, at 120 beats a minute.
#
# Guess:   hits at 0, 22050, 44100 and 66150 of a WAV of 44.1 kHz, each as long as its sample.
# Version: drumgizmo 0.9.20-1, libsmf0 1.3-4 (Debian 12), fetched into a temp folder; sox 14.4.2+git20190427-3.5; needs node, and
#          the other libraries of drumgizmo (libasound2, libjack, libsndfile1, libx11-6, libxext6).
# Is:      the song is played at half its tempo, the drum at its own pitch and length, and the beats are up to 14 ms uneven: as if
#          for each block of 1024 frames of MIDI two were rendered. The first 3 ms are cut off, so that a hit at the very
#          beginning has no attack. speed=2 makes the tempo right, and hits come up to 21 ms early.
# Output (checked by the last line; exits 0 while it is this):
# > speed=1: hits at 0, 43410, 87988, 131542, 2061, 2205, 2205, 2205 frames long
# > speed=2: hits at 0, 21121, 43410, 65699, 2061, 2205, 2205, 2205 frames long
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
[ "$(dpkg-query -Wf '${Version}' sox 2>/dev/null)" = 14.4.2+git20190427-3.5 ] ||
  { echo "needs sox 14.4.2+git20190427-3.5" >&2; exit 2; }
for p in drumgizmo=0.9.20-1 libsmf0=1.3-4; do
  apt-get download "$p" >/dev/null 2>&1 || { echo "apt-get cannot fetch $p" >&2; exit 2; }
done
for d in *.deb; do dpkg -x "$d" root; done
export LD_LIBRARY_PATH=$tmp/root/usr/lib/x86_64-linux-gnu
root/usr/bin/drumgizmo --version >/dev/null 2>&1 ||
  { echo "drumgizmo does not start; are its libraries installed?" >&2; exit 2; }
sox -R -D -r 44100 -n -b 16 -c 1 hit.wav synth 2205s square 441 gain -6
cat >kit.xml <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<drumkit name="kit" description="">
  <channels><channel name="mono"/></channels>
  <instruments>
    <instrument name="drum" file="drum.xml"><channelmap in="mono" out="mono" main="true"/></instrument>
  </instruments>
</drumkit>
XML
cat >drum.xml <<'XML'
<?xml version="1.0" encoding="UTF-8"?>
<instrument version="2.0" name="drum">
  <samples><sample name="hit" power="0.25"><audiofile channel="mono" file="hit.wav" filechannel="1"/></sample></samples>
</instrument>
XML
echo '<?xml version="1.0" encoding="UTF-8"?><midimap><map note="36" instr="drum"/></midimap>' >map.xml
cat >song.mjs <<'JS' # 480 ticks a beat: note 36 four times, after a tempo of 500000 microseconds a beat
import { writeFileSync } from "node:fs";
const beat = [0x83, 0x60], hit = [0x99, 36, 100]; // a beat is 480 ticks, in two bytes of seven bits
const track = [0, 0xff, 0x51, 3, 0x07, 0xa1, 0x20, 0, ...Array(4).fill([...hit, ...beat]).flat(), 0xff, 0x2f, 0];
const head = Buffer.from("MThd\0\0\0\x06\0\0\0\x01\x01\xe0MTrk\0\0\0", "latin1");
writeFileSync("song.mid", Buffer.concat([head, Buffer.from([track.length, ...track])]));
JS
cat >hits.mjs <<'JS' # where sound begins after 1000 frames without any, and how long the first hit is
import { readFileSync } from "node:fs";
const b = readFileSync("out"), at = [];
let last = -1001;
const length = [];
for (let i = 0; i < b.length / 4; i++) if (Math.abs(b.readFloatLE(4 * i)) > 0.05) {
  if (i - last > 1000) at.push(i);
  length[at.length - 1] = i + 1 - at.at(-1);
  last = i;
}
console.log(`hits at ${at.join(", ")}, ${length.join(", ")} frames long`);
JS
node song.mjs
for speed in 1 2; do
  root/usr/bin/drumgizmo -i midifile -I file=song.mid,midimap=map.xml,speed=$speed \
    -o wavfile -O file=out,srate=44100 kit.xml >/dev/null 2>&1
  sox -D outmono-0.wav -t f32 out 2>/dev/null
  echo "speed=$speed: $(node hits.mjs)"
done | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
