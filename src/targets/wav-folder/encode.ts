import { encodeWav } from '../../formats/wav-writer.ts';
import type { DeviceOptions, FittedSample, OutputFile } from '../target.ts';

/** The WAV file of a sample; its slot names no other. */
export function encodeSample(
  [{ slot, sound, random }]: readonly FittedSample[],
  { profile, software }: DeviceOptions,
): OutputFile[] {
  const { texture, shape, file } = slot;
  // Nothing where nobody knows what the device makes of it.
  const chunks = profile.chunks.value ?? [];
  const tellsLoop = chunks.includes('smpl');
  const bytes = encodeWav(sound, {
    bitDepth: shape!.bitDepth,
    metadata: chunks.includes('info') ? 'full' : tellsLoop ? 'smpl' : 'none',
    sampler: tellsLoop ? { loop: texture.loops, root: texture.root } : { loop: false, root: null },
    info: { name: texture.name ?? texture.fileName, software, source: texture.sourcePath },
    random,
  });
  return [{ path: file, bytes }];
}
