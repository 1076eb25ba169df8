import { type ZipFile, zipOf } from '../../formats/stored-zip.ts';
import { planForKeyboard } from '../keyboard-plan.ts';
import type { PlayerTarget, ReadSample } from '../target.ts';
import type { Instrument } from '../zones.ts';
import { MULTISAMPLE_XML, multisampleText } from './multisample.ts';

/** A .multisample a preset, which holds its samples. Loop and root stand in its XML. */
export const bitwig: PlayerTarget = {
  kind: 'player',
  id: 'bitwig',
  sampler: 'Bitwig',
  isPartOfBatch: true,
  usualScopes: ['palette'],
  samples: 'inside',
  plan: (textures, leftOut, options) => planForKeyboard(textures, leftOut, '', options),
  encode: async (samples, options) =>
    (await import('../player-sample.ts')).encodePlayerSample(samples, options),
  async index(samples, options, read) {
    const { instrumentPresets } = await import('../presets.ts');
    return instrumentPresets(samples, options).map(({ instrument, title, file }) => ({
      path: `${file}.multisample`,
      plays: instrument,
      contents: zipOf(multisample(instrument, title, read)),
    }));
  },
};

async function* multisample(
  instrument: Instrument,
  title: string,
  read: ReadSample,
): AsyncGenerator<ZipFile> {
  yield { name: MULTISAMPLE_XML, bytes: new TextEncoder().encode(multisampleText(instrument, title)) };
  for (const { sample } of instrument.groups.flatMap(({ zones }) => zones)) {
    yield { name: sample.file, bytes: await read(sample.file) };
  }
}
