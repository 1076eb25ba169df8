/** Drum hits, each cut whole out of its source, once, and each labelled. */
import { CLEAR_ENOUGH_TO_SAY, isClear } from '../../analysis/confidence.ts';
import { estimateRoot, type RootEstimate } from '../../analysis/root.ts';
import { statedLevel } from '../../analysis/song-level.ts';
import { amplitudeToDb, peak } from '../../dsp/levels.ts';
import type { Sound } from '../../dsp/sound.ts';
import { isWanted, type Made, type Maker, type Unwanted } from '../texture.ts';
import { chosenHits, leastPeak, peakOf } from './choose.ts';
import { cutHit, layOutHits } from './cut.ts';
import { findHits } from './hits.ts';
import { estimateKind, type KindEstimate } from './kind.ts';
import { placedHits } from './placed.ts';
import type { DrumSettings } from './settings.ts';

/** Why a source gives no hits at all. */
export type DrumReason =
  | { readonly code: 'no-hits' }
  /** All hits are shorter than `drum_miner.min_length_sec`. */
  | { readonly code: 'hits-too-short'; readonly hits: number; readonly minLengthSec: number }
  /** All those long enough stay under `drum_miner.min_peak_db`, dBFS. */
  | { readonly code: 'hits-too-quiet'; readonly hits: number; readonly minPeakDb: number };

/**
 * Mines the hits of a source in the order in which they are played: `max_saved_per_file` of them at most, the
 * loudest, and of these the `max_hits_per_source` most different. What is played again is taken once, where it rings longest.
 */
export const mineDrums: Maker<DrumSettings, DrumReason> = async function* (
  material,
  settings,
): AsyncIterable<Made<DrumReason> | Unwanted> {
  const { drum_miner: miner } = settings;
  const { reader, analysis } = material;
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
  const hits = placedHits(material, loud, miner) ?? (await chosenHits(reader, analysis, loud, miner));
  for (const [i, hit] of hits.entries()) {
    const index = i + 1;
    if (hit === null || !isWanted(material, index)) {
      yield { family: 'drum', isWanted: false };
      continue;
    }
    const cut = await cutHit(reader, hit, miner);
    const kind = estimateKind(cut.ringing);
    yield {
      family: 'drum',
      naming: 'drum',
      index,
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
