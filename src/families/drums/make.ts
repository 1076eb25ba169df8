/** Drum hits, each cut whole out of its source, once, and each labelled. */
import type { Analysis } from '../../analysis/analysis.ts';
import { CLEAR_ENOUGH_TO_SAY, isClear } from '../../analysis/confidence.ts';
import { estimateRoot, type RootEstimate } from '../../analysis/root.ts';
import { segmentFigures } from '../../analysis/segments.ts';
import { statedLevel } from '../../analysis/song-level.ts';
import { amplitudeToDb, peak } from '../../dsp/levels.ts';
import type { Sound, SoundReader } from '../../dsp/sound.ts';
import type { Made, Maker } from '../texture.ts';
import { cutHit, type DrumHit, layOutHits } from './cut.ts';
import { findHits } from './hits.ts';
import { estimateKind, type KindEstimate, LISTENED_SEC } from './kind.ts';
import { type AttackPrint, attackPrint, isSameHit } from './repeats.ts';
import type { DrumSettings } from './settings.ts';
import { COMPARED_SEC, hitPlace, mostDifferent } from './variety.ts';

/** Why a source gives no hits at all. */
export type DrumReason =
  | { readonly code: 'no-hits' }
  /** All hits are shorter than `drum_miner.min_length_sec`. */
  | { readonly code: 'hits-too-short'; readonly hits: number; readonly minLengthSec: number }
  /** All those long enough stay under `drum_miner.min_peak_db`, dBFS. */
  | { readonly code: 'hits-too-quiet'; readonly hits: number; readonly minPeakDb: number };

/** A hit whose peak is this far under that of its source is bleed, dB. */
const FAINT_DB = 20;
/** A hit has its peak this soon after its attack, s. */
const STRUCK_SEC = 0.05;
/** Of so many hits for each that is kept, the most different ones are held against each other wave by wave, which costs their square. */
const COMPARED_PER_KEPT = 4;

/**
 * Mines the hits of a source in the order in which they are played: `max_saved_per_file` of them at most, the
 * loudest, and of these the `max_hits_per_source` most different. What is played again is taken once, where it rings longest.
 */
export const mineDrums: Maker<DrumSettings, DrumReason> = async function* (
  { reader, analysis },
  settings,
): AsyncIterable<Made<DrumReason>> {
  const { drum_miner: miner } = settings;
  const { sampleRate } = reader;
  const attacks = await findHits(reader, analysis, miner);
  const all = layOutHits(attacks, reader.frameCount, sampleRate, miner);
  // What is short beside others is cut off; a file that is one hit is a sample, however short.
  const isOneShot = all.length === 1;
  const shortest = isOneShot ? 0 : miner.min_length_sec * sampleRate;
  const longEnough = all.filter(({ attack, end }) => end - attack >= shortest);
  const fullScaleDb = statedLevel(analysis, 0);
  const leastDb = leastPeak(analysis, miner);
  const loud = longEnough.filter((hit) => amplitudeToDb(peakOf(hit, analysis)) - fullScaleDb >= leastDb);
  if (loud.length === 0) {
    yield { family: 'drum', reason: whyNone(all.length, longEnough.length, leastDb, miner) };
    return;
  }
  const strongest = loudest(loud, analysis, miner.max_saved_per_file);
  let index = 0;
  for (const hit of await mostVaried(reader, strongest, miner)) {
    const cut = await cutHit(reader, hit, miner);
    const kind = estimateKind(await readHit(reader, hit));
    yield {
      family: 'drum',
      naming: 'drum',
      index: ++index,
      variant: '',
      sound: cut.sound,
      loop: null,
      kind,
      origin: { startSec: cut.start / sampleRate, endSec: cut.end / sampleRate },
      stability: null,
      root: rootOf(cut.sound, kind),
      targetPeakDb: settings.global.target_peak_dbfs,
    };
  }
};

/** A hit as it sounds until the next one: how slowly it dies says more of it than what is cut. */
async function readHit(reader: SoundReader, { attack, next }: DrumHit): Promise<Sound> {
  return reader.read(attack, Math.min(next - attack, Math.round(LISTENED_SEC * reader.sampleRate)));
}

/** Largest sample of what is struck, to the cell: what swells up later is no hit. */
function peakOf({ attack, end }: DrumHit, { hop, sampleRate, peak: peaks }: Analysis): number {
  const last = Math.min(end, attack + STRUCK_SEC * sampleRate);
  let largest = 0;
  for (let cell = Math.floor(attack / hop); cell < Math.ceil(last / hop); cell++) {
    largest = Math.max(largest, peaks[cell]);
  }
  return largest;
}

/**
 * Under which peak hits are bleed, dBFS in the file: what the settings state, or {@link FAINT_DB} under the source's own.
 */
function leastPeak(analysis: Analysis, { min_peak_db: stated }: DrumSettings['drum_miner']): number {
  if (stated !== null) return stated;
  const loudest = segmentFigures(analysis).peak(0, analysis.frameCount);
  return amplitudeToDb(loudest) - statedLevel(analysis, 0) - FAINT_DB;
}

/** The loudest so many, in the order in which they are played. */
function loudest(hits: readonly DrumHit[], analysis: Analysis, count: number): DrumHit[] {
  return hits
    .toSorted((one, other) => peakOf(other, analysis) - peakOf(one, analysis))
    .slice(0, count)
    .sort((one, other) => one.attack - other.attack);
}

/** Every hit once, and no more of them than are wanted: the most different. In the order in which they are played. */
async function mostVaried(
  reader: SoundReader,
  hits: readonly DrumHit[],
  { max_hits_per_source: most }: DrumSettings['drum_miner'],
): Promise<readonly DrumHit[]> {
  if (most === 'all') return withoutRepeats(reader, hits);
  const compared = await furthestApart(reader, hits, COMPARED_PER_KEPT * most);
  return furthestApart(reader, await withoutRepeats(reader, compared), most);
}

/** The most different so many, begun with the one that rings longest. */
async function furthestApart(
  reader: SoundReader,
  hits: readonly DrumHit[],
  count: number,
): Promise<readonly DrumHit[]> {
  if (hits.length <= count) return hits;
  const longestFirst = hits.toSorted(byRinging);
  const places: Float32Array[] = [];
  for (const hit of longestFirst) {
    const excerpt = await reader.read(
      hit.attack,
      Math.min(hit.end - hit.attack, Math.round(COMPARED_SEC * reader.sampleRate)),
    );
    places.push(hitPlace(excerpt, (hit.end - hit.attack) / reader.sampleRate));
  }
  const taken = mostDifferent(places, count).map((i) => longestFirst[i]);
  return taken.sort((one, other) => one.attack - other.attack);
}

/** Every hit once: of those that are one sample, that which has most time to ring. */
async function withoutRepeats(reader: SoundReader, hits: readonly DrumHit[]): Promise<DrumHit[]> {
  const kept: { hit: DrumHit; print: AttackPrint }[] = [];
  for (const hit of hits.toSorted(byRinging)) {
    const print = attackPrint(await reader.read(hit.attack, hit.end - hit.attack));
    if (!kept.some((other) => isSameHit(print, other.print))) kept.push({ hit, print });
  }
  return kept.map(({ hit }) => hit).sort((one, other) => one.attack - other.attack);
}

/** Those that ring longest first, then as they are played. */
function byRinging(one: DrumHit, other: DrumHit): number {
  return other.end - other.attack - (one.end - one.attack) || one.attack - other.attack;
}

/** The root of what is tuned; metal rings in partials that belong to no note. */
function rootOf(sound: Sound, { kind }: KindEstimate): RootEstimate | null {
  if (kind === 'hat' || kind === 'cymbal' || peak(sound) === 0) return null;
  const root = estimateRoot(sound);
  return isClear(root, CLEAR_ENOUGH_TO_SAY.hitRoot) ? root : null;
}

function whyNone(
  found: number,
  longEnough: number,
  minPeakDb: number,
  miner: DrumSettings['drum_miner'],
): DrumReason {
  if (found === 0) return { code: 'no-hits' };
  if (longEnough === 0) return { code: 'hits-too-short', hits: found, minLengthSec: miner.min_length_sec };
  return { code: 'hits-too-quiet', hits: longEnough, minPeakDb: Number(minPeakDb.toFixed(1)) };
}
