import { encodeWav, type WavOptions } from '../../formats/wav-writer.ts';
import { planForDevice } from '../device-plan.ts';
import type { Profile } from '../profile.ts';
import type { DeviceTarget } from '../target.ts';

const FORM = { sampleEnding: '.wav', bitDepths: [16, 24] } as const;

/** WAV files where the device looks; loop and root stand in their `smpl` chunk, where the device reads or bears one. */
export const wavFolder: DeviceTarget = {
  kind: 'device',
  id: 'wav-folder',
  ...FORM,
  samples: 'files',
  contradictions: ({ loops, chunks }) =>
    loops.value === 'points' && chunks.value !== 'smpl' && chunks.value !== 'full'
      ? [['chunks', 'must be smpl or full where loops is points']]
      : [],
  plan: (textures, options, leftOut) => planForDevice(textures, options, leftOut, FORM),
  encode([{ slot, sound, random }], { profile, software }) {
    const { texture, shape, file } = slot;
    const bytes = encodeWav(sound, {
      bitDepth: shape!.bitDepth,
      metadata: chunkPolicy(profile),
      sampler: { loop: texture.loops, root: texture.root },
      info: { name: texture.name ?? texture.fileName, software, source: texture.sourcePath },
      random,
    });
    return [{ path: file, bytes }];
  },
  index: () => [],
};

/** Which chunks are written beside the sound: none where nobody knows what the device makes of them. */
function chunkPolicy({ chunks }: Profile): WavOptions['metadata'] {
  return chunks.value ?? 'none';
}
