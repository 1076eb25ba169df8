import type { Analysis } from '../../analysis/analysis.ts';
import type { RootEstimate } from '../../analysis/root.ts';
import { sourceTexture } from '../../analysis/source-texture.ts';
import { type StabilityLimit, stableRegions } from '../../analysis/stability.ts';
import { likelyRoot } from '../../analysis/tonality.ts';
import { semitonesToKey } from '../../analysis/transposition.ts';
import { pow } from '../../dsp/maths.ts';
import type { Random } from '../../dsp/random.ts';
import { frameCount, type SoundReader } from '../../dsp/sound.ts';
import { type NoSteadyTempo, wantedLengths } from '../shared/wanted-lengths.ts';
import type { Made, Maker, RandomFor, Skipped, Texture } from '../texture.ts';
import { type Character, characterOf, TRAITS } from './characters.ts';
import type { Grain, GrainPool, GrainSource, TimeRange } from './grain.ts';
import { drawGrains } from './grains.ts';
import { grainShifts, pitchClassProfile } from './pitch.ts';
import { renderCloud } from './ring.ts';
import type { CloudSettings } from './settings.ts';
import { Colours } from './tell-apart.ts';

/** Why a source gives no grains. */
type NoGrains =
  | { readonly code: 'nothing-but-silence' }
  /** Limits of `pre_analysis` that rejected all of it, the one that rejected most first. */
  | { readonly code: 'nothing-clean-enough'; readonly gates: readonly StabilityLimit[] }
  /** The longest region to cut from is this long, and the shortest grain longer. */
  | { readonly code: 'regions-too-short'; readonly longestSec: number };

/** Why a source gives fewer clouds than were asked for. */
export type CloudReason = NoSteadyTempo | NoGrains | { readonly code: 'silent-grains' };

/**
 * Shortest and longest grain where the settings leave that open, and the shortest of all where there is no room for more. With 400
 * and 1200, clouds of a chord that trembles are 2.9, 3.6 and 5.2 dB flatter within thirds than it is, with these 1.2, 0.9 and 3.8; of
 * 90 clouds of songs and tones eleven moved more than 1.3 times as much as their source, with these eight at most.
 */
const SHORT_GRAIN_MS = 600;
const LONG_GRAIN_MS = 2000;
const LEAST_GRAIN_MS = 50;
/** Most material that one source's clouds are cut from, s; a longer one gives pieces from all over it. */
const MOST_MATERIAL_SEC = 60;
/** Golden ratio: where each cloud's movement begins in that of the source, as far as can be from where others do. */
const GOLDEN = (Math.sqrt(5) - 1) / 2;
/** Length of such a piece, s. */
const PIECE_SEC = 6;

/**
 * Granular clouds of one source: `clouds_per_source` rings, each of grains from the source's stable regions.
 * A stereo source gives stereo clouds, a mono one mono.
 */
export const makeClouds: Maker<CloudSettings, CloudReason> = async function* (
  material,
  settings,
  randomFor,
): AsyncIterable<Made<CloudReason>> {
  const { clouds } = settings;
  const { reader, analysis } = material;
  const pool = grainPool(analysis, settings, randomFor);
  if ('reason' in pool) {
    yield pool;
    return;
  }
  const { lengths, reason } = wantedLengths(
    [clouds.cloud_duration_sec],
    settings.musicality,
    analysis.tempo,
    reader.sampleRate,
  );
  if (reason) yield skipped(reason);
  const sources = await readStretches(reader, pool.stretches);
  const made = {
    madeLike: sourceTexture(sources.map(({ sound }) => sound)),
    momentRoot: rootOf(sources),
  };
  let index = 0;
  for (const { frames } of lengths) {
    const colours = new Colours(made.madeLike?.spread);
    for (let part = 0; part < clouds.clouds_per_source; part++) {
      index++;
      const grains = drawGrains(pool, frames, settings, part, randomFor('cloud', index));
      yield grains
        ? {
            ...cloudTexture(grains, pool, sources, frames, index, characterOf(part), colours, settings),
            ...made,
          }
        : skipped({ code: 'silent-grains' });
    }
  }
};

function cloudTexture(
  grains: readonly Grain[],
  pool: GrainPool,
  sources: readonly GrainSource[],
  frames: number,
  index: number,
  character: Character,
  colours: Colours,
  settings: CloudSettings,
): Texture {
  const { clouds } = settings;
  const { sampleRate } = pool.analysis;
  let start = Number.POSITIVE_INFINITY;
  let end = 0;
  let stability = 0;
  for (const grain of grains) {
    start = Math.min(start, grain.start);
    end = Math.max(end, grain.start + grain.length * pow(2, grain.semitones / 12));
    stability += pool.stretches[grain.stretch].stability / grains.length;
  }
  return {
    family: 'cloud',
    naming: 'cloud',
    index,
    variant: character,
    sound: renderCloud(
      grains,
      sources,
      frames,
      clouds.stereo_spread,
      clouds.lowpass_hz,
      (index * GOLDEN) % 1,
      (levels) => colours.tellApart(levels, TRAITS[character].tiltsDb),
    ),
    loop: { kind: 'ring' },
    origin: { startSec: start / sampleRate, endSec: Math.min(end, pool.analysis.frameCount) / sampleRate },
    stability,
    ...(pool.transposition !== 0 && { transposition: pool.transposition }),
    targetPeakDb: clouds.target_peak_dbfs,
  };
}

/** What the source offers to grains, or why it offers nothing. */
function grainPool(
  analysis: Analysis,
  settings: CloudSettings,
  randomFor: RandomFor,
): GrainPool | Skipped<NoGrains> {
  const { clouds, pre_analysis } = settings;
  const { sampleRate } = analysis;
  if (!analysis.power.some((power) => power > 0)) return skipped({ code: 'nothing-but-silence' });
  const { regions: stable, excluded } = stableRegions(analysis, pre_analysis);
  if (stable.length === 0) {
    const counts = Object.entries(excluded) as [StabilityLimit, number][];
    const limits = counts.sort(([, one], [, other]) => other - one).map(([limit]) => limit);
    return skipped({ code: 'nothing-clean-enough', gates: limits });
  }
  const transposition = semitonesToKey(analysis.key, settings.musicality.target_key);
  const highest = pow(2, (transposition + clouds.pitch_shift_range.max) / 12);
  const longestRegion = stable.reduce((most, { start, end }) => Math.max(most, end - start), 0);
  const room = Math.floor(longestRegion / highest);
  const { shortest, longest } = grainLengths(clouds, sampleRate, room);
  if (room < shortest) {
    return skipped({ code: 'regions-too-short', longestSec: longestRegion / sampleRate });
  }
  const usable = stable.filter(({ start, end }) => end - start >= longest * highest);
  const stretches = spreadPieces(usable, sampleRate, randomFor('cloud', 'pieces'));
  const shift = grainShifts(clouds.pitch_shift_range, pitchClassProfile(analysis.chroma, stretches));
  return { analysis, stretches, shortest, longest, transposition, shift };
}

/**
 * Grains long enough for the lines of a chord to stay apart, 2 Hz wide and no faster in their movement, unless the settings ask
 * for others; shorter ones where there is no room.
 * @param room the longest there is room for, samples, as is what is returned
 */
function grainLengths(
  { grain_length_min_ms: min, grain_length_max_ms: max }: CloudSettings['clouds'],
  sampleRate: number,
  room: number,
): { shortest: number; longest: number } {
  const samples = (milliseconds: number) => Math.max(2, Math.round((milliseconds * sampleRate) / 1000));
  const longest = Math.max(
    2,
    Math.min(
      max === null && min === null ? Math.round(room / 4) : room,
      samples(max ?? Math.max(LONG_GRAIN_MS, 3 * (min ?? 0))),
    ),
  );
  if (min !== null) return { shortest: samples(min), longest };
  const wanted = Math.min(samples(SHORT_GRAIN_MS), Math.round(longest / 3));
  return { shortest: Math.max(samples(Math.min(LEAST_GRAIN_MS, max ?? LEAST_GRAIN_MS)), wanted), longest };
}

/** The regions as they are, or pieces from all over them where they are more than is read. */
function spreadPieces(regions: readonly TimeRange[], sampleRate: number, random: Random): TimeRange[] {
  const most = MOST_MATERIAL_SEC * sampleRate;
  const total = regions.reduce((sum, { start, end }) => sum + end - start, 0);
  if (total <= most) return regions.slice();
  const pieces = regions.flatMap(({ start, end, stability }) => {
    const count = Math.max(1, Math.floor((end - start) / (PIECE_SEC * sampleRate)));
    return Array.from({ length: count }, (_, i) => ({
      start: start + Math.floor(((end - start) * i) / count),
      end: start + Math.floor(((end - start) * (i + 1)) / count),
      stability,
      order: random.uniform() * Math.max(0.05, stability),
    }));
  });
  pieces.sort((one, other) => other.order - one.order);
  let taken = 0;
  const kept = pieces.filter(({ start, end }) => {
    if (taken > 0 && taken + end - start > most) return false;
    taken += end - start;
    return true;
  });
  return kept.sort((one, other) => one.start - other.start);
}

/** Root of the longest stretch, for all clouds: grains an octave up would else be another note, or the same in another octave. */
function rootOf(sources: readonly GrainSource[]): RootEstimate | null {
  const longest = sources.reduce((most, one) =>
    frameCount(one.sound) > frameCount(most.sound) ? one : most,
  );
  return likelyRoot(longest.sound);
}

async function readStretches(reader: SoundReader, stretches: readonly TimeRange[]): Promise<GrainSource[]> {
  const sources: GrainSource[] = [];
  for (const { start, end } of stretches) {
    sources.push({ start, sound: await reader.read(start, end - start) });
  }
  return sources;
}

function skipped<Why extends CloudReason>(reason: Why): Skipped<Why> {
  return { family: 'cloud', reason };
}
