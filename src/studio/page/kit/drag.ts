/** Textures dragged from one place of the page to another, and out of it. */
import { element } from '../../../report/page/element.ts';
import type { Texture } from '../../protocol.ts';
import { createDraggedFiles } from './dragged-files.ts';

/** What a dragged texture is called among the things that are dragged. */
const DRAGGED = 'application/x-afterglow-texture';

const files = createDraggedFiles();

/** Lets a texture be dragged out of an element. @param dragged what lies under a press; null: nothing, and nothing is dragged */
export function makeDraggable(
  from: HTMLElement,
  dragged: (press: PointerEvent | DragEvent) => Texture | null,
): void {
  from.draggable = true;
  from.addEventListener(
    'pointerdown',
    (event) => {
      const texture = dragged(event);
      // Where nothing lies, a press may mean something else, as to move the map; a finger moves or scrolls.
      from.draggable = texture !== null && event.pointerType === 'mouse' && !event.shiftKey;
      if (texture) files.prepare(texture);
    },
    { capture: true },
  );
  from.addEventListener('dragstart', (event) => {
    const texture = dragged(event);
    const { dataTransfer } = event;
    if (!texture || !dataTransfer) {
      event.preventDefault();
      return;
    }
    dataTransfer.effectAllowed = 'copyMove';
    dataTransfer.setData(DRAGGED, texture.id);
    const file = files.address(texture);
    if (file) dataTransfer.setData('DownloadURL', file);
    showName(dataTransfer, texture);
  });
}

/** What hangs on the pointer. */
function showName(dataTransfer: DataTransfer, { title, family }: Texture): void {
  const label = element('span', { class: 'drag-label', 'data-family': family }, title);
  document.body.append(label);
  dataTransfer.setDragImage(label, -12, 8);
  setTimeout(() => label.remove());
}

/** Takes what is dropped on an element. */
export function acceptDrop(slot: HTMLElement, onDrop: (id: string) => void): void {
  slot.addEventListener('dragover', (event) => {
    if (!event.dataTransfer?.types.includes(DRAGGED)) return;
    event.preventDefault();
    slot.classList.add('wanted');
  });
  slot.addEventListener('dragleave', () => slot.classList.remove('wanted'));
  slot.addEventListener('drop', (event) => {
    event.preventDefault();
    const id = event.dataTransfer?.getData(DRAGGED);
    if (id) onDrop(id);
  });
}
