import { kitFolderName, nameRules } from '../device-names.ts';
import { planForDevice } from '../device-plan.ts';
import { isHit } from '../hits.ts';
import type { DeviceTarget, IndexFile } from '../target.ts';

const FORM = { sampleEnding: '.wav', bitDepths: [16, 24] } as const;
/** Where the device looks for samples; kits and synths lie beside it. */
const SAMPLES = 'SAMPLES/';

/** The Deluge's card: samples, a synth for each that keys play, and a kit of all hits. */
export const deluge: DeviceTarget = {
  kind: 'device',
  id: 'deluge',
  ...FORM,
  samples: 'files',
  contradictions: ({ folder }) =>
    folder.value?.startsWith(SAMPLES) ? [] : [['folder', `must begin with ${SAMPLES}`]],
  plan: (textures, options, leftOut) => planForDevice(textures, options, leftOut, FORM),
  encode: async (samples, options) =>
    (await import('../wav-folder/encode.ts')).encodeSample(samples, options),
  async index(samples, options) {
    const { kitText, synthText } = await import('./sound.ts');
    const hits = samples.filter(({ slot }) => isHit(slot.texture, options.families));
    const synths = samples.filter((sample) => !hits.includes(sample));
    const files: IndexFile[] = synths.map((sample) => ({
      path: `SYNTHS/${sample.slot.file.slice(SAMPLES.length, -FORM.sampleEnding.length)}.XML`,
      plays: null,
      contents: synthText(sample, options),
    }));
    if (hits.length === 0) return files;
    const name = kitFolderName(options.name, nameRules(options.profile));
    return [...files, { path: `KITS/${name}.XML`, plays: null, contents: kitText(hits) }];
  },
};
