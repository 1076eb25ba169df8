import { encodeWav } from '../../formats/wav-writer.ts';
import type { DeviceOptions, FittedSample, OutputFile } from '../target.ts';
import { wavFacts } from '../wav-facts.ts';

/** The WAV file of a sample; its slot names no other. */
export function encodeSample(
  [{ slot, sound, random }]: readonly FittedSample[],
  options: DeviceOptions,
): OutputFile[] {
  const { texture, shape, file } = slot;
  const bytes = encodeWav(sound, {
    bitDepth: shape!.bitDepth,
    ...wavFacts(texture, sound, options),
    random,
  });
  return [{ path: file, bytes }];
}
