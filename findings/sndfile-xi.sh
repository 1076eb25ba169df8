#!/usr/bin/env bash
# libsndfile and XI, the instrument file of FastTracker 2: written from a WAV, and read.
#
# Guess:   what is written states its length, and its rate as the format does, in semitones and 1/128ths from 8363 Hz (which is
#          what the note C-4 plays); what is read gets the rate that is stated.
# Version: libsndfile1 and sndfile-programs 1.2.0-1+deb12u1, sox 14.4.2+git20190427-3.5 (Debian 12); needs node.
# Is:      the sample's header states a length of 0, a volume of 128 (of 64) and 8363 Hz, so that 44.1 kHz are 29 semitones flat
#          to who goes by it; the samples follow, complete. Read, every XI has 44.1 kHz: one second of 48 kHz becomes 1.09 s, and
#          a valid file of 8363 Hz plays 29 semitones sharp. Its loop, of bytes 2000 to 5999, which are samples 1000 to 2999,
#          becomes one of samples 2000 to 3999 in the WAV, and its root note 0.
# Output (checked by the last line; exits 0 while it is this):
# > 48000 Hz, 48000 frames: written with length 0, volume 128 of 64, 8363 Hz; 96000 bytes of samples
# > read again: 44100 Hz, 48000 frames
# > 44100 Hz, 44100 frames: written with length 0, volume 128 of 64, 8363 Hz; 88200 bytes of samples
# > read again: 44100 Hz, 44100 frames
# > a valid one, loop 1000 to 2999: length 16726, volume 64 of 64, 8363 Hz; 16726 bytes of samples
# > read: 44100 Hz, 8363 frames, note 0, 1 loop, 2000 to 3999
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
for p in libsndfile1=1.2.0-1+deb12u1 sndfile-programs=1.2.0-1+deb12u1 sox=14.4.2+git20190427-3.5; do
  [ "$(dpkg-query -Wf '${Version}' "${p%%=*}" 2>/dev/null)" = "${p#*=}" ] || { echo "needs $p" >&2; exit 2; }
done
cat >xi.mjs <<'JS' # writes an XI of 8363 frames at 8363 Hz with a loop, or says what the header of one states
import { readFileSync, writeFileSync } from "node:fs";
const file = process.argv[2], head = 298, frames = 8363;
if (process.argv[3] === "make") {
  const b = Buffer.alloc(head + 40 + 2 * frames);
  b.write("Extended Instrument: "); b.write("tone", 21); b[43] = 0x1a; b.write("FastTracker v2.00", 44); b.writeUInt16LE(0x102, 64);
  b.writeUInt16LE(1, 296); // one sample, for all notes
  b.writeUInt32LE(2 * frames, head); b.writeUInt32LE(2000, head + 4); b.writeUInt32LE(4000, head + 8);
  b[head + 12] = 64; b[head + 14] = 0x11; b[head + 15] = 128; // 16 bits, looped; C-4 plays 8363 Hz
  for (let i = 0, was = 0; i < frames; i++) { // each sample is stored as its difference from the one before
    const is = Math.round(9000 * Math.sin(i / 16));
    b.writeUInt16LE((is - was) & 0xffff, head + 40 + 2 * i); was = is;
  }
  writeFileSync(file, b);
} else if (process.argv[3] === "smpl") {
  const b = readFileSync(file), at = b.indexOf("smpl") + 8;
  console.log(`note ${b.readUInt32LE(at + 12)}, ${b.readUInt32LE(at + 28)} loop, ${b.readUInt32LE(at + 44)} to ${b.readUInt32LE(at + 48)}`);
} else {
  const b = readFileSync(file), semitones = b.readInt8(head + 16) + b.readInt8(head + 13) / 128;
  console.log(`length ${b.readUInt32LE(head)}, volume ${b[head + 12]} of 64, ${Math.round(8363 * 2 ** (semitones / 12))} Hz; ` +
    `${b.length - head - 40} bytes of samples`);
}
JS
said() { sndfile-info "$1" | awk -F: '/Sample Rate/ { r = $2 + 0 } /^Frames/ { f = $2 + 0 } END { print r " Hz, " f " frames" }'; }
{
  for rate in 48000 44100; do
    sox -r $rate -n -b 16 a.wav synth 1 sine 441 gain -6
    sndfile-convert a.wav a.xi
    sndfile-convert -pcm16 a.xi b.wav
    echo "$(said a.wav): written with $(node xi.mjs a.xi)"
    echo "read again: $(said b.wav)"
  done
  node xi.mjs b.xi make
  sndfile-convert -pcm16 b.xi b.wav
  echo "a valid one, loop 1000 to 2999: $(node xi.mjs b.xi)"
  echo "read: $(said b.wav), $(node xi.mjs b.wav smpl)"
} | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
