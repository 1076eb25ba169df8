/** Which key does what. Each has a control on the page, too. */

import type { Direction } from '../map/map-grid.ts';
import type { KeyGroup } from './keys.ts';

export interface Actions {
  walk(direction: Direction): void;
  /** Down the cells, or up. */
  step(by: number): void;
  /** To the next worth hearing. @returns whether there is one */
  next(): boolean;
  play(): void;
  seam(): void;
  song(): void;
  layer(): void;
  layers(): void;
  compare(): void;
  piano(): void;
  record(): void;
  keep(): void;
  reject(): void;
  undo(): void;
  redo(): void;
  stars(by: number): void;
  note(): void;
  rename(): void;
  pick(): void;
  pickAll(): void;
  /** From 0. */
  slot(place: number): void;
  tray(): void;
  /** All that is kept. */
  trayKept(): void;
  again(): void;
  more(): void;
  search(): void;
  view(): void;
  zoom(direction: 'nearer' | 'further' | 'whole'): void;
  asIGo(): void;
  even(): void;
  theme(): void;
  help(): void;
  silence(): void;
}

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

/** More than there are. */
const FAR = 1e9;

export function keyGroups(act: Actions): readonly KeyGroup[] {
  return [goingKeys(act), listeningKeys(act), decidingKeys(act), buildingKeys(act)];
}

function goingKeys(act: Actions): KeyGroup {
  return {
    title: 'going',
    keys: [
      {
        keys: Object.keys(ARROWS),
        shown: '← ↑ ↓ →',
        words: 'to the nearest neighbour that way; in songs, along a song and to another',
        run: (key) => act.walk(ARROWS[key]),
      },
      {
        keys: ['Tab'],
        words:
          'to the next of the chosen, else to the next best loop; after Escape, or with shift, out of the view',
        run: act.next,
      },
      {
        keys: ['j', 'J'],
        words: 'to the next of all that is shown; with shift, to the one before',
        run: (key) => act.step(key === 'j' ? 1 : -1),
      },
      {
        keys: ['Home', 'End'],
        words: 'to the first, to the last',
        run: (key) => act.step(key === 'Home' ? -FAR : FAR),
      },
      { keys: ['/'], words: 'search; Enter goes back', run: act.search },
      { keys: ['m'], words: 'map, cells or songs', run: act.view },
      {
        keys: ['+', '-', 'f'],
        words: 'the map nearer, further, whole',
        run: (key) => act.zoom(key === '+' ? 'nearer' : key === '-' ? 'further' : 'whole'),
      },
    ],
  };
}

function listeningKeys(act: Actions): KeyGroup {
  return {
    title: 'listening',
    keys: [
      { keys: [' '], shown: 'space', words: 'play, stop', run: act.play },
      { keys: ['s'], words: 'its loop point, from just before it', run: act.seam },
      { keys: ['c'], words: 'in its song, where it was found', run: act.song },
      { keys: ['b'], words: 'between it and its version, or hold it against another', run: act.compare },
      {
        keys: ['l', 'L'],
        words: 'as a layer, or not any more; with shift, all layers',
        run: (key) => (key === 'l' ? act.layer() : act.layers()),
      },
      { keys: ['p'], words: 'piano: letters play notes, z and x move it by octaves', run: act.piano },
      { keys: ['w'], words: 'record what sounds to a WAV, and end that', run: act.record },
      { keys: ['v'], words: 'sound as I go, or only when asked', run: act.asIGo },
      { keys: ['e'], words: 'even levels, or as they are', run: act.even },
      { keys: ['Escape'], shown: 'esc', words: 'silence', run: () => {} },
    ],
  };
}

function decidingKeys(act: Actions): KeyGroup {
  return {
    title: 'deciding',
    keys: [
      { keys: ['k'], words: 'keep, or not any more', run: act.keep },
      { keys: ['x'], words: 'reject, or not any more; its file stays', run: act.reject },
      { keys: ['.', ','], words: 'a star more, a star less', run: (key) => act.stars(key === '.' ? 1 : -1) },
      { keys: ['n'], words: 'write a note', run: act.note },
      { keys: ['r'], words: 'give it another name', run: act.rename },
      {
        keys: ['u', 'U'],
        shown: 'u ctrl-z',
        words: 'undo what was done last; with shift, do it again',
        run: (key) => (key === 'u' ? act.undo() : act.redo()),
      },
    ],
  };
}

function buildingKeys(act: Actions): KeyGroup {
  return {
    title: 'building and making',
    keys: [
      {
        keys: ['g', 'G'],
        words: 'pick several, or leave this one out; with shift, all that is shown',
        run: (key) => (key === 'g' ? act.pick() : act.pickAll()),
      },
      {
        keys: [...'1234567890'],
        shown: '1 … 9 0',
        words: 'into that place of the kit',
        run: (key) => act.slot((Number(key) + 9) % 10),
      },
      {
        keys: ['t', 'T'],
        words: 'into the next free place of the kit; with shift, all that is kept',
        run: (key) => (key === 't' ? act.tray() : act.trayKept()),
      },
      { keys: ['a'], words: 'another version of it', run: act.again },
      { keys: ['o'], words: 'make more of its song', run: act.more },
      { keys: ['d'], words: 'light or dark', run: act.theme },
      { keys: ['?'], words: 'these keys', run: act.help },
    ],
  };
}
