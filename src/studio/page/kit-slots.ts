/** The places of the tray: filled by keys, by dragging, and emptied again. */
import { byId, element } from '../../report/page/element.ts';
import type { Texture } from '../protocol.ts';
import { slotCount, slotName } from './slots.ts';

/** What a dragged texture is called among the things that are dragged. */
const DRAGGED = 'application/x-afterglow-texture';
/** Keys 1 to 9, then 0. */
const KEYED = 10;

export interface KitSlots {
  setDevice(profile: string): void;
  /** @returns the place's name */
  put(id: string, place?: number): string;
  fill(ids: readonly (string | null)[]): void;
  ids(): readonly (string | null)[];
  /** Names as they will be, and why some are left out, by id. */
  tell(names: ReadonlyMap<string, string>, leftOut: ReadonlyMap<string, string>): void;
}

export function createKitSlots(
  hand: { texture(id: string): Texture | undefined; onChoose(id: string): void },
  onChange: () => void,
): KitSlots {
  const tray = byId('kit-slots');
  let profile = '';
  let filled: (string | null)[] = [];
  let names: ReadonlyMap<string, string> = new Map();
  let leftOut: ReadonlyMap<string, string> = new Map();

  function set(place: number, id: string | null): void {
    while (filled.length <= place) filled.push(null);
    if (id !== null) filled = filled.map((other) => (other === id ? null : other));
    filled[place] = id;
    draw();
    onChange();
  }

  function draw(): void {
    // One more than is filled, so that there is always room to lay one more.
    const last = filled.findLastIndex((id) => id !== null);
    const count = Math.max(slotCount(profile), last + 2);
    const focused = [...tray.children].findIndex((slot) => slot.contains(document.activeElement));
    tray.replaceChildren(...Array.from({ length: count }, (_, place) => slotOf(place)));
    if (focused >= 0) tray.children[focused]?.querySelector('button')?.focus();
  }

  function slotOf(place: number): HTMLElement {
    const id = filled[place] ?? null;
    const texture = id === null ? undefined : hand.texture(id);
    const name = slotName(profile, place);
    const slot = element('li', { class: texture ? `slot ${texture.family}` : 'slot empty' });
    const told = texture ? (names.get(texture.id) ?? texture.name) : '';
    const face = element('button', {
      ...{ type: 'button', class: 'face' },
      'aria-label': texture ? `${name}: ${texture.title}, as ${told}` : `${name}: empty`,
    });
    const key = place < KEYED ? `${(place + 1) % 10}` : '';
    const head = element('span', { class: 'slot-head' });
    head.append(element('span', { class: 'slot-name' }, name), element('kbd', {}, key));
    face.append(head, element('span', { class: 'slot-file' }, told));
    face.addEventListener('click', () => texture && hand.onChoose(texture.id));
    slot.append(face);
    if (texture) fillSlot(slot, face, texture, place);
    acceptDrop(slot, (dropped) => set(place, dropped));
    return slot;
  }

  function fillSlot(slot: HTMLElement, face: HTMLElement, texture: Texture, place: number): void {
    const reason = leftOut.get(texture.id);
    if (reason) {
      slot.classList.add('left-out');
      face.title = reason;
    }
    const empty = element('button', { type: 'button', class: 'take-out' }, 'out');
    empty.setAttribute('aria-label', `Take ${texture.title} out of ${slotName(profile, place)}`);
    empty.addEventListener('click', () => set(place, null));
    face.addEventListener('keydown', (event) => {
      if (event.key === 'Backspace' || event.key === 'Delete') set(place, null);
    });
    makeDraggable(slot, () => texture.id);
    slot.append(empty);
  }

  return {
    ids: () => filled,
    setDevice(next) {
      profile = next;
      draw();
    },
    put(id, place) {
      const free = filled.indexOf(null);
      const at = place ?? (filled.includes(id) ? filled.indexOf(id) : free < 0 ? filled.length : free);
      set(at, id);
      return slotName(profile, at);
    },
    fill(ids) {
      filled = [...ids];
      draw();
    },
    tell(nextNames, nextLeftOut) {
      names = nextNames;
      leftOut = nextLeftOut;
      draw();
    },
  };
}

/** Lets a texture be dragged out of an element. */
export function makeDraggable(from: HTMLElement, id: () => string | null): void {
  from.draggable = true;
  from.addEventListener('dragstart', (event) => {
    const dragged = id();
    if (dragged === null) event.preventDefault();
    else event.dataTransfer?.setData(DRAGGED, dragged);
  });
}

function acceptDrop(slot: HTMLElement, onDrop: (id: string) => void): void {
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
