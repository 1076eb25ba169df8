import { frameCount } from '../../dsp/sound.ts';
import { encodeWav } from '../../formats/wav-writer.ts';
import { playedAlone } from '../played-alone.ts';
import { roundLoop } from '../round-loop.ts';
import type { DeviceOptions, FittedSample, OutputFile } from '../target.ts';
import { wavFacts } from '../wav-facts.ts';
import { GUARD_FRAMES } from './presets.ts';

/** The WAV file of a sample; its slot names no other. */
export function encodePresetSample(
  [{ slot, sound, random }]: readonly FittedSample[],
  options: DeviceOptions,
): OutputFile[] {
  const { texture, shape, file } = slot;
  const { sampler, ...facts } = wavFacts(texture, sound, options);
  // The preset says the key and its cents. The chunk counts them upward alone, from the note below a root that is flat, which
  // a reader that leaves the fraction out would take for the key.
  const root = sampler?.root ? { note: playedAlone(texture, options).rootKey, cents: 0 } : null;
  const loopFrames = frameCount(sound);
  const bytes = encodeWav(texture.loops ? roundLoop(sound, loopFrames + GUARD_FRAMES) : sound, {
    bitDepth: shape!.bitDepth,
    ...facts,
    sampler: sampler && { ...sampler, root, loopFrames },
    random,
  });
  return [{ path: file, bytes }];
}
