/** Where sounds come in: dropped anywhere on the page, chosen, or the demo's. */
import { byId } from '../../../report/page/element.ts';
import type { Brought } from '../../inside/messages.ts';
import { droppedFiles } from './dropped-files.ts';

interface ArrivalHandlers {
  onBrought(brought: readonly Brought[]): Promise<void>;
  onDemo(): Promise<void>;
}

/** Shows how sounds come in, until some have. */
export function createArrival({ onBrought, onDemo }: ArrivalHandlers): void {
  const words = byId('arrival-words');
  const hint = words.textContent;
  const receive = async (receiving: Promise<void>) => {
    // What is pressed next is meant for the page.
    (document.activeElement as HTMLElement | null)?.blur();
    try {
      await receiving;
      document.documentElement.classList.remove('arriving');
      words.textContent = hint;
    } catch (error) {
      words.textContent = (error as Error).message;
    }
  };
  const bring = async (brought: readonly Brought[]) => {
    if (brought.length > 0) await onBrought(brought);
  };
  for (const id of ['choose-files', 'choose-folder']) {
    const input = byId<HTMLInputElement>(id);
    input.addEventListener('change', () => {
      void receive(bring(filesOf(input)));
      input.value = '';
    });
  }
  byId('try-it').addEventListener('click', () => void receive(onDemo()));
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
    void receive(droppedFiles(event.dataTransfer).then(bring));
  });
}

function filesOf({ files }: HTMLInputElement): Brought[] {
  return [...(files ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
}
