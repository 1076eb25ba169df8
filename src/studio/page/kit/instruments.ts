/** Instruments of what was chosen, for a software sampler. */
import { announce, byId, element } from '../../../report/page/element.ts';
import type { PaletteAnswer } from '../../protocol.ts';
import { getInstrumentFormats, postInstrument } from '../backend/api.ts';
import { backend, type Unanswered } from '../backend/backend.ts';
import { counted } from '../state/words.ts';
import { showKitMessage, showKitProblem } from './kit-message.ts';

export interface Instruments {
  open(): Promise<void>;
  /** Says on the button of what they are made. */
  showOf(palette: PaletteAnswer): void;
}

/** @param exportId whose textures they play; @param name of the kit, which they bear too */
export function createInstruments(exportId: () => string, name: () => string): Instruments {
  const format = byId<HTMLSelectElement>('instrument-format');
  const button = byId<HTMLButtonElement>('instrument-make');
  let isAnythingMade = false;

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
      showKitProblem(error as Unanswered);
    }
    button.disabled = !isAnythingMade;
  }

  button.addEventListener('click', () => void make());
  return {
    showOf({ textures }) {
      const own = textures.filter(({ export: of }) => of === exportId());
      isAnythingMade = own.length > 0;
      button.disabled = !isAnythingMade;
      const isAnyChosen = own.some(({ rank }) => rank !== null);
      button.textContent = `make instruments of ${isAnyChosen ? 'the chosen' : 'all of grade A and B'}`;
    },
    async open() {
      const { formats } = await getInstrumentFormats();
      format.replaceChildren(...formats.map(({ id, sampler }) => element('option', { value: id }, sampler)));
    },
  };
}
