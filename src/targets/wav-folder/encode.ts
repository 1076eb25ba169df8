import { encodeWav, type WavOptions } from '../../formats/wav-writer.ts';
import type { Profile } from '../profile.ts';
import type { DeviceOptions, FittedSample, OutputFile } from '../target.ts';

/** The WAV file of a sample; its slot names no other. */
export function encodeSample(
  [{ slot, sound, random }]: readonly FittedSample[],
  { profile, software }: DeviceOptions,
): OutputFile[] {
  const { texture, shape, file } = slot;
  const bytes = encodeWav(sound, {
    bitDepth: shape!.bitDepth,
    metadata: chunkPolicy(profile),
    sampler: { loop: texture.loops, root: texture.root },
    info: { name: texture.name ?? texture.fileName, software, source: texture.sourcePath },
    random,
  });
  return [{ path: file, bytes }];
}

/** Which chunks are written beside the sound: none where nobody knows what the device makes of them. */
function chunkPolicy({ chunks }: Profile): WavOptions['metadata'] {
  return chunks.value ?? 'none';
}
