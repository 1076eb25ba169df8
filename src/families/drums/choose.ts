/** Which hits of a source are kept: loud ones, each once, and no more of them than are wanted. */
import type { Analysis } from '../../analysis/analysis.ts';
import { segmentFigures } from '../../analysis/segments.ts';
import { statedLevel } from '../../analysis/song-level.ts';
import { amplitudeToDb } from '../../dsp/levels.ts';
import type { SoundReader } from '../../dsp/sound.ts';
import { readRanges } from '../shared/read-ranges.ts';
import type { DrumHit } from './cut.ts';
import { ATTACK_SEC, type AttackPrint, attackPrint, isSameHit } from './repeats.ts';
import type { DrumSettings } from './settings.ts';
import { COMPARED_SEC, hitPlace, mostDifferent, PLACE_FIGURES } from './variety.ts';

type Miner = DrumSettings['drum_miner'];

/** A hit whose peak is this far under that of its source is bleed, dB. */
const FAINT_DB = 20;
/** A hit has its peak this soon after its attack, s. */
const STRUCK_SEC = 0.05;
/** Of so many hits for each that is kept, the most different ones are held against each other wave by wave. */
const COMPARED_PER_KEPT = 4;

/**
 * Under which peak hits are bleed, dBFS in the file: what the settings state, or {@link FAINT_DB} under the source's own.
 */
export function leastPeak(analysis: Analysis, { min_peak_db: stated }: Miner): number {
  if (stated !== null) return stated;
  const loudest = segmentFigures(analysis).peak(0, analysis.frameCount);
  return amplitudeToDb(loudest) - statedLevel(analysis, 0) - FAINT_DB;
}

/** Largest sample of what is struck, to the cell: what swells up later is no hit. */
export function peakOf({ attack, end }: DrumHit, { hop, sampleRate, peak: peaks }: Analysis): number {
  const last = Math.min(end, attack + STRUCK_SEC * sampleRate);
  let largest = 0;
  for (let cell = Math.floor(attack / hop); cell < Math.ceil(last / hop); cell++) {
    largest = Math.max(largest, peaks[cell]);
  }
  return largest;
}

/** Of so many hits the loudest that are wanted, each once, and of these the most different; as they are played. */
export async function chosenHits(
  reader: SoundReader,
  analysis: Analysis,
  hits: readonly DrumHit[],
  { max_saved_per_file: mostSaved, max_hits_per_source: most }: Miner,
): Promise<readonly DrumHit[]> {
  const strongest = loudest(hits, analysis, mostSaved);
  if (most === 'all') return withoutRepeats(reader, strongest);
  const compared = await furthestApart(reader, strongest, COMPARED_PER_KEPT * most);
  return furthestApart(reader, await withoutRepeats(reader, compared), most);
}

/** The loudest so many, in the order in which they are played. */
function loudest(hits: readonly DrumHit[], analysis: Analysis, count: number): readonly DrumHit[] {
  if (hits.length <= count) return hits;
  const peaks = new Map(hits.map((hit) => [hit, peakOf(hit, analysis)]));
  return hits
    .toSorted((one, other) => peaks.get(other)! - peaks.get(one)!)
    .slice(0, count)
    .sort(byTime);
}

/** The most different so many, begun with the one that rings longest. */
async function furthestApart(
  reader: SoundReader,
  hits: readonly DrumHit[],
  count: number,
): Promise<readonly DrumHit[]> {
  if (hits.length <= count) return hits;
  const { sampleRate } = reader;
  const longest = Math.round(COMPARED_SEC * sampleRate);
  const compared = hits.map((hit) => ({ hit, ...beginning(hit, longest) }));
  const figures = new Float32Array(PLACE_FIGURES * hits.length);
  const places = new Map<DrumHit, Float32Array>();
  for await (const [{ hit }, excerpt] of readRanges(reader, compared)) {
    const from = PLACE_FIGURES * places.size;
    const place = figures.subarray(from, from + PLACE_FIGURES);
    places.set(hit, hitPlace(excerpt, (hit.end - hit.attack) / sampleRate, place));
  }
  const longestFirst = hits.toSorted(byRinging);
  const taken = mostDifferent(
    longestFirst.map((hit) => places.get(hit)!),
    count,
  );
  return taken.map((i) => longestFirst[i]).sort(byTime);
}

/**
 * Every hit once: of those that are one sample, that which has most time to ring. Two hits cost some microseconds, and a
 * transform only where their spectra allow them to be alike.
 */
async function withoutRepeats(reader: SoundReader, hits: readonly DrumHit[]): Promise<DrumHit[]> {
  const longest = Math.round(ATTACK_SEC * reader.sampleRate);
  const attacks = hits.map((hit) => ({ hit, ...beginning(hit, longest) }));
  const prints = new Map<DrumHit, AttackPrint>();
  for await (const [{ hit }, attack] of readRanges(reader, attacks)) prints.set(hit, attackPrint(attack));
  const kept: DrumHit[] = [];
  for (const hit of hits.toSorted(byRinging)) {
    const print = prints.get(hit)!;
    if (!kept.some((other) => isSameHit(print, prints.get(other)!))) kept.push(hit);
  }
  return kept.sort(byTime);
}

/** The first so many frames of a hit, or all of it. */
function beginning({ attack, end }: DrumHit, longest: number) {
  return { start: attack, length: Math.min(end - attack, longest) };
}

/** As they are played. */
function byTime(one: DrumHit, other: DrumHit): number {
  return one.attack - other.attack;
}

/** Those that ring longest first, then as they are played. */
function byRinging(one: DrumHit, other: DrumHit): number {
  return other.end - other.attack - (one.end - one.attack) || byTime(one, other);
}
