import {
  type BandMovement,
  type BandRiding,
  measureBands,
  rideBands,
  type SoundBands,
} from '../../dsp/band-riding.ts';
import { butterworthLowPass } from '../../dsp/butterworth.ts';
import { filterCircular } from '../../dsp/filter.ts';
import { GRAIN_BLOCK, GrainReader } from '../../dsp/interpolate.ts';
import { type KernelFloats, type KernelStruct, KernelWorkspace, partOf } from '../../dsp/kernel-memory.ts';
import * as kernels from '../../dsp/kernels.ts';
import { cos, pow, sin } from '../../dsp/maths.ts';
import { evenLevel } from '../../dsp/riding.ts';
import { addToRing, normaliseOverlap } from '../../dsp/ring.ts';
import { softenChanges } from '../../dsp/soften-changes.ts';
import type { Sound } from '../../dsp/sound.ts';
import { correlationOf, matchCorrelation, stereoCovariance } from '../../dsp/stereo.ts';
import { evenSwell } from '../../loops/even-swell.ts';
import { alignedStart } from './align.ts';
import type { Grain, GrainSource } from './grain.ts';
import { backToSource } from './source-colour.ts';

/**
 * Furthest turn of a stereo grain's image at full spread, radians (22.5°): turns spread evenly up to it lower
 * the inter-channel correlation by a tenth (the mean of cos 2θ is 0.9), further ones would lose the image.
 */
const WIDEST_TURN = Math.PI / 8;
/** Order of the low-pass, run twice: 6 dB down at the cutoff, then 24 dB an octave. */
const LOW_PASS_ORDER = 2;
/**
 * Where grains meet, partials beat, and where many sound at once their own movement is averaged away. So every band moves as the
 * source's does, about the drift of the cloud itself.
 */
const BAND_RIDING = {
  fastSec: 0.1,
  slowSec: 4,
  limitDb: 12,
};
/**
 * A strike that is left in a grain would come again with every round of the loop. All bands rising by three times the median of
 * what rises is half of a landmark; at less, songs of struck notes lose the movement that makes them what they are.
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

/** What a block of a grain is made in. */
interface Workspace {
  readonly reader: GrainReader;
  readonly cosines: KernelStruct<'HannCosines'>;
  readonly products: KernelStruct<'ProductSums'>;
  readonly envelope: KernelFloats;
  readonly squared: KernelFloats;
  /** A part of the ring. */
  readonly ringPart: KernelFloats;
  /** The grain's channels. */
  readonly blocks: readonly [KernelFloats, KernelFloats];
}

function createWorkspace(own: KernelWorkspace, reader: GrainReader): Workspace {
  const block = () => own.floats(GRAIN_BLOCK);
  const [cosines, products] = [own.struct('HannCosines'), own.struct('ProductSums')];
  const [envelope, squared, ringPart] = [block(), block(), block()];
  return { reader, cosines, products, envelope, squared, ringPart, blocks: [block(), block()] };
}

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
  // A note that few grains bring comes and goes, and is not to be evened out.
  const bringsNotes = grains.some(({ semitones }) => (semitones - grains[0].semitones) % 12 !== 0);
  const source = sourceBands(sources);
  const course = rideBands(filtered, sampleRate, turned(source.movement, turn), !bringsNotes, {
    ...BAND_RIDING,
    begins: grains[0].place,
    recolour: (levels) => {
      const back = bringsNotes ? null : backToSource(levels, source.levelsDb, lowPassHz);
      const levelsDb = levels.levelsDb.map((db, band) => db + (back?.[band] ?? 0));
      const apart = recolour?.({ ...levels, levelsDb });
      return levelsDb.map((db, band) => db - levels.levelsDb[band] + (apart?.[band] ?? 0));
    },
  });
  evenLevel(filtered, {
    width: Math.round(RIDING_SEC * sampleRate),
    limitDb: RIDING_LIMIT_DB,
    passes: RIDING_PASSES,
    course,
  });
  const struckDb = softenChanges(filtered, sampleRate, SOFTENING);
  // Frames that overlap give a gain but in part: what was struck hard is softened again.
  if (struckDb > STRUCK_HARD_DB) softenChanges(filtered, sampleRate, SOFTENING);
  const { channels: evened } = evenSwell({ sampleRate, channels: filtered }, MOST_SWELL_DB);
  if (evened.length === 2) {
    const [left, right] = evened;
    const there = sourceCorrelation(grains, sources);
    const is = correlationOf(stereoCovariance(left, right));
    const kept = Math.min(there + WIDTH_SLACK, Math.max(there - WIDTH_SLACK, is));
    if (kept !== is) matchCorrelation(left, right, kept, WIDTH_LIMIT);
  }
  return { sampleRate, channels: evened };
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
  return movement.map((band) => {
    const first = Math.floor(turn * band.length);
    const course = new Float32Array(band.length);
    course.set(band.subarray(first));
    course.set(band.subarray(0, first), band.length - first);
    return course;
  });
}

/** Adds every grain to the ring, and the squares of their envelopes to the weight. */
function addGrains(
  grains: readonly Grain[],
  sources: readonly GrainSource[],
  ring: readonly Float32Array[],
  weight: Float32Array,
  spread: number,
): void {
  const longest = grains.reduce((most, { length }) => Math.max(most, length), 0);
  const parts = ring.map(() => new Float32Array(longest));
  const own = new KernelWorkspace();
  const reader = new GrainReader();
  try {
    const workspace = createWorkspace(own, reader);
    for (const drawn of grains) {
      const source = sources[drawn.stretch];
      const grain = { ...drawn, start: alignedStart(drawn, source, ring) };
      const likeness = shapeGrain(workspace, grain, source, parts, ring, weight);
      const gain = grain.gain * grain.share;
      addImage(workspace, ring, parts, grain, likeness < 0 ? -gain : gain, spread);
    }
  } finally {
    reader.release();
    own.release();
  }
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

/**
 * Reads a grain under its envelope, and adds the envelope's square to the weight.
 * @param parts channels of the grain; filled
 * @returns how like what already sounds there it is: Σ grain · ring
 */
function shapeGrain(
  workspace: Workspace,
  { length, place, start, semitones, share }: Grain,
  source: GrainSource,
  parts: readonly Float32Array[],
  ring: readonly Float32Array[],
  weight: Float32Array,
): number {
  const { reader, cosines, envelope, squared, blocks } = workspace;
  reader.setRatio(pow(2, semitones / 12));
  // The window is sampled at half-way points, so that it is even and neither end is wasted on a zero.
  const step = (2 * Math.PI) / length;
  cosines.twiceStep = 2 * cos(step);
  cosines.before = cos(-0.5 * step);
  cosines.here = cos(0.5 * step);
  let likeness = 0;
  for (let done = 0; done < length; done += reader.most) {
    const count = Math.min(reader.most, length - done);
    const at = (place + done) % weight.length;
    kernels.hannEnvelope(cosines, envelope, squared, count);
    if (share !== 1) for (let n = 0; n < count; n++) squared[n] *= share * share;
    addToRing(weight, at, squared, count);
    const from = start - source.start + done * reader.ratio;
    reader.read(source.sound.channels, from, blocks, count);
    for (let c = 0; c < parts.length; c++) {
      const block = blocks[c];
      kernels.multiplyArrays(block, envelope, block, count);
      likeness += correlate(workspace, ring[c], at, block, count);
      parts[c].set(block.subarray(0, count), done);
    }
  }
  return likeness;
}

/** Σ ring[at + n] · part[n] around the end of the ring, n from 0 to length. */
function correlate(
  { ringPart, products }: Workspace,
  ring: Float32Array,
  at: number,
  part: KernelFloats,
  length: number,
): number {
  products.both = 0;
  for (let done = 0, place = at; done < length; place = 0) {
    const count = Math.min(length - done, ring.length - place);
    ringPart.set(ring.subarray(place, place + count));
    kernels.addProducts(ringPart, done === 0 ? part : partOf(part, done), count, products);
    done += count;
  }
  return products.both;
}

/** Adds a mono grain as it is; a stereo one with its image turned, which keeps its power and its width. */
function addImage(
  { ringPart, blocks }: Workspace,
  ring: readonly Float32Array[],
  parts: readonly Float32Array[],
  { place, length, pan }: Grain,
  gain: number,
  spread: number,
): void {
  const turn = ring.length === 2 ? pan * spread * WIDEST_TURN : 0;
  const [along, across] = [gain * cos(turn), gain * sin(turn)];
  // Of either channel of the ring: how much of each part is added.
  const gains = [
    [along, -across],
    [across, along],
  ];
  const frames = ring[0].length;
  let count = 0;
  for (let done = 0; done < length; done += count) {
    const at = (place + done) % frames;
    count = Math.min(length - done, frames - at, GRAIN_BLOCK);
    for (let p = 0; p < parts.length; p++) blocks[p].set(parts[p].subarray(done, done + count));
    for (let c = 0; c < ring.length; c++) {
      const part = ring[c].subarray(at, at + count);
      ringPart.set(part);
      for (let p = 0; p < parts.length; p++) kernels.addScaled(ringPart, blocks[p], gains[c][p], count);
      part.set(ringPart.subarray(0, count));
    }
  }
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
