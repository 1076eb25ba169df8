/**
 * A closed loop whose crossfade is as loud and as wide as other stretches of it are. What stands out comes round every time:
 * a crossfade between two places of which both are a little softer or wider than most is found out, though nothing is wrong
 * with its blend. Only what lies further out than most stretches do is brought in, by gains that begin and end slowly.
 */
import { withWorkspace } from '../dsp/kernel-memory.ts';
import * as kernels from '../dsp/kernels.ts';
import { cos, pow } from '../dsp/maths.ts';
import { FRESH, type Lender } from '../dsp/rooms.ts';
import { copyOf, type Sound } from '../dsp/sound.ts';
import type { Crossfade } from './crossfade.ts';
import { type AmongStretches, type FadeStretches, fadeStretches, type Products } from './fade-stretches.ts';
import { GRAIN, IMAGE_SUMS, imageMatrices } from './keep-image.ts';

/** Share of the stretches that the crossfade is brought among; set by hand. */
const AMONG = 0.75;
/**
 * Less of a difference nobody hears: of level, dB, and of correlation, of which 0.004 is the least that was ever told apart
 * (K. J. Gabriel, H. S. Colburn, JASA 69(5), 1981).
 */
const UNNOTICED_DB = 0.05;
const UNNOTICED_CORRELATION = 0.004;
/** Shorter ones keep their image: two tones that have nothing in common seem to for a moment, and one would leak into the other. */
const SHORTEST_IMAGE_SEC = 0.2;
/** Largest change of a pass: of level, dB, and of the power of the sides' difference against that of their sum, as a factor. */
const MOST_DB = 1;
const MOST_WIDENED = 2;
/** Since a change comes and goes slowly, one does not bring all: three bring 3 dB at most. */
const PASSES = 3;
/** Part of the crossfade in which a change comes, and in which it goes; so long at least, s. Shorter crossfades stay as they are. */
const RAMP = 0.3;
const SHORTEST_RAMP_SEC = 0.01;

/**
 * @param loop the whole loop
 * @param crossfade that ends within it
 * @param lender of the loop that is returned
 * @returns the same loop where its crossfade does not stand out
 */
export function evenCrossfade(loop: Sound, crossfade: Crossfade, lender: Lender = FRESH): Sound {
  const fadeSec = crossfade.length / loop.sampleRate;
  if (RAMP * fadeSec < SHORTEST_RAMP_SEC) return loop;
  let evened = loop;
  for (let pass = 0; pass < PASSES; pass++) {
    const stretches = fadeStretches(evened, crossfade);
    const change = changeOf(stretches, fadeSec >= SHORTEST_IMAGE_SEC);
    if (!change) break;
    if (pass === 0) evened = copyOf(loop, lender);
    applyChange(evened, crossfade, stretches.products, change);
  }
  return evened;
}

interface Change {
  /** What the crossfade's power is multiplied by. */
  readonly gain: number;
  /** Of its two sides, as it should be. */
  readonly correlation: number;
}

/** @returns null where the crossfade lies among the others */
function changeOf({ level, correlation }: FadeStretches, changesImage: boolean): Change | null {
  const levelOff = beyond(level, UNNOTICED_DB);
  const correlationOff = changesImage && correlation ? beyond(correlation, UNNOTICED_CORRELATION) : 0;
  if (levelOff === 0 && correlationOff === 0) return null;
  const db = Math.max(-MOST_DB, Math.min(MOST_DB, -levelOff));
  return {
    gain: pow(10, db / 10),
    correlation: correlation ? nearWidth(correlation.here, correlation.here - correlationOff) : 0,
  };
}

/** By how much a figure lies outside of what {@link AMONG} of the stretches keep to. */
function beyond({ here, median, distances }: AmongStretches, unnoticed: number): number {
  if (distances.length === 0) return 0;
  const held = Math.max(unnoticed, distances[Math.floor(AMONG * (distances.length - 1))]);
  const off = here - median;
  return Math.sign(off) * Math.max(0, Math.abs(off) - held);
}

/** The wanted correlation, as far as the sides are not widened or narrowed too much for it. */
function nearWidth(here: number, correlation: number): number {
  const widthAt = (r: number) => (1 - r) / (1 + r);
  const width = widthAt(here);
  const limited = Math.max(width / MOST_WIDENED, Math.min(MOST_WIDENED * width, widthAt(correlation)));
  return width > 0 && width < Infinity ? (1 - limited) / (1 + limited) : here;
}

/** Changes the crossfade in place. @param products of it */
function applyChange(
  { channels }: Sound,
  { start, length: fade }: Crossfade,
  [one, other, both]: Products,
  { gain, correlation }: Change,
): void {
  const grains = Math.ceil(fade / GRAIN);
  const wholeGrains = Math.max(1, Math.floor(fade / GRAIN) - 1);
  withWorkspace((workspace) => {
    const [given, wanted] = [0, 1].map(() => workspace.doubles(2 * IMAGE_SUMS));
    const matrix = workspace.doubles(IMAGE_SUMS);
    given.set([one, other, both]);
    wanted.set([gain * one, gain * other, gain * correlation * Math.sqrt(one * other)]);
    imageMatrices(given, wanted, channels.length > 1, matrix);
    const matrices = workspace.doubles(IMAGE_SUMS * grains);
    for (let grain = 0; grain < grains; grain++) {
      const share = shareAt(grain / wholeGrains);
      for (let k = 0; k < IMAGE_SUMS; k++) {
        const still = k < 2 ? 1 : 0;
        matrices[IMAGE_SUMS * grain + k] = still + share * (matrix[k] - still);
      }
    }
    const sides = [workspace.floats(fade), workspace.floats(fade)];
    for (const [c, channel] of channels.entries()) sides[c].set(channel.subarray(start, start + fade));
    kernels.turnByGrains(sides[0], sides[1], fade, 0, GRAIN, grains, matrices);
    for (const [c, channel] of channels.entries()) channel.set(sides[c], start);
  });
}

/** How much of a change there is at a place of the crossfade, 0 to 1, none at its ends: it comes and goes as a raised cosine. */
function shareAt(place: number): number {
  const inside = Math.max(0, Math.min(place, 1 - place));
  return 0.5 - 0.5 * cos(Math.PI * Math.min(1, inside / RAMP));
}
