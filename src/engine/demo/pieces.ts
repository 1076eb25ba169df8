/**
 * What the demo archive holds: a song with sustained passages between its melody and drums, two tonal
 * sources, and a drum loop. 90 beats a minute, D minor.
 */
import { Random } from '../../dsp/random.ts';
import type { Sound } from '../../dsp/sound.ts';
import { type Canvas, canvas, glassNote, hat, kick, padNote, pluck, snare } from './instruments.ts';

const BEAT = 60 / 90;
/** Three bars of four: each chord holds for eight seconds. */
const CHORD_SEC = 12 * BEAT;

const D_MINOR_9 = [38, 53, 57, 60, 64];
const B_FLAT_MAJOR_7 = [34, 53, 57, 58, 62];
const F_MAJOR_9 = [41, 52, 55, 57, 60];
const C_SUS = [36, 52, 55, 60, 62];

/** The song, one line a chord: what sounds with it. */
const SECTIONS: readonly { chord: readonly number[]; melody: boolean; drums: boolean }[] = [
  { chord: D_MINOR_9, melody: false, drums: false },
  { chord: B_FLAT_MAJOR_7, melody: true, drums: false },
  { chord: F_MAJOR_9, melody: true, drums: true },
  { chord: C_SUS, melody: true, drums: true },
  { chord: D_MINOR_9, melody: false, drums: false },
  { chord: B_FLAT_MAJOR_7, melody: false, drums: false },
  { chord: F_MAJOR_9, melody: true, drums: true },
  { chord: C_SUS, melody: false, drums: false },
];

/** About 67 s, stereo. */
export function song(sampleRate: number): Sound {
  const random = new Random('demo', 'song');
  const to = canvas(sampleRate, SECTIONS.length * CHORD_SEC + 3);
  SECTIONS.forEach(({ chord, melody, drums }, section) => {
    const start = section * CHORD_SEC;
    const last = section === SECTIONS.length - 1;
    const span = { start, length: CHORD_SEC, attack: 0.9, release: last ? 3 : 0.9 };
    for (const note of chord) padNote(to, note, span, 0.11, CHORD_SEC * 2, random);
    if (melody) playMelody(to, chord, start, random);
    if (drums) playBeat(to, start, 12, 0.8, random);
  });
  return finished(to, 0.8);
}

/** Plucks on the chord's upper notes, an octave up, with rests, now left and now right. */
function playMelody(to: Canvas, chord: readonly number[], start: number, random: Random): void {
  for (let eighth = 0; eighth < 24; eighth++) {
    if (eighth % 4 !== 0 && random.uniform() < 0.45) continue;
    const note = chord[1 + random.below(chord.length - 1)] + 12;
    pluck(to, note, start + (eighth * BEAT) / 2, random.between(0.28, 0.42), eighth % 2 === 0 ? 0.3 : 0.7);
  }
}

function playBeat(to: Canvas, start: number, beats: number, gain: number, random: Random): void {
  for (let eighth = 0; eighth < beats * 2; eighth++) {
    const at = start + (eighth * BEAT) / 2;
    if (eighth % 8 === 0 || eighth % 8 === 5) kick(to, at, gain);
    if (eighth % 4 === 2) snare(to, at, gain * 0.6, random);
    hat(to, at, gain * (eighth % 2 === 0 ? 0.35 : 0.22), eighth % 8 === 7 ? 14 : 45, random);
  }
}

/** A warm G major seventh that hardly moves, 12 s, stereo. */
export function warmChord(sampleRate: number): Sound {
  const random = new Random('demo', 'warm chord');
  const to = canvas(sampleRate, 12);
  const span = { start: 0, length: 10.5, attack: 0.8, release: 1.4 };
  for (const note of [43, 50, 55, 59, 66]) padNote(to, note, span, 0.2, 24, random);
  return finished(to, 0.6);
}

/** Bowed glasses on an open fifth and a ninth, 10 s, stereo. */
export function glassChoir(sampleRate: number): Sound {
  const random = new Random('demo', 'glass choir');
  const to = canvas(sampleRate, 10);
  const span = { start: 0, length: 8.2, attack: 1.2, release: 1.7 };
  for (const note of [50, 57, 64, 69]) glassNote(to, note, span, 0.2, random);
  return finished(to, 0.5);
}

/** Two bars of the song's beat, mono. */
export function drumLoop(sampleRate: number): Sound {
  const to = canvas(sampleRate, 8 * BEAT);
  playBeat(to, 0, 8, 0.8, new Random('demo', 'drum loop'));
  const { channels } = finished(to, 0.9);
  return { sampleRate, channels: [channels[0].map((left, i) => (left + channels[1][i]) / 2)] };
}

function finished({ sampleRate, left, right }: Canvas, peak: number): Sound {
  let loudest = 0;
  for (const channel of [left, right]) {
    for (let i = 0; i < channel.length; i++) loudest = Math.max(loudest, Math.abs(channel[i]));
  }
  const gain = peak / loudest;
  return { sampleRate, channels: [left.map((value) => value * gain), right.map((value) => value * gain)] };
}
