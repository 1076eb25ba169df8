/** Key and root of triads on every note: major and minor, in root position, over three octaves. */
import { analyse } from '../../../dist/analysis/analyse.js';
import { estimateRoot } from '../../../dist/analysis/root.js';
import { soundReader } from '../../../dist/dsp/sound.js';
import { share } from '../statistics.mjs';
import { shareLine } from '../verdicts.mjs';
import { chord, RATE } from './signals.mjs';

const TRIADS = { maj: [0, 4, 7], min: [0, 3, 7] };
const SECONDS = 3;
/** Deviations from A = 440 Hz that must not matter, cents. */
const TUNINGS = [0, -30, 40];

export async function chordLines() {
  const found = [];
  for (let tonic = 0; tonic < 12; tonic++) {
    for (const [mode, intervals] of Object.entries(TRIADS)) {
      const cents = TUNINGS[tonic % TUNINGS.length];
      const notes = intervals.map((interval) => 48 + 12 * (tonic % 3) + tonic + interval + cents / 100);
      const sound = { sampleRate: RATE, channels: [chord(notes, SECONDS * RATE)] };
      const { key } = await analyse(soundReader(sound));
      const root = estimateRoot(sound);
      found.push({
        key: key !== null && key.tonic === tonic && key.mode === mode,
        root: root !== null && root.note % 12 === tonic,
        cents: root !== null && Math.abs(root.cents - cents) < 5,
      });
    }
  }
  const told = (figure, property) =>
    shareLine(
      'known: chords',
      figure,
      share(found, (each) => each[property]),
      found.length,
      { atLeast: 0.95 },
    );
  return [
    told('key of a triad is its own', 'key'),
    told('root of a triad is its lowest note’s class', 'root'),
    told('its tuning within 5 cents', 'cents'),
  ];
}
