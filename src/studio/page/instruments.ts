/** Instruments of what was chosen, for a software sampler. */
import { announce, byId, element } from '../../report/page/element.ts';
import { getInstrumentFormats, postInstrument } from './api.ts';
import { backend, type Unanswered } from './backend.ts';
import { showKitMessage } from './kit-message.ts';
import { counted } from './words.ts';

/** @param exportId whose textures they play; @param name of the kit, which they bear too */
export function createInstruments(exportId: () => string, name: () => string): { open(): Promise<void> } {
  const format = byId<HTMLSelectElement>('instrument-format');
  const button = byId<HTMLButtonElement>('instrument-make');

  async function make(): Promise<void> {
    button.disabled = true;
    showKitMessage('making instruments…');
    try {
      const { give } = backend();
      const request = { export: exportId(), format: format.value, name: name() };
      const { folder, count, problems } = await postInstrument({ ...request, force: true });
      const where = give ? `${await give(folder)} is among your downloads: unpack it` : `in ${folder}`;
      const words = `${counted(count, 'instrument')}, ${where}. ${problems.join(' ')}`.trim();
      showKitMessage(words);
      announce(words);
    } catch (error) {
      showKitMessage((error as Unanswered).message);
    }
    button.disabled = false;
  }

  button.addEventListener('click', () => void make());
  return {
    async open() {
      const { formats } = await getInstrumentFormats();
      format.replaceChildren(...formats.map(({ id, sampler }) => element('option', { value: id }, sampler)));
    },
  };
}
