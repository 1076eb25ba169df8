/**
 * Fits the table of drum kinds: logistic regression over sorts of drum (bench/logistic.mjs). Every hit is heard as it is and in eight variants (cut short, tuned up
 * and down, its treble turned up and down), since records do that to drums. Layers of one drum count together as the
 * square root of their number.
 */
import { Random } from '../../dist/dsp/random.js';
import { drumShape } from '../../dist/families/drums/shape.js';
import { fitLogistic } from '../logistic.mjs';

const VARIANTS = 8;
const LENGTHS_SEC = [10, 10, 0.8, 0.4, 0.25, 0.15];
const MOST_TILT_DB = 4;
const MOST_TUNING_OCTAVES = 0.35;

/** @param hits of known sort, each with its `sound` from the attack on @returns sorts and, by figure, a weight a sort */
export function fitKinds(hits, kindOfSort) {
  const sorts = Object.keys(kindOfSort);
  const layers = new Map();
  for (const { kit, sort } of hits) layers.set(`${kit}/${sort}`, (layers.get(`${kit}/${sort}`) ?? 0) + 1);
  const random = new Random('augment');
  const rows = hits.flatMap(({ kit, sort, sound }) => {
    const weight = layers.get(`${kit}/${sort}`) ** -0.5 / (VARIANTS + 1);
    const sounds = [sound, ...Array.from({ length: VARIANTS }, () => variantOf(sound, random))];
    return sounds.map((heard) => ({ figures: [...drumShape(heard)], sort: sorts.indexOf(sort), weight }));
  });
  const names = rows[0].figures.map(([name]) => name);
  const { weights, bias } = fitLogistic(rows, names.length, sorts.length);
  const table = { bias };
  names.forEach((name, i) => {
    table[name] = weights[i];
  });
  return { sorts: sorts.map((sort) => ({ sort, kind: kindOfSort[sort] })), table };
}

/** Cut, retuned by playing faster or slower, and tilted about 900 Hz. */
function variantOf({ sampleRate, channels }, random) {
  const seconds = LENGTHS_SEC[random.below(LENGTHS_SEC.length)];
  const gain = 10 ** (random.between(-MOST_TILT_DB, MOST_TILT_DB) / 20);
  const speed = 2 ** random.between(-MOST_TUNING_OCTAVES, MOST_TUNING_OCTAVES);
  const frames = Math.min(Math.floor(channels[0].length / speed), Math.round(seconds * sampleRate));
  const share = 1 - Math.exp((-2 * Math.PI * 900) / sampleRate);
  const fade = Math.min(frames, Math.round(0.02 * sampleRate));
  return {
    sampleRate,
    channels: channels.map((channel) => {
      const output = new Float32Array(frames);
      let low = 0;
      for (let n = 0; n < frames; n++) {
        const at = Math.floor(n * speed);
        const rest = n * speed - at;
        const value = channel[at] * (1 - rest) + (channel[at + 1] ?? 0) * rest;
        low += share * (value - low);
        output[n] = low * gain + (value - low) / gain;
      }
      for (let n = 0; n < fade; n++) output[frames - 1 - n] *= Math.sin((Math.PI / 2) * (n / fade)) ** 2;
      return output;
    }),
  };
}
