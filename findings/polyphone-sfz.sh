#!/usr/bin/env bash
# Polyphone's command line, which turns SFZ instruments into SoundFonts and back.
#
# Guess:   a sound without a loop plays once, as SFZ has it where no loop_mode is given, and a volume comes back as it was.
# Version: polyphone 2.2.0.20210109+dfsg1-3, fluidsynth 2.3.1-2 (Debian 12); needs node.
# Is:      a region that says nothing of loops becomes a sample that is looped, from its first to its last frame: a hit of 45 ms
#          sounds for as long as its key is held. loop_mode=no_loop or one_shot has to be written out. Volumes go into the SoundFont
#          times 2.5, as players of SoundFonts take 0.4 of an attenuation; on the way back it is taken times 0.4 twice, so a region
#          of -6 dB comes back with -2.4, and after one more turn with -1. Louder than 0 dB is not kept at all.
# Output (checked by the last line; exits 0 while it is this):
# > no word of loops: looped from 0 to 1999 of 2000; at 1.5 s -13 dB
# > loop_mode=no_loop: played once; at 1.5 s silent
# > loop_mode=one_shot: played once; at 1.5 s silent
# > loop_mode=loop_continuous loop_start=100 loop_end=899: looped from 100 to 900 of 2000; at 1.5 s -13 dB
# > volume -3: attenuation 7.6 dB, back as volume -1.2, and again -0.5
# > volume -6: attenuation 15.1 dB, back as volume -2.4, and again -1.0
# > volume -12: attenuation 30.2 dB, back as volume -4.8, and again -1.9
# > volume 6: attenuation 0.0 dB, back as volume 0.0, and again 0.0
set -euo pipefail
self=$(realpath "$0"); tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT; cd "$tmp"
for p in polyphone=2.2.0.20210109+dfsg1-3 fluidsynth=2.3.1-2; do
  [ "$(dpkg-query -Wf '${Version}' "${p%%=*}" 2>/dev/null)" = "${p#*=}" ] || { echo "needs $p" >&2; exit 2; }
done
export QT_QPA_PLATFORM=offscreen XDG_RUNTIME_DIR="$tmp"
cat >make.mjs <<'JS' # 2000 frames of a sine, and a key held for two seconds
import { writeFileSync } from "node:fs";
const frames = 2000, wav = Buffer.alloc(44 + 2 * frames);
wav.write("RIFF", 0); wav.writeUInt32LE(36 + 2 * frames, 4); wav.write("WAVEfmt ", 8); wav.writeUInt32LE(16, 16);
wav.writeUInt16LE(1, 20); wav.writeUInt16LE(1, 22); wav.writeUInt32LE(44100, 24); wav.writeUInt32LE(88200, 28);
wav.writeUInt16LE(2, 32); wav.writeUInt16LE(16, 34); wav.write("data", 36); wav.writeUInt32LE(2 * frames, 40);
for (let i = 0; i < frames; i++) wav.writeInt16LE(Math.round(20000 * Math.sin((2 * Math.PI * i) / 100)), 44 + 2 * i);
writeFileSync("a.wav", wav);
// 480 ticks a beat, 0.5 s a beat
const track = Buffer.from([0, 0x90, 60, 127, 0x8f, 0x00, 0x80, 60, 0, 0, 0xff, 0x2f, 0]);
const head = Buffer.from([0, 0, 0, 6, 0, 0, 0, 1, 1, 0xe0]), length = Buffer.alloc(4);
length.writeUInt32BE(track.length);
writeFileSync("held.mid", Buffer.concat([Buffer.from("MThd"), head, Buffer.from("MTrk"), length, track]));
JS
cat >look.mjs <<'JS' # the generators of a SoundFont's only zone, and its sample
import { readFileSync } from "node:fs";
const sf2 = readFileSync(process.argv[2]);
const chunk = (id) => { const at = sf2.indexOf(id, 0, "latin1"); return sf2.subarray(at + 8, at + 8 + sf2.readUInt32LE(at + 4)); };
const zone = chunk("igen"), sample = chunk("shdr"), set = new Map();
for (let i = 0; i < zone.length; i += 4) set.set(zone.readUInt16LE(i), zone.readInt16LE(i + 2));
if (process.argv[3] === "attenuation") console.log(((set.get(48) ?? 0) / 10).toFixed(1));
else if (set.get(54) !== 1) console.log("played once");
else console.log(`looped from ${sample.readUInt32LE(28) + (set.get(2) ?? 0)} to ${sample.readUInt32LE(32) + (set.get(3) ?? 0)} of ${sample.readUInt32LE(24)}`);
JS
cat >level.mjs <<'JS' # of raw 16-bit stereo, a tenth of a second at 1.5 s
import { readFileSync } from "node:fs";
const raw = readFileSync("out.raw"), from = 4 * 66150, to = from + 4 * 4410;
let sum = 0;
for (let i = from; i < to; i += 2) sum += (raw.readInt16LE(i) / 32768) ** 2;
const rms = Math.sqrt(sum / ((to - from) / 2));
console.log(rms < 0.001 ? "silent" : `${(20 * Math.log10(rms)).toFixed(0)} dB`);
JS
node make.mjs
sf2() { rm -f "$1.sf2"; polyphone -1 -i "$1.sfz" -d . -o "$1" >/dev/null 2>&1; }
volume() { grep -m1 -ho 'volume=[-0-9.]*' "$1" || echo volume=0; }
rounded() { node -p "const v = Number('${1#volume=}').toFixed(1); v === '-0.0' ? '0.0' : v"; }
{
  for words in "" loop_mode=no_loop loop_mode=one_shot "loop_mode=loop_continuous loop_start=100 loop_end=899"; do
    printf '<region> sample=a.wav pitch_keycenter=60 %s\n' "$words" >a.sfz
    sf2 a
    fluidsynth -ni -r 44100 -g 1 -R 0 -C 0 -O s16 -T raw -F out.raw a.sf2 held.mid >/dev/null 2>&1
    echo "${words:-no word of loops}: $(node look.mjs a.sf2); at 1.5 s $(node level.mjs)"
  done
  for db in -3 -6 -12 6; do
    printf '<region> sample=a.wav loop_mode=no_loop volume=%s\n' "$db" >a.sfz
    sf2 a
    rm -rf b c
    polyphone -3 -i a.sf2 -d . -o b -c 000 >/dev/null 2>&1
    once=$(volume b/*.sfz)
    mv b/*.sfz b/b.sfz
    (cd b && sf2 b && polyphone -3 -i b.sf2 -d .. -o c -c 000 >/dev/null 2>&1)
    echo "volume $db: attenuation $(node look.mjs a.sf2 attenuation) dB, back as volume $(rounded "$once"), and again $(rounded "$(volume c/*.sfz)")"
  done
} | tee seen
sed -n 's/^# > //p' "$self" | diff - seen >&2
