/** What keys and controls do. */
import { announce, byId } from '../../../report/page/element.ts';
import type { Texture } from '../../protocol.ts';
import type { CellsView } from '../cells/cells.ts';
import type { PaletteStore } from '../choosing/palette-store.ts';
import type { Compare } from '../details/compare.ts';
import type { Deciding } from '../keeping/deciding.ts';
import type { Many } from '../keeping/many.ts';
import type { Kit } from '../kit/kit.ts';
import type { SoundSystem } from '../listening/sound-system.ts';
import type { RenderDialog } from '../making/render-dialog.ts';
import type { RunDialog } from '../making/run-dialog.ts';
import type { Versions } from '../making/versions.ts';
import type { PaletteMap } from '../map/map.ts';
import type { Selection } from '../session/selection.ts';
import type { SongsView } from '../songs/songs.ts';
import type { History, Step } from '../state/history.ts';
import { showSoundProblem } from '../state/latest-request.ts';
import { isOn, setView, toggle, VIEWS, type ViewName, view } from '../state/switches.ts';
import type { Actions } from './key-groups.ts';
import { createUndoneLine } from './undone-line.ts';

interface ActionParts {
  readonly store: PaletteStore;
  readonly selection: Selection;
  readonly sound: SoundSystem;
  readonly map: PaletteMap;
  readonly cells: CellsView;
  readonly songs: SongsView;
  readonly history: History;
  readonly deciding: Deciding;
  readonly compare: Compare;
  readonly kit: Kit;
  readonly keptToKit: () => void;
  readonly many: Many;
  readonly versions: Versions;
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
    next() {
      const isThere = go(store.next());
      if (!isThere) announce('nothing more is shown');
      return isThere;
    },
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
  | 'record'
  | 'asIGo'
  | 'even'
  | 'silence';

function listeningActions(parts: ActionParts): Pick<Actions, ListeningAction> {
  const { store, selection, sound, compare, versions } = parts;
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
      else announce('it plays once, so it has no loop point');
    }),
    song: withSelected(store, (texture) => void playback.playSong(texture)),
    layer: withSelected(store, (texture) => {
      if (texture.loop) void toggleLayer(texture, sound);
      else announce('it plays once; loops can be layered');
    }),
    layers: () => void layers.toggleAll(),
    compare: withSelected(store, (texture) => {
      if (versions.step(texture)) return;
      const to = compare.step(texture);
      if (to) {
        selection.select(to);
        void playback.play(to);
      } else announce(`${texture.title} is held; b goes between it and another`);
    }),
    piano: sound.piano.toggle,
    record: sound.recorder.toggle,
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

type DecidingAction = 'keep' | 'reject' | 'undo' | 'redo' | 'stars' | 'note' | 'rename';

function decidingActions(parts: ActionParts): Pick<Actions, DecidingAction> {
  const { store, selection, history, deciding } = parts;
  const line = createUndoneLine();
  const say = (shown: Promise<void>) => void shown.catch(({ message }: Error) => showSoundProblem(message));
  /** Goes to what was changed back, and says what. */
  const show = async (moving: Promise<Step | null>, done: 'undone' | 'done again') => {
    const step = await moving;
    const texture = store.texture(step?.about ?? null);
    if (texture) selection.select(texture);
    const nothing = done === 'undone' ? 'nothing is left to undo' : 'nothing was undone';
    const words = step ? `${done}: ${step.words}` : nothing;
    line.show(words, step !== null && done === 'undone');
    announce(words);
  };
  return {
    keep: () => deciding.decide('keep'),
    reject: () => deciding.decide('reject'),
    undo: () => say(show(history.undo(), 'undone')),
    redo: () => say(show(history.redo(), 'done again')),
    stars: deciding.moreStars,
    note: () => byId('note').focus(),
    rename: () => byId('own-name').focus(),
  };
}

type BuildingAction = 'pick' | 'pickAll' | 'slot' | 'tray' | 'trayKept' | 'again' | 'more' | 'theme' | 'help';

function buildingActions(parts: ActionParts): Pick<Actions, BuildingAction> {
  const { store, kit, keptToKit, many, versions, runDialog, renderDialog, theme } = parts;
  return {
    pick: withSelected(store, many.toggle),
    pickAll: () => many.add(store.shown.get()),
    slot: (place) => withSelected(store, (texture) => kit.put(texture, place))(),
    tray: withSelected(store, (texture) => kit.put(texture)),
    trayKept: keptToKit,
    again: withSelected(store, (texture) => void renderDialog.open(texture, versions.of(texture).length)),
    more: withSelected(store, (texture) => void runDialog.open(texture)),
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
