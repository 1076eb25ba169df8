import { keyboardInstruments, planForKeyboard } from '../keyboard-plan.ts';
import type { PlayerTarget, ReadSample } from '../target.ts';
import type { Instrument } from '../zones.ts';
import { MULTISAMPLE_XML, multisampleText } from './multisample.ts';
import { type StoredEntry, zipEnd, zipHeader } from './stored-zip.ts';

/** A .multisample a part, which holds its samples. Loop and root stand in its XML. */
export const bitwig: PlayerTarget = {
  kind: 'player',
  id: 'bitwig',
  sampler: 'Bitwig',
  samples: 'inside',
  plan: (textures, leftOut) => planForKeyboard(textures, leftOut, ''),
  index: (samples, options, read) =>
    keyboardInstruments(samples, options).map(({ instrument, title }) => ({
      path: `${title}.multisample`,
      plays: instrument,
      contents: multisample(instrument, title, read),
    })),
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
