/** A song whose drums never stop, and behind which there is air, with its chords alone too. The same number gives the same song. */
import { Random } from '../../dist/dsp/random.js';
import { addNoise, holdChord, playDrums, playMelody, TIMBRE_NAMES } from '../mining/voices.mjs';

const RATE = 44_100;
const CHORDS = [
  [0, 7, 12, 16],
  [5, 12, 17, 20],
  [-2, 5, 10, 14],
];
const SCALE = [0, 2, 4, 5, 7, 9, 11, 12, 14, 16];
/** Three held chords, a busy melody before each. */
const HELD_SEC = 7;
const BUSY_SEC = 4;
/** Of the air, each side: 30 dB under the chords or so. */
const AIR_LEVEL = 0.002;

/**
 * @param drumDb RMS of the drums over that of the held chords
 * @returns {{ mix: Sound, chords: Sound, passages: Span[] }} chords with the air behind them; spans in seconds, without the swelling edges
 */
export function makeDrummedSong(number, drumDb) {
  const random = new Random('drummed song', number);
  const key = 45 + random.below(10);
  const frames = CHORDS.length * (HELD_SEC + BUSY_SEC) * RATE;
  const [music, drums, air] = [emptyStage(frames), emptyStage(frames), emptyStage(frames)];
  const passages = CHORDS.map((chord, i) => {
    const busy = i * (HELD_SEC + BUSY_SEC) * RATE;
    const held = busy + BUSY_SEC * RATE;
    const end = held + HELD_SEC * RATE;
    const scale = SCALE.map((degree) => key + 12 + degree);
    playMelody(music, scale, busy, held, random, { level: 0.4, notesPerSecond: random.between(4, 7) });
    const notes = chord.map((interval) => key + interval);
    const timbre = TIMBRE_NAMES[(number + i) % TIMBRE_NAMES.length];
    holdChord(music, notes, held, end, random, { timbre, level: 0.25, tremoloDb: 1 });
    return { start: held / RATE + 0.4, end: end / RATE - 0.4 };
  });
  playDrums(drums, 0, frames, random, { level: 0.3, hitsPerSecond: random.between(5, 8) });
  addNoise(air, 0, frames, random, AIR_LEVEL);
  const heldAt = (stage) => stage.left.subarray(passages[0].start * RATE, passages[0].end * RATE);
  const gain = (10 ** (drumDb / 20) * rms(heldAt(music))) / rms(heldAt(drums));
  return { mix: soundOf(music, air, drums, gain), chords: soundOf(music, air, drums, 0), passages };
}

const emptyStage = (frames) => ({
  sampleRate: RATE,
  left: new Float32Array(frames),
  right: new Float32Array(frames),
});

const rms = (samples) => Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length);

function soundOf(music, air, drums, gain) {
  const channels = ['left', 'right'].map((side) =>
    music[side].map((x, n) => x + air[side][n] + gain * drums[side][n]),
  );
  return { sampleRate: RATE, channels };
}
