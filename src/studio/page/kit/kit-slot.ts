/** One place of the tray. */
import { element } from '../../../report/page/element.ts';
import type { Texture } from '../../protocol.ts';
import { acceptDrop, makeDraggable } from './drag.ts';

/** Keys 1 to 9, then 0. */
const KEYED = 10;
/** So much of the end of a file's name is always shown, letters. */
const FILE_END = 7;

interface Slot {
  /** From 0. */
  readonly place: number;
  /** What the device calls it. */
  readonly name: string;
  /** Null: it is empty. */
  readonly content: {
    readonly texture: Texture;
    /** Its name in the kit. */
    readonly file: string;
    /** Why the kit leaves it out; undefined where it does not. */
    readonly leftOut: string | undefined;
  } | null;
}

interface SlotHandlers {
  onChoose(id: string): void;
  onDrop(id: string): void;
  onEmpty(): void;
}

export function createSlot({ place, name, content }: Slot, handlers: SlotHandlers): HTMLElement {
  const slot = element('li', { class: content ? 'slot' : 'slot empty' });
  const face = element('button', {
    type: 'button',
    class: 'face',
    'aria-label': content ? `${name}: ${content.texture.title}, as ${content.file}` : `${name}: empty`,
  });
  const head = element('span', { class: 'slot-head' });
  const key = place < KEYED ? `${(place + 1) % 10}` : '';
  head.append(element('span', { class: 'slot-name' }, name), element('kbd', {}, key));
  face.append(head);
  if (content) {
    const { texture, file } = content;
    // Each on a line of its own: what tells the finds of one song apart stands last, where names are cut.
    const title = element('span', { class: 'slot-title', title: texture.title });
    title.append(
      element('span', {}, texture.part),
      element('span', { class: 'slot-song' }, texture.sourceTitle),
    );
    face.append(title, fileName(file));
  }
  slot.append(face);
  if (content) fill(slot, face, name, content, handlers);
  acceptDrop(slot, handlers.onDrop);
  return slot;
}

/** A long name is cut before its end, which tells it from others. */
function fileName(file: string): HTMLElement {
  const name = element('span', { class: 'slot-file', title: file });
  name.append(element('span', {}, file.slice(0, -FILE_END)), element('span', {}, file.slice(-FILE_END)));
  return name;
}

function fill(
  slot: HTMLElement,
  face: HTMLElement,
  name: string,
  { texture, leftOut }: NonNullable<Slot['content']>,
  handlers: SlotHandlers,
): void {
  slot.dataset.family = texture.family;
  if (leftOut) {
    slot.classList.add('left-out');
    face.title = leftOut;
  }
  face.addEventListener('click', () => handlers.onChoose(texture.id));
  face.addEventListener('keydown', (event) => {
    if (event.key === 'Backspace' || event.key === 'Delete') handlers.onEmpty();
  });
  const empty = element('button', { type: 'button', class: 'take-out' }, 'out');
  empty.setAttribute('aria-label', `Take ${texture.title} out of ${name}`);
  empty.addEventListener('click', handlers.onEmpty);
  makeDraggable(slot, () => texture);
  slot.append(empty);
}
