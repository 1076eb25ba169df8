import type { Analysis } from '../../analysis/analysis.ts';
import { pow, square } from '../../dsp/maths.ts';
import type { Random } from '../../dsp/random.ts';
import { drawerOf } from './character-drawers.ts';
import { characterOf, TRAITS } from './characters.ts';
import type { Grain, GrainPool, Moment, TimeRange } from './grain.ts';
import { grainQuality } from './grain-quality.ts';
import type { CloudSettings } from './settings.ts';

/** Draws of a place in the source before the best of them is taken. */
const MOST_DRAWS = 16;
/** A grain of less quality is as good as silent: 60 dB under the rest, or all of it at one edge. */
const LEAST_QUALITY = 1e-3;
/** Grains before and after that a new one is held against; in a denser cloud nobody hears one of so many. */
const MOST_COMPANY = 32;
/** Largest change of one grain's level, in amplitude: 9.5 dB. */
const MOST_GAIN = 3;
/** Golden ratio: the most even way to fill an interval one by one, so pans neither clump nor repeat. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;
/** Nearly as even, and in step with no pan: where in the material each grain would begin, in parts of all of it. */
const SILVER = Math.sqrt(2) - 1;

/**
 * Where each grain begins on the ring and how long it is.
 *
 * The law of density: `grains_per_cloud` grains at even distances, and more if they would overlap less than
 * `overlap_ratio` asks: a mean grain then covers 1/(1 - overlap_ratio) distances. Places are jittered by up
 * to a quarter of the overlap, and a grain too short to reach into the next one by half the overlap
 * is lengthened, which never takes it above the mean length. So the ring has no hole, whatever is drawn.
 */
export function placeGrains(
  frames: number,
  shortest: number,
  longest: number,
  clouds: CloudSettings['clouds'],
  random: Random,
): { place: number; length: number }[] {
  const overlap = clouds.overlap_ratio;
  const mean = (shortest + longest) / 2;
  const count = Math.max(clouds.grains_per_cloud, Math.ceil(frames / (mean * (1 - overlap))));
  const distance = frames / count;
  const jitter = (distance * overlap) / 4;
  const places = Array.from({ length: count }, (_, i) => i * distance + random.between(-jitter, jitter));
  return places.map((place, i) => {
    const next = i + 1 < count ? places[i + 1] : places[0] + frames;
    const drawn = random.between(shortest, longest);
    const length = Math.min(frames, Math.ceil(Math.max(drawn, next - place + (overlap / 2) * shortest)));
    return { place: wrap(Math.round(place), frames), length };
  });
}

/**
 * Draws the grains of one cloud.
 * @param part which of this source's clouds it is, from 0, so that each has a character of its own
 * @returns null if all that was drawn is silent
 */
export function drawGrains(
  pool: GrainPool,
  frames: number,
  settings: CloudSettings,
  part: number,
  random: Random,
): Grain[] | null {
  const { length, octaves } = TRAITS[characterOf(part)];
  const [shortest, longest] = [length * pool.shortest, length * pool.longest];
  const placed = withOctaves(
    placeGrains(frames, shortest, longest, settings.clouds, random),
    octaves,
    frames,
  );
  const draw = drawerOf(pool, part, settings.clouds.clouds_per_source, random.uniform());
  const bestMoment = momentChooser(pool, settings.pre_analysis);
  const pan = random.uniform();
  const begin = random.uniform();
  const grains: Grain[] = [];
  const silent: number[] = [];
  // Grains further away than this on the ring do not sound together.
  const company = Math.min(MOST_COMPANY, Math.ceil((longest * placed.length) / frames));
  for (let i = 0; i < placed.length; i++) {
    const { octave, ...slot } = placed[i];
    const semitones = pool.transposition + pool.shift(random) + octave;
    const span = slot.length * pow(2, semitones / 12);
    const neighbours = grains.slice(Math.max(0, i - company));
    neighbours.push(...grains.slice(0, Math.max(0, i + company - placed.length)));
    // No part of the material is favoured or left out by chance; where a grain is no good, chance finds another.
    let share = (begin + i * SILVER) % 1;
    let tries = 0;
    const drawNext = () => {
      const moment = draw(span, slot.place / frames, share, tries++);
      share = random.uniform();
      return moment;
    };
    const { quality, ...moment } = bestMoment(drawNext, span, neighbours);
    if (quality < LEAST_QUALITY) silent.push(i);
    grains.push({ ...slot, ...moment, semitones, pan: 2 * ((pan + i * GOLDEN) % 1) - 1 });
  }
  if (silent.length === grains.length) return null;
  const drawAudible = nearDrawer(
    pool.stretches,
    grains.filter((_, i) => !silent.includes(i)),
  );
  // The ring has no hole: what was drawn silent is drawn again, close to what is heard.
  for (const i of silent) {
    const span = spanOf(grains[i]);
    const neighbours = Array.from({ length: 2 * company }, (_, k) => {
      const other = i + (k < company ? k - company : k - company + 1);
      return grains[wrap(other, grains.length)];
    });
    const { quality, ...moment } = bestMoment(() => drawAudible(span, random), span, neighbours);
    grains[i] = { ...grains[i], ...moment };
  }
  return levelled(grains);
}

/** A place on the ring, and how a grain sounds there. */
type Slot = Pick<Grain, 'place' | 'length' | 'share'> & { readonly octave: number };

/**
 * A second layer, an octave up, over the first: each of its grains is loudest where two of the others meet. Were some grains of
 * one layer an octave up, its bands would come and go with them, as those of no source do.
 */
function withOctaves(
  placed: readonly Pick<Grain, 'place' | 'length'>[],
  share: number,
  frames: number,
): Slot[] {
  const own = placed.map((slot) => ({ ...slot, share: 1, octave: 0 }));
  if (share === 0) return own;
  const above = placed.map(({ place, length }) => ({
    place: (place + (length >> 1)) % frames,
    length,
    share,
    octave: 12,
  }));
  return [...own, ...above];
}

/** Draws until a moment is good enough, or takes the best of many; with its level, for the grain's gain. */
function momentChooser(pool: GrainPool, limits: CloudSettings['pre_analysis']) {
  const { analysis } = pool;
  const level = meanLevel(pool);
  return (draw: () => Moment, span: number, neighbours: readonly Grain[]) => {
    let best = -1;
    let moment = { stretch: 0, start: 0 };
    for (let tries = 0; tries < MOST_DRAWS && best < limits.grain_quality_threshold; tries++) {
      const drawn = draw();
      // Worth less in proportion as it is quieter than the rest, so that no noise floor is lifted.
      let quality = Math.min(1, rms(analysis, drawn.start, drawn.start + span) / level);
      if (limits.enabled) quality *= grainQuality(analysis, drawn.start, drawn.start + span, limits);
      // The same moment twice at once is no texture but a comb filter.
      if (neighbours.some((other) => Math.abs(other.start - drawn.start) < span / 8)) quality *= 0.3;
      if (quality > best) {
        best = quality;
        moment = drawn;
      }
    }
    return { ...moment, quality: best, gain: rms(analysis, moment.start, moment.start + span) };
  };
}

/** Draws where a grain of some span begins so that it shares at least half of itself or of a heard grain with it. */
function nearDrawer(stretches: readonly TimeRange[], audible: readonly Grain[]) {
  return (span: number, random: Random): Moment => {
    const near = random.pick(audible);
    const { start, end } = stretches[near.stretch];
    const place = Math.round(near.start + random.between(-span / 2, spanOf(near) / 2));
    return { stretch: near.stretch, start: Math.max(start, Math.min(Math.floor(end - span), place)) };
  };
}

/** Samples of the source that a grain reads. */
function spanOf({ length, semitones }: Grain): number {
  return length * pow(2, semitones / 12);
}

/** Turns the level that `gain` holds into the gain towards the mean level. */
function levelled(grains: readonly Grain[]): Grain[] {
  const mean = Math.sqrt(grains.reduce((sum, { gain }) => sum + gain * gain, 0) / grains.length);
  return grains.map((grain) => ({
    ...grain,
    gain: Math.min(MOST_GAIN, Math.max(1 / MOST_GAIN, mean / Math.max(grain.gain, 1e-9))),
  }));
}

/** Root mean square over all of the pool. */
function meanLevel({ analysis, stretches }: GrainPool): number {
  let energy = 0;
  let frames = 0;
  for (const { start, end } of stretches) {
    energy += (end - start) * square(rms(analysis, start, end));
    frames += end - start;
  }
  return Math.sqrt(energy / frames);
}

function rms(analysis: Analysis, from: number, to: number): number {
  const first = Math.floor(from / analysis.hop);
  const end = Math.min(analysis.cellCount, Math.max(first + 1, Math.ceil(to / analysis.hop)));
  let energy = 0;
  for (let cell = first; cell < end; cell++) energy += analysis.power[cell];
  return Math.sqrt(energy / Math.max(1, end - first));
}

function wrap(place: number, frames: number): number {
  return ((place % frames) + frames) % frames;
}
