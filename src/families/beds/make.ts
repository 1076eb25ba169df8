/**
 * Beds: long rings of long stretches of a source, along a path of likeness through it, that go on changing as the source
 * does and have no moment that is heard to come round again.
 */
import { harmonicReader } from '../../analysis/harmonic-reader.ts';
import { type SourceTexture, sourceTexture } from '../../analysis/source-texture.ts';
import { stabilityOf } from '../../analysis/stability-score.ts';
import { semitonesToKey } from '../../analysis/transposition.ts';
import type { Random } from '../../dsp/random.ts';
import { withRoomsUntil } from '../../dsp/rooms.ts';
import { type Sound, type SoundReader, soundReader } from '../../dsp/sound.ts';
import { stretchRange } from '../../dsp/stretch.ts';
import { COMFORTABLE_COURSE, courseSeverity } from '../../loops/course.ts';
import { NO_LANDMARK } from '../../loops/landmark.ts';
import { type NoSteadyTempo, wantedLengths } from '../shared/wanted-lengths.ts';
import type { Made, Maker, Material, SourcePart, Texture } from '../texture.ts';
import { type Finished, finishRing } from './finish.ts';
import { levelBands } from './level-bands.ts';
import { type Measures, measuresOf } from './measures.ts';
import { type Moments, momentsOf } from './moments.ts';
import { drawPath } from './path.ts';
import { type Playing, playPath, type Reading } from './play.ts';
import { type Reference, referenceOf } from './reference.ts';
import type { BedSettings } from './settings.ts';
import type { Stretch } from './stretch.ts';
import { PARTS } from './whole-cost.ts';

/** Why a source gives no bed, or fewer than were asked for. */
export type BedReason =
  | NoSteadyTempo
  | { readonly code: 'too-short-for-a-bed'; readonly seconds: number; readonly leastSec: number }
  | { readonly code: 'no-path' }
  | { readonly code: 'something-stands-out'; readonly changeDb: number; readonly ratio: number };

/** A source must be this many times as long as the shortest stretch. */
const LEAST_STRETCHES = 1.5;
/** Paths that are drawn, as long as something stands out of the one before. */
const MOST_PATHS = 2;

export const makeBeds: Maker<BedSettings, BedReason> = async function* (
  material,
  settings,
  randomFor,
): AsyncIterable<Made<BedReason>> {
  const { analysis, reader } = material;
  const { sampleRate } = reader;
  if (settings.beds.beds_per_source === 0) return;
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

/** A bed of the source as it is, or, where something in it stands out, of what lasts in it; or along another path. */
async function makeBed(
  material: Material,
  settings: BedSettings,
  { moments, measures, reference, random }: Plan,
  index: number,
): Promise<Made<BedReason>> {
  const transposition = semitonesToKey(material.analysis.key, settings.musicality.target_key);
  let best: Candidate | null = null;
  for (let i = 0; i < MOST_PATHS && !isComfortable(best); i++) {
    const path = drawPath(moments, measures, reference, random);
    if (!path) return { family: 'bed', reason: { code: 'no-path' } };
    for (const part of partsOf(settings.pre_analysis.separate)) {
      const reader = part === 'whole' ? material.reader : await lastingIn(material.reader, measures.frames);
      const { ring, width } = await playLevelled(path, readingOf(reader, transposition), measures.isWoven);
      const made: Candidate = { path, part, ...finishRing(ring, reference.colours, width) };
      if (!best || courseSeverity(made.course) < courseSeverity(best.course)) best = made;
      if (isComfortable(best)) break;
    }
  }
  if (!best || courseSeverity(best.course) >= 1) return { family: 'bed', reason: standingOut(best) };
  return {
    family: 'bed',
    naming: 'bed',
    index,
    variant: '',
    sound: best.sound,
    loop: { kind: 'ring' },
    ...placeOf(best.path, material),
    part: best.part,
    transposition,
    madeLike: await likenessOf(best.path, material.reader),
    targetPeakDb: settings.global.target_peak_dbfs,
  };
}

/** A path as it plays; of a woven one the bands are levelled, which takes all of the source. */
async function playLevelled(path: readonly Stretch[], reading: Reading, isWoven: boolean): Promise<Playing> {
  const playing = await playPath(path, reading);
  if (!isWoven) return playing;
  return withRoomsUntil(async (rooms) => {
    levelBands(playing.ring, playing.sounding, await reading.read(0, reading.frameCount, rooms));
    return playing;
  });
}

/** A bed that was tried. */
interface Candidate extends Finished {
  readonly path: readonly Stretch[];
  readonly part: SourcePart;
}

function isComfortable(candidate: Candidate | null): boolean {
  return candidate !== null && courseSeverity(candidate.course, COMFORTABLE_COURSE) <= 1;
}

/** What a bed may be made of, in the order in which they are tried. */
export function partsOf(separate: BedSettings['pre_analysis']['separate']): SourcePart[] {
  if (separate === 'off') return ['whole'];
  return separate === 'harmonic' ? ['harmonic'] : ['whole', 'harmonic'];
}

/** What lasts in a source. One that is shorter than its bed is played from again and again, so it is read but once. */
async function lastingIn(reader: SoundReader, frames: number): Promise<SoundReader> {
  const lasting = harmonicReader(reader);
  return reader.frameCount > frames ? lasting : soundReader(await lasting.read(0, reader.frameCount));
}

function readingOf(reader: SoundReader, semitones: number): Reading {
  const { frameCount, sampleRate } = reader;
  return {
    frameCount,
    sampleRate,
    read: (start, count, lender) => stretchRange(reader, start, count, { factor: 1, semitones }, lender),
  };
}

/** What stands out of the best that could be made. */
function standingOut(best: Candidate | null): BedReason {
  const { db, times } = best?.course.landmark ?? NO_LANDMARK;
  const [changeDb, ratio] = [db, times].map((figure) => Number(figure.toFixed(1)));
  return { code: 'something-stands-out', changeDb, ratio };
}

/** What a bed must go on being like: the source, as it is, where the bed plays it. */
async function likenessOf(path: readonly Stretch[], reader: SoundReader): Promise<SourceTexture | null> {
  return withRoomsUntil(async (rooms) => {
    const played: Sound[] = [];
    let end = 0;
    for (const { start, step, overlap } of path.toSorted((one, other) => one.start - other.start)) {
      const from = Math.max(start, end);
      end = Math.max(end, Math.min(reader.frameCount, start + step + overlap));
      if (end > from) played.push(await reader.read(from, end - from, rooms));
    }
    return sourceTexture(played);
  });
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
