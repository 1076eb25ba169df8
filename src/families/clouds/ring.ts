import {
  type BandMovement,
  type BandRiding,
  measureBands,
  rideBands,
  type SoundBands,
} from '../../dsp/band-riding.ts';
import { butterworthLowPass } from '../../dsp/butterworth.ts';
import { filterCircular } from '../../dsp/filter.ts';
import { pow } from '../../dsp/maths.ts';
import { evenLevel } from '../../dsp/riding.ts';
import { normaliseOverlap } from '../../dsp/ring.ts';
import type { BandLevels } from '../../dsp/ring-frames.ts';
import { softenChanges } from '../../dsp/soften-changes.ts';
import type { Sound } from '../../dsp/sound.ts';
import { correlationOf, matchCorrelation, stereoCovariance } from '../../dsp/stereo.ts';
import { unrolled } from '../../dsp/unroll.ts';
import { evenSwell } from '../../loops/even-swell.ts';
import { addGrains } from './add-grains.ts';
import type { Grain, GrainSource } from './grain.ts';
import { backToSource } from './source-colour.ts';

/** Order of the low-pass, run twice: 6 dB down at the cutoff, then 24 dB an octave. */
const LOW_PASS_ORDER = 2;
/**
 * Where grains meet, partials beat, and where many sound at once their own movement is averaged away. So every band moves as the
 * source's does, about the drift of the cloud itself. The faster they are ridden, the wider lines become: of a chord that trembles the
 * three clouds are 3.9, 4.7 and 6.6 dB flatter within thirds with 0.1 s, 2.9, 3.6 and 5.2 with 0.2, and 2.6, 3.2 and 4.7 with 0.3, where
 * clouds of pads move 1.19 times as much as their sources, instead of 1.07 and 1.11.
 */
const BAND_RIDING = {
  fastSec: 0.2,
  slowSec: 4,
  limitDb: 12,
};
/**
 * A strike that is left in a grain would come again with every round of the loop. A landmark (`loops/landmark.ts`) is a change of 3
 * times the median and of 3 dB; but that counts what rises and what falls, over half a window, and this only what rises, over a
 * whole one, so that the two figures cannot be compared. With 1.7 medians songs of struck notes lost the movement that
 * makes them what they are; with 3 one cloud of 102 has a landmark by the bench’s measure.
 */
const SOFTENING = { medians: 3, leastDb: 1.7 };
/** What is lowered by more is struck hard, dB. */
const STRUCK_HARD_DB = 10;
/** So much of a swell is taken out at most, dB. */
const MOST_SWELL_DB = 10;
/** Level is ridden over this time, s: slower than any pitch, quicker than an ear follows a level. */
const RIDING_SEC = 0.1;
const RIDING_LIMIT_DB = 6;
const RIDING_PASSES = 4;
/** A stereo cloud's correlation may differ from its source's by this much. */
const WIDTH_SLACK = 0.04;
/** Largest correction of a stereo cloud's width, in amplitude of its side signal: 6 dB. */
const WIDTH_LIMIT = 2;

/**
 * Grains overlapped and added on a ring of `frames` frames: a Hann envelope each, divided by the root of the
 * summed squared envelopes, low-passed round the ring and ridden to an even level. As many channels as the
 * source has. Each grain begins where it swings with what already sounds, and is turned upside down if it
 * would still cancel that: of two like tones at a random phase, half would otherwise meet in a dip. Turned images and chance meetings of like grains move the
 * width of a stereo cloud; at the end it is brought back to the source's.
 * @param spread 0 to 1, how far a stereo grain's image is turned
 * @param lowPassHz 0 is off
 * @param turn where in the source its movement begins, 0 to 1: clouds of one source do not move alike
 * @param recolour what each band gains, dB, once its level is known
 */
export function renderCloud(
  grains: readonly Grain[],
  sources: readonly GrainSource[],
  frames: number,
  spread: number,
  lowPassHz: number,
  turn: number,
  recolour?: BandRiding['recolour'],
): Sound {
  const { sampleRate, channels } = sources[0].sound;
  const ring = channels.map(() => new Float32Array(frames));
  const weight = new Float32Array(frames);
  addGrains(grains, sources, ring, weight, spread);
  normaliseOverlap(ring, weight);
  const filtered = lowPassHz > 0 ? lowPass(ring, lowPassHz, sampleRate) : ring;
  moveAsSource(filtered, grains, sources, lowPassHz, turn, recolour);
  softenStrikes(filtered, sampleRate);
  const { channels: evened } = evenSwell({ sampleRate, channels: filtered }, MOST_SWELL_DB);
  if (evened.length === 2) keepWidth(evened, sourceCorrelation(grains, sources));
  return { sampleRate, channels: evened };
}

/** Brings the bands of a ring to the source's colour and movement, and its level to that movement. In place. */
function moveAsSource(
  ring: readonly Float32Array[],
  grains: readonly Grain[],
  sources: readonly GrainSource[],
  lowPassHz: number,
  turn: number,
  recolour: BandRiding['recolour'],
): void {
  const { sampleRate } = sources[0].sound;
  // A note that few grains bring comes and goes, and is not to be evened out.
  const bringsNotes = grains.some(({ semitones }) => (semitones - grains[0].semitones) % 12 !== 0);
  const source = sourceBands(sources);
  const course = rideBands(ring, sampleRate, turned(source.movement, turn), !bringsNotes, {
    ...BAND_RIDING,
    begins: grains[0].place,
    recolour: bringsNotes
      ? recolour
      : (levels) => {
          const back = backToSource(levels, source.levelsDb, lowPassHz);
          return recolour ? addRecolour(levels, back, recolour) : back;
        },
  });
  evenLevel(ring, {
    width: Math.round(RIDING_SEC * sampleRate),
    limitDb: RIDING_LIMIT_DB,
    passes: RIDING_PASSES,
    course,
  });
}

/** One correction of the bands' levels after another, dB. @param back the first */
function addRecolour(
  levels: BandLevels,
  back: Float32Array,
  recolour: NonNullable<BandRiding['recolour']>,
): Float32Array {
  const apart = recolour({ ...levels, levelsDb: levels.levelsDb.map((db, band) => db + back[band]) });
  return back.map((db, band) => db + apart[band]);
}

function softenStrikes(ring: readonly Float32Array[], sampleRate: number): void {
  const struckDb = softenChanges(ring, sampleRate, SOFTENING);
  // Frames that overlap give a gain but in part: what was struck hard is softened again.
  if (struckDb > STRUCK_HARD_DB) softenChanges(ring, sampleRate, SOFTENING);
}

/** Brings a stereo ring near to a correlation, which chance and turned images move. In place. */
function keepWidth([left, right]: readonly Float32Array[], there: number): void {
  const is = correlationOf(stereoCovariance(left, right));
  const kept = Math.min(there + WIDTH_SLACK, Math.max(there - WIDTH_SLACK, is));
  if (kept !== is) matchCorrelation(left, right, kept, WIDTH_LIMIT);
}

/** Found once for all clouds of a source. */
const known = new WeakMap<readonly GrainSource[], SoundBands>();

/** How the material sounds and moves, all of it in its order. */
function sourceBands(sources: readonly GrainSource[]): SoundBands {
  let found = known.get(sources);
  if (!found) {
    const parts = sources.map(({ sound }) => sound.channels);
    found = measureBands(parts, sources[0].sound.sampleRate, BAND_RIDING);
    known.set(sources, found);
  }
  return found;
}

/** A movement that begins elsewhere. @param turn where, 0 to 1 */
function turned(movement: BandMovement, turn: number): BandMovement {
  return movement.map((band) => unrolled(band, Math.floor(turn * band.length), band.length));
}

/** Correlation between left and right of all the source from the first grain to the end of the last. */
function sourceCorrelation(grains: readonly Grain[], sources: readonly GrainSource[]): number {
  let from = Number.POSITIVE_INFINITY;
  let to = 0;
  for (const { start, length, semitones } of grains) {
    from = Math.min(from, start);
    to = Math.max(to, start + length * pow(2, semitones / 12));
  }
  const total = { left: 0, right: 0, both: 0 };
  for (const { start, sound } of sources) {
    const [left, right] = sound.channels;
    const first = Math.max(0, from - start);
    const end = Math.min(left.length, Math.ceil(to) - start);
    const part = stereoCovariance(left, right, first, end);
    total.left += part.left;
    total.right += part.right;
    total.both += part.both;
  }
  return correlationOf(total);
}

function lowPass(
  channels: readonly Float32Array[],
  cutoffHz: number,
  sampleRate: number,
): readonly Float32Array[] {
  // A cutoff at the top of the spectrum asks for nothing.
  return cutoffHz >= 0.45 * sampleRate
    ? channels
    : filterCircular(channels, butterworthLowPass(LOW_PASS_ORDER, cutoffHz, sampleRate));
}
