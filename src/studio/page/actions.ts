/** What keys and controls do. */
import { announce, byId } from '../../report/page/element.ts';
import type { Texture } from '../protocol.ts';
import type { CellsView } from './cells.ts';
import type { Compare } from './compare.ts';
import type { Deciding } from './deciding.ts';
import type { Decisions } from './decisions.ts';
import type { Actions } from './key-groups.ts';
import type { Kit } from './kit.ts';
import type { PaletteMap } from './map.ts';
import type { PaletteStore } from './palette-store.ts';
import type { RenderDialog } from './render-dialog.ts';
import type { RunDialog } from './run-dialog.ts';
import type { Selection } from './selection.ts';
import type { SongsView } from './songs.ts';
import type { SoundSystem } from './sound-system.ts';
import { isOn, setView, toggle, VIEWS, type ViewName, view } from './switches.ts';

interface ActionParts {
  readonly store: PaletteStore;
  readonly selection: Selection;
  readonly sound: SoundSystem;
  readonly map: PaletteMap;
  readonly cells: CellsView;
  readonly songs: SongsView;
  readonly decisions: Decisions;
  readonly deciding: Deciding;
  readonly compare: Compare;
  readonly kit: Kit;
  readonly runDialog: RunDialog;
  readonly renderDialog: RenderDialog;
  readonly theme: { change(): void };
}

export function createActions(parts: ActionParts): Actions {
  return {
    ...goingActions(parts),
    ...listeningActions(parts),
    ...decidingActions(parts),
    ...buildingActions(parts),
  };
}

export function showView(next: ViewName): void {
  setView(next);
  announce(next);
}

type GoingAction = 'walk' | 'step' | 'next' | 'search' | 'view' | 'zoom';

function goingActions({ store, selection, map, cells, songs }: ActionParts): Pick<Actions, GoingAction> {
  const go = (texture: Texture | null) => {
    if (texture) selection.go(texture, true);
    return texture !== null;
  };
  return {
    walk(direction) {
      const towards = {
        map: () => map.towards(direction),
        cells: () => store.offset(cells.placesTo(direction)),
        songs: () => songs.towards(direction),
      };
      go(towards[view()]());
    },
    next: () => go(store.nextChosen()),
    step: (by) => void go(store.offset(by)),
    search: () => byId('search').focus(),
    view: () => showView(VIEWS[(VIEWS.indexOf(view()) + 1) % VIEWS.length]),
    zoom: map.magnify,
  };
}

type ListeningAction =
  | 'play'
  | 'seam'
  | 'song'
  | 'layer'
  | 'layers'
  | 'compare'
  | 'piano'
  | 'asIGo'
  | 'even'
  | 'silence';

function listeningActions(parts: ActionParts): Pick<Actions, ListeningAction> {
  const { store, selection, sound, compare } = parts;
  const { playback, layers, levels } = sound;
  return {
    play: withSelected(store, (texture) => {
      if (sound.player.sounding.get()) {
        playback.stop();
        announce('silence');
      } else void playback.play(texture);
    }),
    seam: withSelected(store, (texture) => {
      if (texture.loop) void playback.play(texture, 'seam');
      else announce('it plays once, so it has no seam');
    }),
    song: withSelected(store, (texture) => void playback.playSong(texture)),
    layer: withSelected(store, (texture) => {
      if (texture.loop) void toggleLayer(texture, sound);
      else announce('it plays once; loops can be layered');
    }),
    layers: () => void layers.toggleAll(),
    compare: withSelected(store, (texture) => {
      const to = compare.step(texture);
      if (to) {
        selection.select(to);
        void playback.play(to);
      } else announce(`${texture.title} is held; b goes between it and another`);
    }),
    piano: sound.piano.toggle,
    asIGo: () => announce(toggle('as-i-go')),
    even() {
      announce(toggle('even'));
      levels.isOn.set(isOn('even'));
    },
    silence() {
      sound.silence();
      announce('silence');
    },
  };
}

async function toggleLayer(texture: Texture, { layers }: SoundSystem): Promise<void> {
  const isLaid = await layers.toggle(texture);
  announce(isLaid ? `${texture.title} laid as a layer` : `${texture.title} taken away`);
}

type DecidingAction = 'keep' | 'reject' | 'undo' | 'stars' | 'note' | 'rename';

function decidingActions(parts: ActionParts): Pick<Actions, DecidingAction> {
  const { store, selection, decisions, deciding } = parts;
  return {
    keep: () => deciding.decide('keep'),
    reject: () => deciding.decide('reject'),
    undo() {
      const undone = decisions.undo();
      const texture = undone && store.texture(undone.id);
      if (texture) selection.select(texture);
      announce(undone ? `undone: ${undone.words}` : 'nothing is left to undo');
    },
    stars: deciding.moreStars,
    note: () => byId('note').focus(),
    rename: () => byId('own-name').focus(),
  };
}

type BuildingAction = 'slot' | 'tray' | 'again' | 'more' | 'theme' | 'help';

function buildingActions(parts: ActionParts): Pick<Actions, BuildingAction> {
  const { store, kit, runDialog, renderDialog, theme } = parts;
  return {
    slot: (place) => withSelected(store, (texture) => kit.put(texture, place))(),
    tray: withSelected(store, (texture) => kit.put(texture)),
    again: withSelected(store, renderDialog.open),
    more() {
      const texture = store.selected.get();
      void runDialog.open(texture, texture?.export ?? store.palette().exports[0]?.id ?? 'e1');
    },
    theme: theme.change,
    help: () => byId<HTMLDialogElement>('help').showModal(),
  };
}

/** Nothing where nothing is selected. */
function withSelected({ selected }: PaletteStore, run: (texture: Texture) => void): () => void {
  return () => {
    const texture = selected.get();
    if (texture) run(texture);
  };
}
