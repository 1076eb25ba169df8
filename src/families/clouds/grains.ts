/** Which grains a cloud is made of. */
import type { Random } from '../../dsp/random.ts';
import { type JudgedMoment, type MomentChooser, momentChooser, nearDrawer } from './best-moment.ts';
import { type Drawer, drawerOf } from './character-drawers.ts';
import { characterOf, TRAITS } from './characters.ts';
import { type Grain, type GrainPool, spanOf } from './grain.ts';
import type { CloudSettings } from './settings.ts';
import { octaveSlots, ownSlots, placeGrains, type Slot, wrap } from './slots.ts';

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
  const { length, octaveAmplitude } = TRAITS[characterOf(part)];
  const [shortest, longest] = [length * pool.shortest, length * pool.longest];
  const own = placeGrains(frames, shortest, longest, settings.clouds, random);
  const draws: Draws = {
    pool,
    frames,
    // Grains of a layer that are further away on the ring do not sound together, or are one of very many that do.
    company: Math.min(MOST_COMPANY, Math.ceil((longest * own.length) / frames)),
    draw: drawerOf(pool, part, settings.clouds.clouds_per_source, random.uniform()),
    bestMoment: momentChooser(pool, settings.pre_analysis),
    pan: random.uniform(),
    begin: random.uniform(),
    random,
  };
  const layers = [drawLayer(ownSlots(own), 0, draws)];
  if (octaveAmplitude > 0)
    layers.push(drawLayer(octaveSlots(own, octaveAmplitude, frames), own.length, draws));
  const audible = layers.flat().filter(({ quality }) => quality >= LEAST_QUALITY);
  if (audible.length === 0) return null;
  for (const layer of layers) redrawSilent(layer, audible, draws);
  return levelled(layers.flat());
}

/** A grain, and how good the moment is that was drawn for it. */
type DrawnGrain = Grain & Pick<JudgedMoment, 'quality'>;

/** What all layers of a cloud are drawn by. */
interface Draws {
  readonly pool: GrainPool;
  readonly frames: number;
  /** So many neighbours before and after a grain sound together with it. */
  readonly company: number;
  readonly draw: Drawer;
  readonly bestMoment: MomentChooser;
  /** Of the first grain, 0 to 1: others follow evenly. */
  readonly pan: number;
  /** Where in the material the first grain would begin, 0 to 1: others follow evenly. */
  readonly begin: number;
  readonly random: Random;
}

/**
 * Draws one layer, going round the ring. Layers are not held against each other: the same moment an octave up is another sound.
 * @param before grains of the cloud that were drawn before, for pans and places to go on evenly
 */
function drawLayer(slots: readonly Slot[], before: number, draws: Draws): DrawnGrain[] {
  const { pool, frames, company, draw, bestMoment, random } = draws;
  const grains: DrawnGrain[] = [];
  for (const [i, { octave, ...slot }] of slots.entries()) {
    const semitones = pool.transposition + pool.shift(random) + octave;
    const span = spanOf({ ...slot, semitones });
    // No part of the material is favoured or left out by chance; where a grain is no good, chance finds another.
    let share = (draws.begin + (before + i) * SILVER) % 1;
    let tries = 0;
    const drawNext = () => {
      const moment = draw(span, slot.place / frames, share, tries++);
      share = random.uniform();
      return moment;
    };
    const moment = bestMoment(drawNext, span, neighboursOf(i, grains, slots.length, company));
    const pan = 2 * ((draws.pan + (before + i) * GOLDEN) % 1) - 1;
    grains.push({ ...slot, ...moment, semitones, pan });
  }
  return grains;
}

/** The ring has no hole: what was drawn silent is drawn again, close to what is audible. Changes the layer. */
function redrawSilent(
  layer: DrawnGrain[],
  audible: readonly Grain[],
  { pool, company, bestMoment, random }: Draws,
): void {
  const drawAudible = nearDrawer(pool.stretches, audible);
  for (const [i, grain] of layer.entries()) {
    if (grain.quality >= LEAST_QUALITY) continue;
    const span = spanOf(grain);
    const neighbours = neighboursOf(i, layer, layer.length, company);
    layer[i] = { ...grain, ...bestMoment(() => drawAudible(span, random), span, neighbours) };
  }
}

/**
 * The grains of a layer that may sound together with one of them.
 * @param grains those that the layer has so far, from its first on
 * @param count grains that it will have, round the ring
 */
function neighboursOf(i: number, grains: readonly Grain[], count: number, company: number): Grain[] {
  const found: Grain[] = [];
  for (let distance = -company; distance <= company; distance++) {
    const other = wrap(i + distance, count);
    if (other !== i && other < grains.length) found.push(grains[other]);
  }
  return found;
}

/**
 * Turns the level that `gain` holds into the gain towards the mean level. Field by field, not by `...`: V8 forgets the shape of
 * such objects with the last of them, and with it the code that was optimised for it, cloud after cloud.
 */
function levelled(grains: readonly DrawnGrain[]): Grain[] {
  const mean = Math.sqrt(grains.reduce((sum, { gain }) => sum + gain * gain, 0) / grains.length);
  return grains.map(({ place, length, stretch, start, semitones, amplitude, gain, pan }) => {
    const towardsMean = Math.min(MOST_GAIN, Math.max(1 / MOST_GAIN, mean / Math.max(gain, 1e-9)));
    return { place, length, stretch, start, semitones, amplitude, gain: towardsMean, pan };
  });
}
