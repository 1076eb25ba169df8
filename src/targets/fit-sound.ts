import { amplify } from '../dsp/levels.ts';
import type { Random } from '../dsp/random.ts';
import { resample } from '../dsp/resample.ts';
import { resampleRing } from '../dsp/resample-ring.ts';
import { frameCount, type Sound } from '../dsp/sound.ts';
import { truePeak } from '../dsp/true-peak.ts';
import { placeWrap } from '../loops/place-wrap.ts';
import { seamSeverity } from '../loops/seam.ts';
import { measureSeam } from '../loops/seam-meter.ts';
import type { Adaptation } from './adaptation.ts';
import { fitChannels } from './fit-channels.ts';
import { fitLoopLength, fitShotLength } from './fit-length.ts';
import { fitPitch, moveAdaptations, type PitchMove } from './fit-pitch.ts';
import type { LeftOutReason } from './left-out.ts';
import type { WantedShape } from './shape.ts';

/** What became of a sound on its way into a kit. */
export type Fitted =
  | {
      readonly sound: Sound;
      /** What was done to it, in this order; nothing where it fitted. */
      readonly adaptations: readonly Adaptation[];
    }
  | { readonly leftOut: LeftOutReason };

/** No sample of a 16-bit file clips by its dither under this. */
const LARGEST_AMPLITUDE = 1 - 2 ** -14;

/**
 * Brings a sound into the shape that a device takes: channels, pitch, length, rate, in this order. A loop still closes
 * afterwards: where its wrap has come to lie between samples that differ much, it is turned. The true peak is no higher
 * than before.
 *
 * Depth is not its matter: that is dithered where it is written.
 *
 * @param loops the whole sound goes round
 * @param random the random numbers for phases that have to be randomised
 * @param move how it is moved in pitch; null: not at all
 */
export function fitSound(
  sound: Sound,
  loops: boolean,
  shape: WantedShape,
  random: Random,
  move: PitchMove | null = null,
): Fitted {
  if (frameCount(sound) === 0) return { leftOut: { code: 'empty' } };
  const ceiling = Math.min(truePeak(sound, loops), LARGEST_AMPLITUDE);
  const mixed = fitChannels(sound, shape.channelCount);
  const moved = move === null ? mixed.sound : fitPitch(mixed.sound, loops, move, shape.sampleRate);
  const most =
    shape.longestFrames === null
      ? Infinity
      : Math.floor((shape.longestFrames * moved.sampleRate) / shape.sampleRate);
  if (most < 1) return { leftOut: { code: 'no-room' } };
  const shortened = loops ? fitLoopLength(moved, most, random) : fitShotLength(moved, most);
  if (!shortened) return { leftOut: { code: 'too-little-left' } };
  const convert = loops ? resampleRing : resample;
  const converted = convert(shortened.sound, shape.sampleRate);
  const adaptations = [
    mixed.adaptation,
    ...(move === null ? [] : moveAdaptations(move)),
    shortened.adaptation,
    rateChange(sound, shape),
  ].filter((adaptation) => adaptation !== null);
  if (adaptations.length === 0) return { sound, adaptations };
  const isRestless = loops && seamSeverity(measureSeam(converted, null)) > 1;
  const finished = isRestless ? placeWrap(converted, null).sound : converted;
  return {
    sound: under(finished, ceiling, loops),
    adaptations: isRestless ? [...adaptations, { code: 'rotated' }] : adaptations,
  };
}

function rateChange({ sampleRate }: Sound, shape: WantedShape): Adaptation | null {
  if (sampleRate === shape.sampleRate) return null;
  return { code: 'resampled', fromHz: sampleRate, toHz: shape.sampleRate };
}

/** The sound turned down, where need be, until its true peak keeps to a ceiling. */
function under(sound: Sound, ceiling: number, loops: boolean): Sound {
  const peak = truePeak(sound, loops);
  if (peak <= ceiling) return sound;
  const channels = sound.channels.map((channel) => {
    const turnedDown = channel.slice();
    amplify(turnedDown, ceiling / peak);
    return turnedDown;
  });
  return { sampleRate: sound.sampleRate, channels };
}
