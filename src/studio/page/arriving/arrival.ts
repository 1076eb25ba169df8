/** Where sounds come in: dropped anywhere on the page, chosen, or the demo's. */
import { byId } from '../../../report/page/element.ts';
import type { Brought } from '../../inside/messages.ts';
import { droppedFiles } from './dropped-files.ts';

interface ArrivalHandlers {
  onBrought(brought: readonly Brought[]): Promise<void>;
  onDemo(): Promise<void>;
}

/** While it is looked what there is, and the engine may still be starting. */
const READING = 'looking at your files…';

/** Shows how sounds come in, until some have. */
export function createArrival({ onBrought, onDemo }: ArrivalHandlers): void {
  const words = byId('arrival-words');
  const hint = words.textContent;
  const receive = async (receiving: Promise<void>, meanwhile: string) => {
    // What is pressed next is meant for the page.
    (document.activeElement as HTMLElement | null)?.blur();
    words.textContent = meanwhile;
    try {
      await receiving;
      document.documentElement.classList.remove('arriving');
      words.textContent = hint;
    } catch (error) {
      words.textContent = (error as Error).message;
    }
  };
  const bring = async (brought: readonly Brought[]) => {
    if (brought.length === 0) throw new Error('There is no file in it.');
    await onBrought(brought);
  };
  for (const id of ['choose-files', 'choose-folder']) {
    const input = byId<HTMLInputElement>(id);
    input.addEventListener('change', () => {
      void receive(bring(filesOf(input)), READING);
      input.value = '';
    });
  }
  const demo = byId<HTMLButtonElement>('try-it');
  demo.addEventListener('click', () => {
    demo.disabled = true;
    void receive(onDemo(), 'making the demo’s sounds; that takes a few seconds…').finally(() => {
      demo.disabled = false;
    });
  });
  addEventListener('dragover', (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    document.documentElement.classList.add('dragging-files');
  });
  addEventListener('dragleave', ({ relatedTarget }) => {
    if (relatedTarget === null) document.documentElement.classList.remove('dragging-files');
  });
  addEventListener('drop', (event) => {
    document.documentElement.classList.remove('dragging-files');
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    void receive(droppedFiles(event.dataTransfer).then(bring), READING);
  });
}

function filesOf({ files }: HTMLInputElement): Brought[] {
  return [...(files ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
}
