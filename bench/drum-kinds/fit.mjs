/**
 * Fits the table of drum kinds: multinomial logistic regression over sorts of drum by full-batch gradient descent (Adam;
 * Kingma & Ba, ICLR 2015), ridge on the weights. Every hit is heard as it is and in eight variants (cut short, tuned up
 * and down, its treble turned up and down), since records do that to drums. Layers of one drum count together as the
 * square root of their number.
 */
import { Random } from '../../dist/dsp/random.js';
import { drumShape } from '../../dist/textures/drum-shape.js';

const VARIANTS = 8;
const LENGTHS_SEC = [10, 10, 0.8, 0.4, 0.25, 0.15];
const MOST_TILT_DB = 4;
const MOST_TUNING_OCTAVES = 0.35;
const RIDGE = 0.01;
const STEPS = 300;

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
  const { weights, bias } = descend(rows, names.length, sorts.length);
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

function descend(rows, figureCount, sortCount) {
  const scale = standardise(rows, figureCount);
  const width = figureCount + 1;
  const inputs = rows.map(({ figures }) => [
    ...figures.map(([, value], i) => (value - scale.mean[i]) / scale.spread[i]),
    1,
  ]);
  const shares = sortWeights(rows, sortCount);
  const parameters = new Float64Array(width * sortCount);
  const [first, second] = [new Float64Array(parameters.length), new Float64Array(parameters.length)];
  for (let step = 1; step <= STEPS; step++) {
    const gradient = parameters.map((value, i) => (i < figureCount * sortCount ? RIDGE * value : 0));
    for (const [r, row] of rows.entries()) {
      addGradient(gradient, parameters, inputs[r], row, shares[r], sortCount);
    }
    for (let i = 0; i < parameters.length; i++) {
      first[i] = 0.9 * first[i] + 0.1 * gradient[i];
      second[i] = 0.999 * second[i] + 0.001 * gradient[i] ** 2;
      const [one, two] = [first[i] / (1 - 0.9 ** step), second[i] / (1 - 0.999 ** step)];
      parameters[i] -= (0.05 * one) / (Math.sqrt(two) + 1e-8);
    }
  }
  return unscaled(parameters, scale, figureCount, sortCount);
}

function addGradient(gradient, parameters, input, { sort }, share, sortCount) {
  const scores = new Float64Array(sortCount);
  for (let i = 0; i < input.length; i++) {
    for (let s = 0; s < sortCount; s++) scores[s] += input[i] * parameters[i * sortCount + s];
  }
  const most = Math.max(...scores);
  const likelihoods = scores.map((score) => Math.exp(score - most));
  const all = likelihoods.reduce((sum, value) => sum + value, 0);
  for (let i = 0; i < input.length; i++) {
    for (let s = 0; s < sortCount; s++) {
      gradient[i * sortCount + s] += share * input[i] * (likelihoods[s] / all - (s === sort ? 1 : 0));
    }
  }
}

function standardise(rows, figureCount) {
  const weight = rows.reduce((sum, row) => sum + row.weight, 0);
  const average = (of) => rows.reduce((sum, row) => sum + row.weight * of(row), 0) / weight;
  const mean = Array.from({ length: figureCount }, (_, i) => average((row) => row.figures[i][1]));
  const spread = mean.map((m, i) => Math.sqrt(average((row) => (row.figures[i][1] - m) ** 2)) + 1e-6);
  return { mean, spread };
}

/** Weights of the rows, of unit sum: rare sorts count more than their number, by its square root. */
function sortWeights(rows, sortCount) {
  const sums = new Float64Array(sortCount);
  for (const { sort, weight } of rows) sums[sort] += weight;
  const raw = rows.map(({ sort, weight }) => weight / Math.sqrt(sums[sort]));
  const all = raw.reduce((sum, value) => sum + value, 0);
  return raw.map((value) => value / all);
}

/** The weights of figures as they are, rather than standardised. */
function unscaled(parameters, { mean, spread }, figureCount, sortCount) {
  const at = (i, s) => parameters[i * sortCount + s];
  const weights = mean.map((_, i) => Array.from({ length: sortCount }, (_, s) => at(i, s) / spread[i]));
  const bias = Array.from({ length: sortCount }, (_, s) =>
    weights.reduce((sum, row, i) => sum - row[s] * mean[i], at(figureCount, s)),
  );
  return { weights, bias };
}
