import { groupedBy } from '../../groups.ts';
import { planForDevice } from '../device-plan.ts';
import { drumsName, isHit } from '../hits.ts';
import type { DeviceOptions, DeviceTarget, MadeSample } from '../target.ts';

const FORM = { sampleEnding: '.wav', bitDepths: [16, 24] } as const;

/** Keygroup programs of the MPC beside their samples: one a texture, on all keys, and one for all hits of a folder. */
export const mpc: DeviceTarget = {
  kind: 'device',
  id: 'mpc',
  ...FORM,
  samples: 'files',
  contradictions: ({ chunks }) =>
    chunks.value?.includes('smpl') ? [] : [['chunks', 'must hold smpl, where programs take loops from']],
  plan: (textures, options, leftOut) => planForDevice(textures, options, leftOut, FORM),
  encode: async (samples, options) =>
    (await import('../wav-folder/encode.ts')).encodeSample(samples, options),
  async index(samples, options) {
    const { MOST_KEYGROUPS, hitsProgram, textureProgram } = await import('./program.ts');
    const hits = samples.filter(({ slot }) => isHit(slot.texture, options.families));
    const alone = samples.filter((sample) => !hits.includes(sample));
    return [
      ...alone.map((sample) => ({
        path: `${sample.slot.file.slice(0, -FORM.sampleEnding.length)}.xpm`,
        plays: null,
        contents: textureProgram(sample, options),
      })),
      ...drumKits(hits, MOST_KEYGROUPS, options).map(({ path, samples: own }) => ({
        path,
        plays: null,
        contents: hitsProgram(own, path),
      })),
    ];
  },
};

/** A program finds samples in its own folder alone, and holds so many. */
function drumKits(hits: readonly MadeSample[], most: number, { profile }: Pick<DeviceOptions, 'profile'>) {
  const folders = groupedBy(hits, ({ slot }) => slot.file.slice(0, slot.file.lastIndexOf('/') + 1));
  return [...folders].flatMap(([folder, own]) =>
    Array.from({ length: Math.ceil(own.length / most) }, (_, i) => ({
      path: `${folder}${drumsName(i + 1, profile)}.xpm`,
      samples: own.slice(i * most, (i + 1) * most),
    })),
  );
}
