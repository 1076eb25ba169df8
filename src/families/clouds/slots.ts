/** Where on the ring the grains of a cloud sound, layer by layer. */
import type { Random } from '../../dsp/random.ts';
import type { Grain } from './grain.ts';
import type { CloudSettings } from './settings.ts';

/** A place on the ring, and how a grain sounds there. */
export type Slot = Pick<Grain, 'place' | 'length' | 'amplitude'> & { readonly octave: number };

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

/** The layer that every cloud has, at its own pitch. */
export function ownSlots(placed: readonly Pick<Grain, 'place' | 'length'>[]): Slot[] {
  return placed.map((slot) => ({ ...slot, amplitude: 1, octave: 0 }));
}

/**
 * A second layer, an octave up, over the first: each of its grains is loudest where two of the others meet. Were some grains of
 * one layer an octave up, its bands would come and go with them, as those of no source do.
 */
export function octaveSlots(
  placed: readonly Pick<Grain, 'place' | 'length'>[],
  amplitude: number,
  frames: number,
): Slot[] {
  return placed.map(({ place, length }) => ({
    place: (place + (length >> 1)) % frames,
    length,
    amplitude,
    octave: 12,
  }));
}

/** A place on a ring of so many frames, or of so many grains. */
export function wrap(place: number, frames: number): number {
  return ((place % frames) + frames) % frames;
}
