import { encodeWav } from '../../formats/wav-writer.ts';
import { chainedSound, layoutOf } from '../chained-sound.ts';
import { type LayOut, tightLayout } from '../sample-layout.ts';
import type { DeviceOptions, FittedSample, OutputFile } from '../target.ts';
import { wavFacts } from '../wav-facts.ts';

/** The WAV file of a sample, or of several as slices. */
export function encodeSample(
  samples: readonly FittedSample[],
  options: DeviceOptions,
  layOut: LayOut = tightLayout,
): OutputFile[] {
  const [{ slot, random }] = samples;
  const { texture, sound, slices } = chainedSound(samples, layoutOf(samples, layOut, options.profile));
  const cues = slices?.map(({ start }) => start);
  const bytes = encodeWav(sound, {
    bitDepth: slot.shape!.bitDepth,
    ...wavFacts(texture, sound, options, cues),
    random,
  });
  return [{ path: slot.file, bytes }];
}
