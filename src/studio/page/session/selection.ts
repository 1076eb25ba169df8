/** Going from texture to texture, and what follows when another one is selected. */
import { byId } from '../../../report/page/element.ts';
import type { Texture } from '../../protocol.ts';
import { getNeighbours } from '../backend/api.ts';
import type { CellsView } from '../cells/cells.ts';
import type { PaletteStore } from '../choosing/palette-store.ts';
import { welcome } from '../choosing/welcome.ts';
import type { Compare } from '../details/compare.ts';
import type { Details } from '../details/details.ts';
import type { Pictures } from '../details/pictures.ts';
import type { Song } from '../details/song.ts';
import type { Decisions } from '../keeping/decisions.ts';
import type { SoundSystem } from '../listening/sound-system.ts';
import type { PaletteMap } from '../map/map.ts';
import type { SongsView } from '../songs/songs.ts';
import { remember } from '../state/remembered.ts';
import { isOn, view } from '../state/switches.ts';

/** Neighbours that lines are drawn to, and that are named. */
const NEAR = 5;
/** Rows before and after the selected one whose sounds are fetched ahead. */
const AHEAD = [1, 2, -1, 3];

interface SelectionParts {
  readonly store: PaletteStore;
  readonly decisions: Decisions;
  readonly sound: SoundSystem;
  readonly map: PaletteMap;
  readonly cells: CellsView;
  readonly songs: SongsView;
  readonly details: Details;
  readonly pictures: Pictures;
  readonly song: Song;
  readonly compare: Compare;
}

export interface Selection {
  select(texture: Texture, isFocused?: boolean): void;
  /** To another texture; it plays where that is wished, or where something plays already. */
  go(texture: Texture, isFocused?: boolean): void;
  /**
   * After others are shown: what is selected must be in sight, since keys act on it.
   * @param why a search selects its first hit; what somebody chose stays through news of the palette
   */
  settle(why: 'searched' | 'filtered' | 'news'): void;
}

export function createSelection(parts: SelectionParts): Selection {
  const { store, sound, cells } = parts;
  /** The id of what the page selected by itself: it gives way to what is better. */
  let own: string | null = null;

  function select(texture: Texture, isFocused = false): void {
    own = null;
    store.letIn(texture);
    store.selected.set(texture);
    cells.select(texture.id, isFocused && view() === 'cells');
    parts.songs.select(texture.id);
  }
  function selectBySelf(texture: Texture | undefined): void {
    if (texture && texture.id !== store.selected.get()?.id) select(texture);
    if (!texture) {
      byId('details-none').textContent = 'Nothing is selected.';
      store.selected.set(null);
    }
    own = texture?.id ?? null;
  }
  store.selected.watch((texture) => {
    show(texture, parts);
    if (!texture) return;
    remember('selected', texture.id);
    window.setTimeout(() => void showMore(texture, parts), 0);
  });
  return {
    select,
    settle(why) {
      const selected = store.selected.get();
      const isOwn = selected === null || (selected.id === own && sound.player.sounding.get() === null);
      const shown = store.shown.get();
      if (why === 'searched') selectBySelf(shown[0]);
      else if (why === 'news' && !isOwn) store.letIn(selected);
      else if (why === 'news' || selected === null || !store.isShown(selected)) {
        selectBySelf(welcome(shown, ({ id }) => parts.decisions.of(id).decision === 'reject'));
      }
    },
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
  const next = view() === 'map' ? [...ways, ...rows] : [...rows, ...ways];
  return next.filter((one) => !!one);
}
