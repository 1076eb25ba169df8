/** A note struck in held chords, and chords that swell: what the bench and the engine say of both. */

import { defaultSettings } from '../../../dist/config/defaults.js';
import { gradeTexture } from '../../../dist/curation/grade.js';
import { placeWrap } from '../../../dist/loops/place-wrap.js';
import { isLandmark, landmarkOf, swellOf } from '../landmark-lines.mjs';
import { median, share } from '../statistics.mjs';
import { line, shareLine } from '../verdicts.mjs';
import { RATE, tones, whiteNoise } from './signals.mjs';

const GROUP = 'known: what recurs';
const LENGTH = 2 * RATE;
const CHORDS = [
  [110, 130.8, 164.8, 220],
  [130.8, 164.8, 196, 261.6],
  [55, 82.4, 110],
  [261.6, 329.6, 392, 523],
];
const NOTES = [196, 330, 660];
const DOWN_DB = -6;
const SWELLS = [1, 2, 4];
const SWELL_DB = 3;

export function courseLines() {
  const held = CHORDS.flatMap((hertz) => [pad(hertz), withAir(pad(hertz))]);
  const struck = held.flatMap((samples) => NOTES.map((hz) => withNote(samples, hz)));
  const swelling = held.flatMap((samples) => SWELLS.map((cycles) => swell(samples, cycles)));
  const landmarks = struck.map((samples) => landmarkOf([samples], RATE));
  const count = struck.length;
  const told = (sounds) => sounds.map(courseOf);
  return [
    line(
      GROUP,
      'a note 6 dB under a chord: times the median change, median',
      median(landmarks.map(({ times }) => times)),
      {
        count,
        atLeast: 3,
      },
    ),
    line(GROUP, 'the same, dB a band, median', median(landmarks.map(({ db }) => db)), {
      unit: 'dB',
      count,
      atLeast: 3,
    }),
    shareLine(
      GROUP,
      'bench and engine agree on whether that is a landmark',
      share(
        struck,
        (samples) => isLandmark(landmarkOf([samples], RATE)) === isLandmark(courseOf(samples).landmark),
      ),
      count,
      { atLeast: 0.85 },
    ),
    shareLine(
      GROUP,
      'chords without a note that have a landmark',
      share(held, (s) => isLandmark(landmarkOf([s], RATE))),
      held.length,
      {
        atMost: 0,
      },
    ),
    line(
      GROUP,
      'a swell of 3 dB, off by at most',
      Math.max(...swelling.map((samples) => Math.abs(swellOf([samples], RATE) - SWELL_DB))),
      { unit: 'dB', count: swelling.length, atMost: 1 },
    ),
    line(
      GROUP,
      'the same by the engine',
      Math.max(...told(swelling).map(({ swellDb }) => Math.abs(swellDb - SWELL_DB))),
      { unit: 'dB', count: swelling.length, atMost: 1 },
    ),
    line(
      GROUP,
      'control: landmarks and swells that the engine grades A',
      [...told(struck).filter(({ landmark }) => isLandmark(landmark)), ...told(swelling)].filter(isGradedA)
        .length,
      { atMost: 0 },
    ),
    line(GROUP, 'held chords that it grades A', told(held).filter(isGradedA).length, {
      count: held.length,
      atLeast: held.length,
    }),
  ];
}

const courseOf = (samples) => placeWrap({ sampleRate: RATE, channels: [samples] }, null).course;

/** Of a texture that is well in every other way. */
function isGradedA(course) {
  const well = { rmsDb: -18, crestFactor: 4, dcOffset: 0, clippedShare: 0, seam: null };
  return gradeTexture({ ...well, course }, defaultSettings().curation.thresholds).grade === 'A';
}

/** Ten harmonics a tone, all of whole periods; RMS 0.1. */
function pad(hertz) {
  const partials = hertz.flatMap((tone, i) =>
    Array.from({ length: 10 }, (_, h) => ({
      hz: Math.round(2 * tone * (h + 1)) / 2,
      amplitude: 1 / (h + 1),
      phase: 1.7 * i + 0.9 * h * h,
    })),
  );
  return scaled(tones(partials, LENGTH), 0.1);
}

/** With noise 26 dB down, as breath and bows have. */
function withAir(samples) {
  const air = whiteNoise(LENGTH, 0.005, 'air');
  return samples.map((x, n) => x + air[n]);
}

export function withNote(samples, hz, db = DOWN_DB) {
  const note = new Float32Array(LENGTH);
  for (let h = 1; h <= 10; h++) {
    for (let n = 0; n < RATE; n++) {
      note[n] +=
        (Math.sin((2 * Math.PI * hz * h * n) / RATE) / h) *
        Math.exp((-n / RATE) * 2.5 * (1 + 0.15 * (h - 1)));
    }
  }
  for (let n = 0; n < 220; n++) note[n] *= n / 220;
  const gain = (level(samples) * 10 ** (db / 20)) / level(note.subarray(0, RATE / 10));
  const at = Math.round(0.35 * samples.length);
  const result = samples.slice();
  for (let n = 0; n < RATE; n++) result[(at + n) % result.length] += gain * note[n];
  return result;
}

export function swell(samples, cycles, db = SWELL_DB) {
  return samples.map((x, n) => x * 10 ** ((db / 40) * Math.sin((2 * Math.PI * cycles * n) / samples.length)));
}

const level = (samples) => Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / samples.length);
function scaled(samples, to) {
  const gain = to / level(samples);
  return samples.map((x) => gain * x);
}
