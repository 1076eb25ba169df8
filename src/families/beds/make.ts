/**
 * Beds: long rings of long stretches of a source, along a path of likeness through it, that go on changing as the source
 * does and have no moment that is heard to come round again.
 */
import { harmonicReader } from '../../analysis/harmonic-reader.ts';
import { stabilityOf } from '../../analysis/stability-score.ts';
import { semitonesToKey } from '../../analysis/transposition.ts';
import type { Random } from '../../dsp/random.ts';
import { evenLevel } from '../../dsp/riding.ts';
import type { Sound, SoundReader } from '../../dsp/sound.ts';
import { stretchRange } from '../../dsp/stretch.ts';
import { type NoSteadyTempo, wantedLengths } from '../shared/wanted-lengths.ts';
import type { Made, Maker, Material, Texture } from '../texture.ts';
import { type Landmark, landmarkOf, severity } from './landmark.ts';
import { type Measures, measuresOf } from './measures.ts';
import { type Moments, momentsOf } from './moments.ts';
import { drawPath } from './path.ts';
import { PARTS } from './path-cost.ts';
import { playPath, type Reading } from './play.ts';
import { type Reference, referenceOf } from './reference.ts';
import type { BedSettings } from './settings.ts';
import { framesOf, type Softness, soften } from './soften.ts';
import type { Stretch } from './stretch.ts';

/** Why a source gives no bed, or fewer than were asked for. */
export type BedReason =
  | NoSteadyTempo
  | { readonly code: 'too-short-for-a-bed'; readonly seconds: number; readonly leastSec: number }
  | { readonly code: 'no-path' }
  | { readonly code: 'something-stands-out'; readonly changeDb: number; readonly ratio: number };

/** A source must be this many times as long as the shortest stretch. */
const LEAST_STRETCHES = 1.5;
/** A ring as it is, and where something stands out then, ever softer. What lasts in a source bears more of that than a mix. */
const AS_IT_IS: Softness = { steepestDb: Number.POSITIVE_INFINITY, freeDb: 0 };
const SOFTER: readonly Softness[] = [
  { steepestDb: 80, freeDb: 3 },
  { steepestDb: 50, freeDb: 2 },
  { steepestDb: 30, freeDb: 1 },
];
/** Softenings of a mix, and how far above the limit what stands out may be to be worth it. */
const MIX_SOFTENINGS = 1;
const MOST_SEVERE = 2;
/** Inside of the limit, since what is heard may be measured otherwise. */
const WANTED_SEVERITY = 0.95;
/** The level is ridden this slowly, s, by at most this much at a time, dB. */
const RIDING_SEC = 2;
const RIDING = { limitDb: 9, passes: 3 };

export const makeBeds: Maker<BedSettings, BedReason> = async function* (
  material,
  settings,
  randomFor,
): AsyncIterable<Made<BedReason>> {
  const { analysis, reader } = material;
  const { sampleRate } = reader;
  const missing = lackOf(material, settings);
  if (missing) {
    yield { family: 'bed', reason: missing };
    return;
  }
  const moments = momentsOf(analysis);
  const wanted = [settings.beds.duration_sec];
  const { lengths, reason } = wantedLengths(wanted, settings.musicality, analysis.tempo, sampleRate);
  if (reason) yield { family: 'bed', reason };
  let index = 0;
  for (const { frames } of lengths) {
    const measures = measuresOf(moments, frames, settings, sampleRate);
    const reference = referenceOf(analysis, moments, Math.max(1, Math.round(frames / PARTS / moments.hop)));
    for (let i = 0; i < settings.beds.beds_per_source; i++) {
      index++;
      const bed = { moments, measures, reference, random: randomFor('bed', index) };
      yield await makeBed(material, settings, bed, index);
    }
  }
};

/** What a source lacks altogether. */
function lackOf({ analysis, reader }: Material, { beds }: BedSettings): BedReason | null {
  if (!analysis.power.some((power) => power > 0)) return { code: 'no-path' };
  const seconds = reader.frameCount / reader.sampleRate;
  const leastSec = LEAST_STRETCHES * beds.shortest_stretch_sec;
  if (seconds >= leastSec) return null;
  return { code: 'too-short-for-a-bed', seconds: Number(seconds.toFixed(1)), leastSec };
}

/** What a bed is made by. */
interface Plan {
  readonly moments: Moments;
  readonly measures: Measures;
  readonly reference: Reference;
  readonly random: Random;
}

/** A bed of the source as it is, or, where something in it stands out, of what lasts in it. */
async function makeBed(
  material: Material,
  settings: BedSettings,
  { moments, measures, reference, random }: Plan,
  index: number,
): Promise<Made<BedReason>> {
  const path = drawPath(moments, measures, reference, random);
  if (!path) return { family: 'bed', reason: { code: 'no-path' } };
  const transposition = semitonesToKey(material.analysis.key, settings.musicality.target_key);
  let landmark: Landmark = { changeDb: Infinity, ratio: Infinity };
  for (const { reader, softenings } of sourcesOf(material, settings)) {
    const played = await playPath(path, readingOf(reader, transposition));
    const ring = softened(played, reference, softenings);
    landmark = ring.landmark;
    if (severity(landmark) >= WANTED_SEVERITY) continue;
    return {
      family: 'bed',
      naming: 'bed',
      index,
      variant: '',
      sound: ring.sound,
      loop: { kind: 'ring' },
      ...placeOf(path, material),
      transposition,
      targetPeakDb: settings.global.target_peak_dbfs,
    };
  }
  const [changeDb, ratio] = [landmark.changeDb, landmark.ratio].map((figure) => Number(figure.toFixed(1)));
  return { family: 'bed', reason: { code: 'something-stands-out', changeDb, ratio } };
}

/** What a bed may be made of. */
interface BedSource {
  readonly reader: SoundReader;
  /** How often it may be softened. */
  readonly softenings: number;
}

/** In the order in which they are tried. */
function sourcesOf({ reader }: Material, { pre_analysis }: BedSettings): BedSource[] {
  const lasting = { reader: harmonicReader(reader), softenings: SOFTER.length };
  if (pre_analysis.separate === 'harmonic') return [lasting];
  return [{ reader, softenings: MIX_SOFTENINGS }, lasting];
}

function readingOf(reader: SoundReader, semitones: number): Reading {
  const { frameCount, sampleRate } = reader;
  return {
    frameCount,
    sampleRate,
    read: (start, count) => stretchRange(reader, start, count, { factor: 1, semitones }),
  };
}

/** The ring, evened and in its source's colour, as little softened as keeps anything from standing out. */
function softened(
  played: Sound,
  { colour }: Reference,
  softenings: number,
): { sound: Sound; landmark: Landmark } {
  const frames = framesOf(played);
  const soft = (softness: Softness) => {
    const sound = soften(played, frames, softness, colour);
    evenLevel(sound.channels, { width: RIDING_SEC * sound.sampleRate, ...RIDING });
    return { sound, landmark: landmarkOf(sound) };
  };
  let ring = soft(AS_IT_IS);
  if (softenings < SOFTER.length && severity(ring.landmark) > MOST_SEVERE) return ring;
  for (let i = 0; i < softenings && severity(ring.landmark) >= WANTED_SEVERITY; i++) ring = soft(SOFTER[i]);
  return ring;
}

/** From the first moment that is played to the last, and how still the source is where it is played. */
function placeOf(
  path: readonly Stretch[],
  { analysis, reader }: Material,
): Pick<Texture, 'origin' | 'stability'> {
  const still = stabilityOf(analysis);
  const end = (i: number) => path[i].start + path[i].step + path[(i + 1) % path.length].overlap;
  const rated = path.map(({ start }, i) => still(start, end(i) - start).score);
  return {
    origin: {
      startSec: Math.min(...path.map(({ start }) => start)) / reader.sampleRate,
      endSec: Math.min(reader.frameCount, Math.max(...path.map((_, i) => end(i)))) / reader.sampleRate,
    },
    stability: rated.reduce((sum, score) => sum + score, 0) / rated.length,
  };
}
