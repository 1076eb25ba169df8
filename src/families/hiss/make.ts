import type { Analysis } from '../../analysis/analysis.ts';
import { songLevelDb } from '../../analysis/song-level.ts';
import { type SourceTexture, sourceTexture } from '../../analysis/source-texture.ts';
import { filterCircular } from '../../dsp/filter.ts';
import type { Random } from '../../dsp/random.ts';
import { evenLevel } from '../../dsp/riding.ts';
import { tremoloRing, wholeCycles } from '../../dsp/ring.ts';
import { frameCount, type Sound } from '../../dsp/sound.ts';
import { type NoSteadyTempo, wantedLengths } from '../shared/wanted-lengths.ts';
import type { Made, Maker, RandomFor, Skipped, Texture } from '../texture.ts';
import { type HissBand, hissBand } from './band.ts';
import { cutFlickers } from './flickers.ts';
import { noiseRing } from './ring.ts';
import type { HissSettings } from './settings.ts';
import { flatSpectra, type HissSpectra, hissFrameLength, hissSpectra, withFlatNoise } from './spectra.ts';

/** Why there is no hiss in a source; `synthetic` where synthetic noise stands in, and only flickers are missing. */
type NoHiss =
  | { readonly code: 'too-short-for-a-hit'; readonly synthetic: boolean }
  /** Nothing in the band is louder than the floor, dB re the level of the source. */
  | {
      readonly code: 'no-hiss-in-band';
      readonly synthetic: boolean;
      readonly floorDb: number;
      readonly lowHz: number;
      readonly highHz: number;
    };

/** Why a source gives less hiss than was asked for. */
export type HissReason =
  | NoSteadyTempo
  | NoHiss
  /** The band begins above what the engine's rate can hold, by this setting of `hiss`. */
  | {
      readonly code: 'hiss-band-empty';
      readonly setting: 'bandpass_low_hz' | 'highpass_hz';
      readonly hz: number;
      readonly sampleRateHz: number;
    }
  | {
      readonly code: 'few-flickers';
      readonly made: number;
      readonly wanted: number;
      readonly minMs: number;
    };

/** Most material analysed, s: the liveliest stretch of a longer source. */
const MOST_MATERIAL_SEC = 12;
/** Quieter than this within the band, the loudest hit holds no hiss worth lifting, dB re the level of its source. */
const LEAST_LEVEL_DB = -52;
/** Level is ridden over this time, s, before the tremolo. */
const RIDING_SEC = 0.1;
const RIDING_LIMIT_DB = 3;

/**
 * Hiss of one drum source: `hiss_loops_per_source` rings of noise in the colours of its hits, then
 * `flicker_count` short moments of the hits themselves. Where the source holds no hiss, synthetic noise
 * stands in for the loops, if the settings allow it.
 */
export const makeHiss: Maker<HissSettings, HissReason> = async function* (
  material,
  settings,
  randomFor,
): AsyncIterable<Made<HissReason>> {
  const { reader, analysis } = material;
  const { hiss } = settings;
  const band = hissBand(hiss, reader.sampleRate);
  if (!band) {
    yield skipped(bandEmpty(hiss, reader.sampleRate));
    return;
  }
  const { sampleRate } = reader;
  const { start, count } = liveliest(analysis);
  const excerpt = await reader.read(start, count);
  const origin = { startSec: start / sampleRate, endSec: (start + count) / sampleRate };
  const noise = { band, sampleRate, tempo: analysis.tempo, origin };
  const floorDb = songLevelDb(analysis) + LEAST_LEVEL_DB;
  const measured = count < hissFrameLength(sampleRate) ? null : hissSpectra(excerpt, band, floorDb);
  if (measured) {
    const spectra = hiss.use_synthetic_noise
      ? withFlatNoise(measured, hiss.synthetic_noise_level_db)
      : measured;
    yield* hissLoops(
      { ...noise, spectra, variant: '', madeLike: sourceTexture([excerpt]) },
      settings,
      randomFor,
    );
    yield* flickers(excerpt, start, analysis, band, floorDb, settings, randomFor);
    return;
  }
  const synthetic = hiss.use_synthetic_noise;
  const reason: NoHiss =
    count < hissFrameLength(sampleRate)
      ? { code: 'too-short-for-a-hit', synthetic }
      : {
          code: 'no-hiss-in-band',
          synthetic,
          floorDb: LEAST_LEVEL_DB,
          lowHz: Math.round(band.lowHz),
          highHz: Math.round(band.highHz),
        };
  if (!synthetic) {
    yield skipped(reason);
    return;
  }
  const spectra = flatSpectra(band, sampleRate, reader.channelCount);
  yield* hissLoops({ ...noise, spectra, variant: 'synthetic' }, settings, randomFor);
  if (hiss.flicker_count > 0) yield skipped(reason);
};

/**
 * Hiss loops of synthetic noise alone, for a run without any drums; none where the settings forbid them.
 * They come from no source: their origin is empty.
 * @param channelCount 1 or 2; two channels are independent
 */
export function* makeSyntheticHiss(
  sampleRate: number,
  channelCount: number,
  settings: HissSettings,
  randomFor: RandomFor,
): Generator<Made<HissReason>> {
  if (!settings.hiss.use_synthetic_noise) return;
  const band = hissBand(settings.hiss, sampleRate);
  if (!band) {
    yield skipped(bandEmpty(settings.hiss, sampleRate));
    return;
  }
  const spectra = flatSpectra(band, sampleRate, channelCount);
  const origin = { startSec: 0, endSec: 0 };
  yield* hissLoops(
    { spectra, band, sampleRate, tempo: null, origin, variant: 'synthetic' },
    settings,
    randomFor,
  );
}

/** What loops are made of. */
interface Noise {
  readonly spectra: HissSpectra;
  readonly band: HissBand;
  readonly sampleRate: number;
  readonly tempo: Analysis['tempo'];
  readonly origin: Texture['origin'];
  readonly variant: string;
  /** Left out where nothing of a source is in it. */
  readonly madeLike?: SourceTexture | null;
}

function* hissLoops(
  { spectra, band, sampleRate, tempo, origin, variant, madeLike }: Noise,
  settings: HissSettings,
  randomFor: RandomFor,
): Generator<Made<NoSteadyTempo>> {
  const { hiss, musicality } = settings;
  const { lengths, reason } = wantedLengths([hiss.loop_duration_sec], musicality, tempo, sampleRate);
  if (reason) yield skipped(reason);
  for (let index = 1; index <= lengths.length * hiss.hiss_loops_per_source; index++) {
    const { frames } = lengths[Math.floor((index - 1) / hiss.hiss_loops_per_source)];
    yield {
      family: 'hiss',
      naming: 'hiss_loop',
      index,
      variant,
      sound: hissLoop(spectra, band, frames, hiss, sampleRate, randomFor('hiss_loop', index)),
      loop: { kind: 'ring' },
      origin,
      stability: null,
      ...(madeLike && { madeLike }),
      targetPeakDb: settings.global.target_peak_dbfs,
    };
  }
}

function hissLoop(
  spectra: HissSpectra,
  band: HissBand,
  frames: number,
  hiss: HissSettings['hiss'],
  sampleRate: number,
  random: Random,
): Sound {
  const noise = noiseRing(spectra, frames, sampleRate, random);
  const channels = filterCircular(noise.channels, band.sections);
  evenLevel(channels, { width: Math.round(RIDING_SEC * sampleRate), limitDb: RIDING_LIMIT_DB, passes: 2 });
  const cycles = wholeCycles(hiss.tremolo_rate_hz, frames, sampleRate);
  if (cycles > 0) tremoloRing(channels, cycles, hiss.tremolo_depth, random.uniform());
  return { sampleRate, channels };
}

function* flickers(
  excerpt: Sound,
  excerptStart: number,
  analysis: Analysis,
  band: HissBand,
  floorDb: number,
  settings: HissSettings,
  randomFor: RandomFor,
): Generator<Made<HissReason>> {
  const { hiss } = settings;
  const { sampleRate } = excerpt;
  const found = cutFlickers(excerpt, excerptStart, analysis, band, hiss, floorDb, randomFor);
  for (const [i, { sound, start }] of found.entries()) {
    const startSec = (excerptStart + start) / sampleRate;
    yield {
      family: 'hiss',
      naming: 'hiss_flicker',
      index: i + 1,
      variant: '',
      sound,
      loop: null,
      origin: { startSec, endSec: startSec + frameCount(sound) / sampleRate },
      stability: null,
      targetPeakDb: settings.global.target_peak_dbfs,
    };
  }
  if (found.length < hiss.flicker_count) {
    const { flicker_count: wanted, flicker_min_ms: minMs } = hiss;
    yield skipped({ code: 'few-flickers', made: found.length, wanted, minMs });
  }
}

/** The stretch of a source with the most attacks, by the sum of its onset strength. */
function liveliest({ onsetStrength, hop, sampleRate, frameCount: frames }: Analysis) {
  const count = Math.min(frames, MOST_MATERIAL_SEC * sampleRate);
  const cells = Math.floor(count / hop);
  let sum = 0;
  let most = 0;
  let start = 0;
  for (let cell = 0; cell < onsetStrength.length; cell++) {
    sum += onsetStrength[cell];
    if (cell >= cells) sum -= onsetStrength[cell - cells];
    if (cell + 1 >= cells && sum > most) {
      most = sum;
      start = (cell + 1 - cells) * hop;
    }
  }
  return { start: Math.min(start, frames - count), count };
}

function bandEmpty(hiss: HissSettings['hiss'], sampleRateHz: number): HissReason {
  const setting = hiss.use_bandpass ? 'bandpass_low_hz' : 'highpass_hz';
  return { code: 'hiss-band-empty', setting, hz: hiss[setting], sampleRateHz };
}

function skipped<Why extends HissReason>(reason: Why): Skipped<Why> {
  return { family: 'hiss', reason };
}
