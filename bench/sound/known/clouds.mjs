/**
 * What a cloud must not be, and what it is, of a chord that breathes: the Python program's kind of grains (50 to 150 ms, from
 * anywhere, at any of fifteen pitches) move too much and blur the chord, and white noise is like nothing but itself. The bench
 * must say so; of the engine's own clouds it must not.
 */
import { defaultSettings } from '../../../dist/config/defaults.js';
import { Random } from '../../../dist/dsp/random.js';
import { makeClouds } from '../../../dist/families/clouds/make.js';
import { cloudFigures, middle } from '../cloud-lines.mjs';
import { distanceFrom } from '../likeness-lines.mjs';
import { median } from '../statistics.mjs';
import { line } from '../verdicts.mjs';
import { allOf } from './makers.mjs';
import { chord, RATE, whiteNoise } from './signals.mjs';

const GROUP = 'clouds of a chord that breathes';
const SECONDS = 16;

export async function cloudLines() {
  const source = breathingChord();
  const clouds = (await allOf(makeClouds, source, defaultSettings())).map(({ sound }) =>
    middle(sound.channels),
  );
  return figureLines(GROUP, clouds, source, false);
}

/** Each must fail. */
export function cloudControlLines() {
  const source = breathingChord();
  return [
    ...figureLines('control: short grains at random', [randomGrains(source)], source, true),
    line(
      'control: white noise as a cloud',
      'distance from the source, over the source’s own',
      distanceFrom(whiteNoise(6 * RATE, 0.1, 'cloud'), source, RATE),
      { atLeast: 2 },
    ),
  ];
}

/** @param fails whether figures must be beyond the bounds for clouds */
function figureLines(group, clouds, source, fails) {
  const figures = clouds.map((cloud) => cloudFigures(cloud, source, RATE));
  const bound = (most) => (fails ? { atLeast: most } : { atMost: most });
  return [
    line(
      group,
      'movement of bands at 2–8 Hz, over the source’s',
      median(figures.map((each) => each.movement)),
      bound(1.3),
    ),
    line(group, 'fine spectrum, flatter than the source’s', median(figures.map((each) => each.flatter)), {
      unit: 'dB',
      ...bound(3),
    }),
  ];
}

/** Five notes that swell slowly and tremble a little, over some breath. */
export function breathingChord() {
  const breath = whiteNoise(SECONDS * RATE, 0.01, 'breath');
  return chord([45, 52, 57, 61, 64], SECONDS * RATE).map(
    (x, n) =>
      x *
        (1 +
          0.25 * Math.sin((2 * Math.PI * 0.7 * n) / RATE) +
          0.1 * Math.sin((2 * Math.PI * 3.3 * n) / RATE)) +
      breath[n],
  );
}

/** Hann grains, 33 of them a second. */
export function randomGrains(source) {
  const random = new Random('grains');
  const ring = new Float32Array(6 * RATE);
  for (let i = 0; i < 200; i++) {
    const length = Math.round(random.between(0.05, 0.15) * RATE);
    const ratio = 2 ** ((random.below(15) - 7) / 12);
    const from = random.below(source.length - Math.ceil(length * ratio) - 1);
    const place = Math.round((i * ring.length) / 200);
    for (let n = 0; n < length; n++) {
      const at = from + n * ratio;
      const whole = Math.floor(at);
      const value = source[whole] + (at - whole) * (source[whole + 1] - source[whole]);
      ring[(place + n) % ring.length] += value * Math.sin((Math.PI * n) / length) ** 2;
    }
  }
  return ring;
}
