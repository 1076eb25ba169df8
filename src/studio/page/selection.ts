/** Going from texture to texture, and what follows when another one is selected. */
import { byId } from '../../report/page/element.ts';
import type { Texture } from '../protocol.ts';
import { getNeighbours } from './api.ts';
import type { Compare } from './compare.ts';
import type { Decisions } from './decisions.ts';
import type { Details } from './details.ts';
import type { PaletteList } from './list.ts';
import type { PaletteMap } from './map.ts';
import type { PaletteStore } from './palette-store.ts';
import type { Pictures } from './pictures.ts';
import { remember } from './remembered.ts';
import type { Song } from './song.ts';
import type { SoundSystem } from './sound-system.ts';
import { isList, isOn } from './switches.ts';

/** Neighbours that lines are drawn to, and that are named. */
const NEAR = 5;
/** Rows before and after the selected one whose sounds are fetched ahead. */
const AHEAD = [1, 2, -1, 3];

interface SelectionParts {
  readonly store: PaletteStore;
  readonly decisions: Decisions;
  readonly sound: SoundSystem;
  readonly map: PaletteMap;
  readonly list: PaletteList;
  readonly details: Details;
  readonly pictures: Pictures;
  readonly song: Song;
  readonly compare: Compare;
}

export interface Selection {
  select(texture: Texture, isFocused?: boolean): void;
  /** To another texture; it plays where that is wished, or where something plays already. */
  go(texture: Texture, isFocused?: boolean): void;
}

export function createSelection(parts: SelectionParts): Selection {
  const { store, sound, list } = parts;

  function select(texture: Texture, isFocused = false): void {
    store.selected.set(texture);
    list.select(texture.id, isFocused && isList());
  }
  store.selected.watch((texture) => {
    show(texture, parts);
    if (!texture) return;
    remember('selected', texture.id);
    window.setTimeout(() => void showMore(texture, parts), 0);
  });
  return {
    select,
    go(texture, isFocused = false) {
      const plays = sound.player.sounding.get() !== null;
      select(texture, isFocused);
      if (plays || isOn('as-i-go')) void sound.playback.play(texture);
    },
  };
}

/** What the page knows by itself. */
function show(texture: Texture | null, parts: SelectionParts): void {
  const { store, decisions, sound, map, details, pictures, song, compare } = parts;
  details.show(texture, texture ? decisions.of(texture.id) : {}, store.palette());
  compare.show(texture);
  map.select(texture?.id ?? null, []);
  if (!texture) return;
  song.show(texture);
  sound.piano.setRoot(texture.root?.note ?? null);
  byId('sound-problem').hidden = true;
  byId<HTMLButtonElement>('seam').disabled = texture.loop === null;
  byId<HTMLButtonElement>('layer').disabled = texture.loop === null;
  pictures.show(texture, sound.sounds.peek(texture));
}

/** What the server is asked for, once one rests on a texture: its sound, those around it, and what sounds alike. */
async function showMore(texture: Texture, parts: SelectionParts): Promise<void> {
  const { store, sound, map, details, pictures } = parts;
  const isStill = () => store.selected.get()?.id === texture.id;
  if (!isStill()) return;
  sound.sounds.prepare([texture, ...around(texture, parts)]);
  try {
    const samples = await sound.sounds.get(texture);
    if (isStill()) pictures.show(texture, samples);
    const { neighbours } = await getNeighbours(texture.id);
    if (!isStill()) return;
    const near = neighbours.flatMap(({ id }) => store.texture(id) ?? []).slice(0, NEAR);
    details.showSimilar(near);
    map.select(
      texture.id,
      near.map(({ id }) => id),
    );
  } catch (error) {
    byId('sound-problem').textContent = (error as Error).message;
    byId('sound-problem').hidden = !isStill();
  }
}

/** Where one may go next, the likeliest first. */
function around(texture: Texture, { store, map }: SelectionParts): Texture[] {
  const shown = store.shown.get();
  const at = shown.findIndex(({ id }) => id === texture.id);
  const ways = (['left', 'right', 'up', 'down'] as const).map((way) => map.towards(way));
  const rows = AHEAD.map((by) => shown[at + by]);
  const next = isList() ? [...rows, ...ways] : [...ways, ...rows];
  return next.filter((one) => !!one);
}
