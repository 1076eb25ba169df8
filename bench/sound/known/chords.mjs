/**
 * Key and root of chords whose truth is known, on every note, in tune and out of it: right, not told, or wrong. The control
 * takes the lowest strong tone for the root, as a plain harmonic sum finds it, and must be wrong more often than is allowed.
 */
import { estimateRoot } from '../../../dist/analysis/root.js';
import { tonalityOf } from '../../../dist/analysis/tonality.js';
import { share } from '../statistics.mjs';
import { shareLine } from '../verdicts.mjs';
import { chord, RATE, whiteNoise } from './signals.mjs';

const GROUP = 'known: chords';
/** Semitones over the root, the lowest first: inversions begin with another tone. */
const CHORDS = {
  maj: [0, 4, 7],
  min: [0, 3, 7],
  'maj, third below': [-8, 0, 7],
  'min, fifth below': [-5, 0, 3],
  7: [0, 4, 7, 10],
  'maj 7': [0, 4, 7, 11],
  'min 7': [0, 3, 7, 10],
  'maj 7, third below': [-8, -5, -1, 0],
  9: [-12, 4, 7, 10, 14],
  'min 9': [-12, 3, 7, 10, 14],
  'sus 4': [-12, 0, 5, 7],
};
const SECONDS = 1.6;
/** Deviations from A = 440 Hz that must not matter, cents. */
const TUNINGS = [0, -30, 40];
/** Noises, of four colours. */
const NOISES = 8;

export function chordLines() {
  const found = Object.entries(CHORDS).flatMap(([name, intervals], c) =>
    Array.from({ length: 12 }, (_, tonic) =>
      heard(name, intervals, tonic, TUNINGS[(tonic + c) % TUNINGS.length]),
    ),
  );
  const triads = found.filter(({ name }) => name === 'maj' || name === 'min');
  const told = found.filter(({ root }) => root !== null);
  const part = (figure, list, property, limits) =>
    shareLine(GROUP, figure, share(list, property), list.length, limits);
  const noises = Array.from({ length: NOISES }, (_, n) => noise(n));
  return [
    part('root right', found, ({ root }) => root === 'right', { atLeast: 0.9 }),
    part('root wrong', found, ({ root }) => root === 'wrong', { atMost: 0.03 }),
    part('tuning of the roots told within 5 cents', told, ({ cents }) => cents < 5, { atLeast: 0.95 }),
    part('key of a triad is its own', triads, ({ key }) => key === 'right', { atLeast: 0.95 }),
    part('key that lacks tones of the chord', found, ({ key }) => key === 'wrong', { atMost: 0.03 }),
    part('roots and keys told of noise', noises, ({ root, key }) => root !== null || key !== null, {
      atMost: 0,
    }),
    shareLine(
      'control: lowest strong tone',
      'root wrong',
      share(found, ({ lowest }) => !lowest),
      found.length,
      { atLeast: 0.03 },
    ),
  ];
}

const SCALES = { maj: [0, 2, 4, 5, 7, 9, 11], min: [0, 2, 3, 5, 7, 8, 10, 11] };

function heard(name, intervals, tonic, cents) {
  const notes = intervals.map((interval) => 50 + tonic + interval + cents / 100);
  const sound = { sampleRate: RATE, channels: [chord(notes, Math.round(SECONDS * RATE))] };
  const { root, key } = tonalityOf(sound, true);
  const place = (50 + tonic) % 12;
  const off = root && Math.abs(((root.note + root.cents / 100 - cents / 100 - place + 18) % 12) - 6);
  const lowest = estimateRoot(sound);
  return {
    name,
    root: root && (off < 0.3 ? 'right' : 'wrong'),
    cents: root && Math.min(100, Math.abs(root.cents - cents)),
    key: key && keyVerdict(key, place, intervals),
    lowest: lowest !== null && lowest.note % 12 === place,
  };
}

/** Its tonic is the root, and its third the chord's; or at least all tones of the chord are in it. */
function keyVerdict({ tonic, mode }, place, intervals) {
  const third = intervals.some((interval) => (interval + 24) % 12 === 3) ? 'min' : 'maj';
  if (tonic === place && mode === third) return 'right';
  const scale = SCALES[mode];
  const isIn = intervals.every((interval) => scale.includes((interval + place - tonic + 36) % 12));
  return isIn ? 'related' : 'wrong';
}

/** Noise whose treble falls more and more. */
function noise(n) {
  let last = 0;
  const keep = [0, 0.5, 0.9, 0.99][n % 4];
  const samples = whiteNoise(Math.round(SECONDS * RATE), 0.3, 'chords', n).map((x) => {
    last = keep * last + (1 - keep) * x;
    return last;
  });
  return tonalityOf({ sampleRate: RATE, channels: [samples] }, true);
}
