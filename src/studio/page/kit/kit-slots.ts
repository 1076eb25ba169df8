/** The places of the tray: filled by keys, by dragging, and emptied again. */
import { byId } from '../../../report/page/element.ts';
import type { Texture } from '../../protocol.ts';
import type { History } from '../state/history.ts';
import { layOutColumns } from './kit-columns.ts';
import { createSlot } from './kit-slot.ts';
import { slotCount, slotName } from './slots.ts';

export interface KitSlots {
  device(): string;
  setDevice(profile: string): void;
  /** @returns the place's name */
  put(id: string, place?: number): string;
  /** Where the one lies, the other does from now on. */
  exchange(id: string, by: string): void;
  /** Empties places that hold a texture which is no longer there. */
  dropUnknown(): void;
  ids(): readonly (string | null)[];
  /** Shows names as they will be, and why some are left out, by id. */
  showPlan(names: ReadonlyMap<string, string>, leftOut: ReadonlyMap<string, string>): void;
}

/** @param before what the tray held when the page was last open; its textures may be gone since */
export function createKitSlots(
  handlers: {
    texture(id: string): Texture | undefined;
    onChoose(id: string): void;
    readonly history: History;
  },
  before: { readonly profile: string; readonly slots: readonly (string | null)[] },
  onChange: () => void,
): KitSlots {
  let profile = before.profile;
  let filled = before.slots;
  let names: ReadonlyMap<string, string> = new Map();
  let leftOut: ReadonlyMap<string, string> = new Map();

  const draw = () => drawSlots(slotsShown(profile, filled), slotAt);
  function show(next: readonly (string | null)[]): void {
    filled = next;
    draw();
    onChange();
  }
  function set(place: number, id: string | null): void {
    const [before, after] = [filled, withId(filled, place, id)];
    const name = slotName(profile, place);
    const title = handlers.texture(id ?? before[place] ?? '')?.title ?? 'a texture';
    handlers.history.did({
      words: `${title} ${id === null ? 'out of' : 'in'} ${name} of the kit`,
      about: null,
      undo: () => show(before),
      redo: () => show(after),
    });
    show(after);
  }
  function slotAt(place: number): HTMLElement {
    const texture = handlers.texture(filled[place] ?? '');
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
    device: () => profile,
    setDevice(next) {
      profile = next;
      draw();
    },
    put(id, place) {
      const at = place ?? freePlace(filled, id);
      set(at, id);
      return slotName(profile, at);
    },
    exchange(id, by) {
      const place = filled.indexOf(id);
      if (place >= 0) set(place, by);
    },
    dropUnknown() {
      filled = filled.map((id) => (id !== null && handlers.texture(id) ? id : null));
      draw();
    },
    showPlan(nextNames, nextLeftOut) {
      names = nextNames;
      leftOut = nextLeftOut;
      draw();
    },
  };
}

/** How many places are shown: one more than is filled, so that there is always room to lay one more. */
function slotsShown(profile: string, filled: readonly (string | null)[]): number {
  return Math.max(slotCount(profile), filled.findLastIndex((id) => id !== null) + 2);
}

/** The focus stays in its place. */
function drawSlots(count: number, slotAt: (place: number) => HTMLElement): void {
  const tray = byId('kit-slots');
  const focused = [...tray.children].findIndex((slot) => slot.contains(document.activeElement));
  tray.replaceChildren(...Array.from({ length: count }, (_, place) => slotAt(place)));
  layOutColumns(tray);
  if (focused >= 0) tray.children[focused]?.querySelector('button')?.focus();
}

/** A texture lies in one place only. @param id null: nothing */
function withId(filled: readonly (string | null)[], place: number, id: string | null): (string | null)[] {
  const next = filled.map((other) => (other === id ? null : other));
  while (next.length <= place) next.push(null);
  next[place] = id;
  return next;
}

/** Where a texture lies already, else the first empty place, else behind the last. */
function freePlace(filled: readonly (string | null)[], id: string): number {
  if (filled.includes(id)) return filled.indexOf(id);
  const free = filled.indexOf(null);
  return free < 0 ? filled.length : free;
}
