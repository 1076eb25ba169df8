/**
 * How like their sources textures are, by statistics of texture (McDermott & Simoncelli, Neuron 2011), written apart from the
 * engine's: of 48 mel bands' compressed envelopes their mean levels, variation and skew, the correlations of neighbours one to
 * eight bands away, and their movement in octaves from 0.5 Hz to 32 Hz. The figure is the mean distance of stretches of
 * 3 s of the texture from such stretches of its source, over that of the source's stretches from one another.
 */
import { PATH_SEPARATOR } from '../../dist/archive/manifest-row.js';
import { realFft } from '../../dist/dsp/fft.js';
import { middle } from './cloud-lines.mjs';
import { readTexture } from './export-folder.mjs';
import { logMel } from './log-mel.mjs';
import { mean, median, share } from './statistics.mjs';
import { line, shareLine } from './verdicts.mjs';

const STRETCH_SEC = 3;
const MOST_STRETCHES = 6;
/** What two stretches of one song differ by, of each part; so each counts alike. */
const UNITS = { levels: 4, variations: 0.08, skews: 0.55, correlations: 0.25, movements: 4 };
/** Nobody hears less. */
const LEAST_SPREAD = 0.3;
const NEIGHBOURS = [1, 2, 3, 5, 8];
const OCTAVES_HZ = [0.5, 1, 2, 4, 8, 16];
const MOST_DISTANCE = 1.5;
/** Of what is laid of two: half way between them is 0.5. */
export const MOST_FROM_LAYERS = 0.75;
/** Kinds that are measured. Of hiss it is only told, since it is to be without the rhythm of its hits. */
const MEASURED = ['cloud', 'bed', 'dust', 'hiss loop'];

export async function measure(texture, { channels, sampleRate }, project) {
  if (!MEASURED.includes(texture.kind)) return null;
  if (texture.kind === 'dust') {
    const layers = texture.row.made_of
      .split(PATH_SEPARATOR)
      .map((path) => readTexture(project.exportFolder, { path }));
    const sounds = (await Promise.all(layers)).map((layer) => middle(layer.channels));
    return distanceFromLayers(middle(channels), sounds, sampleRate);
  }
  if (!project.readRegion) return null;
  const source = middle((await project.readRegion(texture, sampleRate)).channels);
  return distanceFrom(middle(channels), source, sampleRate);
}

/** @returns null where the source does not have two stretches */
export function distanceFrom(texture, source, sampleRate) {
  const length = Math.min(STRETCH_SEC * sampleRate, texture.length);
  if (source.length < 2 * length) return null;
  return overTheirOwn(stretchesOf(texture, length), stretchesOf(source, length), sampleRate);
}

/** @param layers loops of which one lies over the other */
export function distanceFromLayers(texture, layers, sampleRate) {
  const length = STRETCH_SEC * sampleRate;
  const firsts = layers.map((loop) => Float32Array.from({ length }, (_, n) => loop[n % loop.length]));
  const whole = Float32Array.from(
    { length: Math.max(length, texture.length) },
    (_, n) => texture[n % texture.length],
  );
  return overTheirOwn(stretchesOf(whole, length), firsts, sampleRate);
}

/** Mean distance of stretches of one sound from those of another, over that of these from one another. */
function overTheirOwn(stretches, others, sampleRate) {
  const [own, theirs] = [stretches, others].map((sounds) =>
    sounds.map((samples) => statistics(samples, sampleRate)),
  );
  const spread = mean(theirs.flatMap((one, i) => theirs.slice(0, i).map((other) => distance(one, other))));
  const away = mean(own.flatMap((one) => theirs.map((other) => distance(one, other))));
  return away / Math.max(LEAST_SPREAD, spread);
}

function stretchesOf(samples, length) {
  const count = Math.min(MOST_STRETCHES, Math.floor(samples.length / length));
  const step = count > 1 ? (samples.length - length) / (count - 1) : 0;
  return Array.from({ length: count }, (_, i) =>
    samples.subarray(Math.floor(i * step), Math.floor(i * step) + length),
  );
}

function statistics(samples, sampleRate) {
  const { frames, hop } = logMel(samples, sampleRate);
  const whole =
    10 * Math.log10(mean(frames.map((frame) => frame.reduce((sum, db) => sum + 10 ** (db / 10), 0))));
  const courses = [...frames[0].keys()].map((band) =>
    frames.map((frame) => 10 ** ((0.15 * (frame[band] - whole)) / 10)),
  );
  const levels = courses.map((course) => (20 / 0.3) * Math.log10(mean(course)));
  const about = courses.map((course) => {
    const level = mean(course);
    return course.map((value) => value / level - 1);
  });
  const variations = about.map((course) => Math.sqrt(mean(course.map((value) => value ** 2))));
  const skews = about.map(
    (course, band) => mean(course.map((value) => value ** 3)) / Math.max(1e-3, variations[band]) ** 3,
  );
  const correlations = about.flatMap((course, band) =>
    NEIGHBOURS.filter((away) => band + away < about.length).map((away) => {
      const scale = variations[band] * variations[band + away];
      return scale < 1e-6 ? 0 : mean(course.map((value, i) => value * about[band + away][i])) / scale;
    }),
  );
  return {
    levels,
    variations,
    skews,
    correlations,
    movements: about.flatMap((course) => movements(course, sampleRate / hop)),
  };
}

/** Power of a course in octaves, dB; less than 1 % is nothing. */
function movements(course, rate) {
  const size = 2 ** Math.ceil(Math.log2(course.length));
  const padded = new Float32Array(size);
  padded.set(course);
  const spectrum = realFft(size).forward(padded);
  return OCTAVES_HZ.map((low) => {
    let power = 0;
    for (let k = Math.max(1, Math.round((low * size) / rate)); k < Math.round((2 * low * size) / rate); k++) {
      power += spectrum[2 * k] ** 2 + spectrum[2 * k + 1] ** 2;
    }
    return 10 * Math.log10((2 * power) / size / course.length + 1e-4);
  });
}

function distance(one, other) {
  return mean(
    Object.entries(UNITS).map(
      ([part, unit]) => mean(one[part].map((value, i) => Math.abs(value - other[part][i]))) / unit,
    ),
  );
}

export function lines(kind, measured) {
  const known = measured.filter((distance) => distance !== null);
  if (known.length === 0) return [];
  const count = known.length;
  const atMost = { cloud: MOST_DISTANCE, bed: MOST_DISTANCE, dust: MOST_FROM_LAYERS }[kind];
  return [
    line(kind, 'distance from the source, over the source’s own: median', median(known), {
      count,
      ...(atMost && { atMost }),
    }),
    shareLine(
      kind,
      'no further from the source than 1.5 times its own',
      share(known, (distance) => distance <= MOST_DISTANCE),
      count,
    ),
  ];
}
