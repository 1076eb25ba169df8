/** Textures dragged from one place of the page to another. */

/** What a dragged texture is called among the things that are dragged. */
const DRAGGED = 'application/x-afterglow-texture';

/** Lets a texture be dragged out of an element. */
export function makeDraggable(from: HTMLElement, id: () => string | null): void {
  from.draggable = true;
  from.addEventListener('dragstart', (event) => {
    const dragged = id();
    if (dragged === null) event.preventDefault();
    else event.dataTransfer?.setData(DRAGGED, dragged);
  });
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
