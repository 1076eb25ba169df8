/** Change of timbre at a seam: log-mel flux across the wrap and within the crossfade, against the loop's own. */
import { sortMagnitudes } from '../dsp/sort.ts';
import type { Crossfade } from './crossfade.ts';
import { levelDistance } from './frame-distance.ts';
import type { LogMelFrames } from './log-mel.ts';

/** A change of a frame's bands by less than this, on average, is not heard: held tones have no flux, dB. */
const FLUX_FLOOR_DB = 0.25;

/** Fluxes of a loop's frames, parted into those within the crossfade and those of the body. */
export interface PartFluxes {
  readonly all: Float32Array;
  /** Whether a frame lies within the crossfade. */
  isFading(frame: number): boolean;
  /** Sorted. */
  readonly body: Float32Array;
  readonly fade: Float32Array;
}

export function partFluxes(
  { count, hop }: LogMelFrames,
  all: Float32Array,
  crossfade: Crossfade | null,
): PartFluxes {
  const isFading = (frame: number) => crossfade !== null && isInside(frame * hop, crossfade, count * hop);
  const [body, fade] = [new Float32Array(count), new Float32Array(count)];
  let [inBody, inFade] = [0, 0];
  for (let i = 0; i < count; i++) {
    if (isFading(i)) fade[inFade++] = all[i];
    else body[inBody++] = all[i];
  }
  return {
    all,
    isFading,
    body: sortMagnitudes(body.subarray(0, inBody)),
    fade: sortMagnitudes(fade.subarray(0, inFade)),
  };
}

/**
 * Flux at a wrap before frame `start` and usual flux within the crossfade, each against the body's usual one. Frames
 * that see the wrap count for neither part.
 * @param mostWrap above this the first is Infinity
 */
export function seamFlux(
  frames: LogMelFrames,
  parts: PartFluxes,
  start: number,
  mostWrap: number,
): { wrap: number; fade: number } {
  const { count, hop, windowLength } = frames;
  const reach = Math.min(Math.ceil(windowLength / 2 / hop), (count - 1) >> 1);
  const seeing = framesAround(start / hop, reach, count);
  const seen = (isFading: boolean) =>
    Float32Array.from(seeing.filter((i) => parts.isFading(i) === isFading).map((i) => parts.all[i])).sort();
  const body = without(parts.body, seen(false));
  const usual = Math.max(usualFlux(body), FLUX_FLOOR_DB);
  return {
    wrap: fluxAtWrap(frames, parts.all, start, reach, mostWrap * usual) / usual,
    fade: fadeFlux(body, without(parts.fade, seen(true))),
  };
}

/** Frames less than half a window from a place between them, going round. @param place in frames, 0 to count */
function framesAround(place: number, reach: number, count: number): number[] {
  const around: number[] = [];
  for (let i = Math.floor(place - reach) + 1; i <= place + reach; i++) around.push((i + count) % count);
  return around;
}

/** Sorted values without some of them. @param gone sorted */
function without(sorted: Float32Array, gone: Float32Array): Float32Array {
  const left = new Float32Array(sorted.length - gone.length);
  for (let i = 0, passed = 0; i < sorted.length; i++) {
    if (passed < gone.length && sorted[i] === gone[passed]) passed++;
    else left[i - passed] = sorted[i];
  }
  return left;
}

/**
 * The largest change from a frame to the next of which one at least touches the wrap. Where frames lie is chance, and
 * a change between two places half a hop on may be a quarter larger: it is looked at from every half hop, first where the
 * frames nearby change most.
 * @param fluxes of those frames
 * @returns Infinity as soon as one is above `enough`
 */
function fluxAtWrap(
  { count, hop, frameAt }: LogMelFrames,
  fluxes: Float32Array,
  start: number,
  reach: number,
  enough: number,
): number {
  const length = Math.round(count * hop);
  const halves = 2 * Math.min(reach + 1, (count - 1) >> 1);
  const known: Float32Array[] = [];
  const frame = (k: number) =>
    (known[k + halves] ??= frameAt((Math.round(start + (k * hop) / 2) + length) % length));
  let most = 0;
  for (const k of byFlux(fluxes, start / hop, 2 - halves, Math.max(0, 2 * halves - 1))) {
    most = Math.max(most, levelDistance(frame(k), frame(k - 2)));
    if (most > enough) return Infinity;
  }
  return most;
}

/** Half hops from a place on, `count` from `first` on, where the nearest frame changes most first; of equals the earlier. */
function byFlux(fluxes: Float32Array, place: number, first: number, count: number): Int32Array {
  const order = new Int32Array(count);
  const found = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const nearby = (Math.round(place + (first + i) / 2) + fluxes.length) % fluxes.length;
    const flux = fluxes[nearby];
    let at = i;
    for (; at > 0 && found[at - 1] < flux; at--) {
      found[at] = found[at - 1];
      order[at] = order[at - 1];
    }
    found[at] = flux;
    order[at] = first + i;
  }
  return order;
}

/**
 * Flux of a crossfade's frames against the body's: the usual one and the largest, whichever is worse.
 * @param body sorted, as `fading` is
 */
export function fadeFlux(body: Float32Array, fading: Float32Array): number {
  const usual = fluxAgainst(usualFlux(body), usualFlux(fading));
  return Math.max(usual, fluxAgainst(body.at(-1) ?? 0, fading.at(-1) ?? 0));
}

/** A flux against one of the body's, both in dB a band. */
function fluxAgainst(bodyFlux: number, flux: number): number {
  return flux / Math.max(bodyFlux, FLUX_FLOOR_DB);
}

/** What flux usually stays under: the 95th percentile of sorted values; 0 of nothing. */
function usualFlux(sorted: Float32Array): number {
  return sorted[Math.floor(0.95 * (sorted.length - 1))] ?? 0;
}

function isInside(frame: number, { start, length }: Crossfade, loopLength: number): boolean {
  return (frame - start + loopLength) % loopLength < length;
}
