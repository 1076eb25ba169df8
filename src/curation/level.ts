import type { Settings } from '../config/settings.ts';
import {
  addHump,
  addOffset,
  amplify,
  amplitudeToDb,
  dbToAmplitude,
  type Levels,
  levelsFrom,
  levelsOf,
  scale,
} from '../dsp/levels.ts';
import { loudness } from '../dsp/loudness.ts';
import { FRESH, type Lender } from '../dsp/rooms.ts';
import { frameCount, type Sound } from '../dsp/sound.ts';
import { truePeak } from '../dsp/true-peak.ts';
import { ProcessingError } from '../errors.ts';
import type { Texture } from '../families/texture.ts';

/**
 * No true peak is set higher, whatever the target: -0.0005 dB, so that rounding and dither of a 16-bit file
 * (two steps at most) cannot clip.
 */
const LARGEST_AMPLITUDE = 1 - 2 ** -14;
/** A texture that peaks under this, -90 dBFS, is silence: bringing it up would only bring up rounding noise. */
const SILENT_PEAK = dbToAmplitude(-90);

export interface Levelled {
  readonly sound: Sound;
  readonly levels: Levels;
  /** True peak of the sound, as an amplitude; of a loop, as it goes round. */
  readonly truePeak: number;
  /** Of a loop as it goes round; -Infinity for silence. */
  readonly lufs: number;
}

/**
 * A texture's sound without DC and at its level: true peak at `texture.targetPeakDb`, or at the loudness that the settings
 * ask for, as far as that ceiling allows. Silence stays as it is.
 *
 * Loops of one family and source are to be equally loud, but each is finished alone, whatever its siblings are: so the
 * loudness is a fixed one, low enough for nearly all of them (docs/SOUND-QUALITY.md, "Levels").
 * @param inPlace whether its sound may become that
 * @param lender of its arrays where not
 * @throws ProcessingError where a sample is not a finite number
 */
export function levelTexture(
  texture: Texture,
  settings: Settings['global'],
  inPlace = false,
  lender: Lender = FRESH,
): Levelled {
  const loops = texture.loop !== null;
  const { peak, means } = levelsOf(texture.sound);
  if (!Number.isFinite(peak)) {
    throw new ProcessingError(
      `The ${texture.family} came out with samples that are no numbers, so it was not written; this is a fault of the engine, please report it.`,
      { context: { family: texture.family, variant: texture.variant, index: texture.index } },
    );
  }
  const centred = withoutDc(texture.sound, means, loops, inPlace ? null : lender);
  const { sound } = centred;
  const before = truePeak(sound, loops, centred.levels.peak);
  if (before < SILENT_PEAK) return { ...centred, truePeak: before, lufs: loudness(sound, loops) };
  const toCeiling = Math.min(dbToAmplitude(texture.targetPeakDb), LARGEST_AMPLITUDE) / before;
  // Loudness has an absolute gate: what is soft yet is measured as it will be.
  for (const channel of sound.channels) scale(channel, toCeiling);
  const atCeiling = loudness(sound, loops);
  const wanted = wantedLufs(texture, settings);
  const down = wanted === null ? 0 : Math.min(0, wanted - atCeiling);
  const sums = sound.channels.map((channel) => amplify(channel, dbToAmplitude(down)));
  return {
    sound,
    levels: levelsFrom(sums, frameCount(sound)),
    truePeak: before * toCeiling * dbToAmplitude(down),
    lufs: atCeiling + down,
  };
}

/** The loudness that a texture is brought to, LUFS; null where its peak alone is asked for. */
function wantedLufs(
  { loop, targetPeakDb }: Texture,
  { normalization, target_lufs, target_peak_dbfs }: Settings['global'],
): number | null {
  if (normalization === 'loudness') return target_lufs;
  if (normalization === 'peak' || loop === null) return null;
  return target_lufs + targetPeakDb - target_peak_dbfs;
}

/** Level of a true peak, dBTP. */
export function truePeakDb({ truePeak }: Levelled): number {
  return amplitudeToDb(truePeak);
}

/**
 * The sound with the mean of each channel at zero. In place where nobody lends arrays.
 *
 * A loop has its mean subtracted. A one-shot has it subtracted as one smooth bump over its whole length, too
 * slow to be heard, so that ends at zero stay at zero: no step, no click.
 */
function withoutDc(
  { sampleRate, channels }: Sound,
  means: readonly number[],
  loops: boolean,
  lender: Lender | null,
): Pick<Levelled, 'sound' | 'levels'> {
  const frames = channels[0].length;
  const outputs = lender ? channels.map(() => lender.floats(frames)) : channels;
  const sums = channels.map((channel, c) =>
    loops ? addOffset(channel, -means[c], outputs[c]) : addHump(channel, -means[c], outputs[c]),
  );
  return { sound: { sampleRate, channels: outputs }, levels: levelsFrom(sums, frames) };
}
