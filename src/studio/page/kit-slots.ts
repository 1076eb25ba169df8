/** The places of the tray: filled by keys, by dragging, and emptied again. */
import { byId } from '../../report/page/element.ts';
import type { Texture } from '../protocol.ts';
import { createSlot } from './kit-slot.ts';
import { slotCount, slotName } from './slots.ts';

export interface KitSlots {
  setDevice(profile: string): void;
  /** @returns the place's name */
  put(id: string, place?: number): string;
  fill(ids: readonly (string | null)[]): void;
  ids(): readonly (string | null)[];
  /** Shows names as they will be, and why some are left out, by id. */
  showPlan(names: ReadonlyMap<string, string>, leftOut: ReadonlyMap<string, string>): void;
}

export function createKitSlots(
  handlers: { texture(id: string): Texture | undefined; onChoose(id: string): void },
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
    tray.replaceChildren(...Array.from({ length: count }, (_, place) => slotAt(place)));
    if (focused >= 0) tray.children[focused]?.querySelector('button')?.focus();
  }
  function slotAt(place: number): HTMLElement {
    const id = filled[place] ?? null;
    const texture = id === null ? undefined : handlers.texture(id);
    const content = texture
      ? { texture, file: names.get(texture.id) ?? texture.name, leftOut: leftOut.get(texture.id) }
      : null;
    return createSlot(
      { place, name: slotName(profile, place), content },
      {
        onChoose: handlers.onChoose,
        onDrop: (dropped) => set(place, dropped),
        onEmpty: () => set(place, null),
      },
    );
  }

  return {
    ids: () => filled,
    setDevice(next) {
      profile = next;
      draw();
    },
    put(id, place) {
      const at = place ?? freePlace(filled, id);
      set(at, id);
      return slotName(profile, at);
    },
    fill(ids) {
      filled = [...ids];
      draw();
    },
    showPlan(nextNames, nextLeftOut) {
      names = nextNames;
      leftOut = nextLeftOut;
      draw();
    },
  };
}

/** Where a texture lies already, else the first empty place, else behind the last. */
function freePlace(filled: readonly (string | null)[], id: string): number {
  if (filled.includes(id)) return filled.indexOf(id);
  const free = filled.indexOf(null);
  return free < 0 ? filled.length : free;
}
