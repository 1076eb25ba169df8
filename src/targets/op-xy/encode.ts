import { frameCount } from '../../dsp/sound.ts';
import { encodeWav } from '../../formats/wav-writer.ts';
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
  const loopFrames = frameCount(sound);
  const bytes = encodeWav(texture.loops ? roundLoop(sound, loopFrames + GUARD_FRAMES) : sound, {
    bitDepth: shape!.bitDepth,
    ...facts,
    sampler: sampler && { ...sampler, loopFrames },
    random,
  });
  return [{ path: file, bytes }];
}
