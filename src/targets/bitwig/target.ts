import { planForKeyboard } from '../keyboard-plan.ts';
import type { PlayerTarget, ReadSample } from '../target.ts';
import type { Instrument } from '../zones.ts';
import { MULTISAMPLE_XML, multisampleText } from './multisample.ts';
import { type StoredEntry, zipEnd, zipHeader } from './stored-zip.ts';

/** A .multisample a preset, which holds its samples. Loop and root stand in its XML. */
export const bitwig: PlayerTarget = {
  kind: 'player',
  id: 'bitwig',
  sampler: 'Bitwig',
  samples: 'inside',
  plan: (textures, leftOut, options) => planForKeyboard(textures, leftOut, '', options),
  encode: async (samples, options) =>
    (await import('../player-sample.ts')).encodePlayerSample(samples, options),
  async index(samples, options, read) {
    const { presetsOf } = await import('../presets.ts');
    return presetsOf(samples, options).map(({ instrument, title, file }) => ({
      path: `${file}.multisample`,
      plays: instrument,
      contents: multisample(instrument, title, read),
    }));
  },
};

/** One sample in memory at a time. */
async function* multisample(
  instrument: Instrument,
  title: string,
  read: ReadSample,
): AsyncGenerator<Uint8Array> {
  const entries: StoredEntry[] = [];
  let offset = 0;
  const pieces = (file: string, bytes: Uint8Array): Uint8Array[] => {
    const { entry, header } = zipHeader(file, bytes, offset);
    entries.push(entry);
    offset += header.length + bytes.length;
    return [header, bytes];
  };
  yield* pieces(MULTISAMPLE_XML, new TextEncoder().encode(multisampleText(instrument, title)));
  for (const { sample } of instrument.groups.flatMap(({ zones }) => zones)) {
    yield* pieces(sample.file, await read(sample.file));
  }
  yield zipEnd(entries, offset);
}
