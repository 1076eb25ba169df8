/**
 * What somebody types into the search: a musician's words over named fields. `a minor` and `am` are a key, `A3` is a root,
 * `120 bpm` a tempo, `2-4 s` a length; a family, a grade and `chosen`, `kept` are what they say. Whatever else is typed must stand in a
 * name, a song's title or a note. Nothing is looked for in paths, settings and digests.
 */
import { noteName } from '../../curation/note-names.ts';
import type { Decision, PaletteAnswer, Texture } from '../protocol.ts';

/** One thing that is asked for. */
export interface Condition {
  /** How it was understood, in words. */
  readonly words: string;
  /** Whether it is a mere word, looked for in names. */
  readonly isWord: boolean;
  fits(texture: Texture, decision: Decision): boolean;
}

/** Tempi this close are one, as a share: rounding to whole beats, and a drummer. */
const TEMPO_TOLERANCE = 0.02;

type Facts = Pick<PaletteAnswer, 'columns' | 'families'>;
type Meaning = (found: RegExpExecArray, facts: Facts) => Omit<Condition, 'isWord'> | null;

/** What has a meaning of its own, tried in this order at each place of the text. */
const MEANINGS: readonly (readonly [RegExp, Meaning])[] = [
  [/^(\d+(?:\.\d+)?)\s*bpm(?=\s|$)/, tempo],
  [/^(\d+(?:\.\d+)?)\s*(?:-|–|to)\s*(\d+(?:\.\d+)?)\s*s(?:ec|econds)?(?=\s|$)/, length],
  [/^([a-g](?:#|♯|b|♭)?)\s*(major|minor|maj|min|m)(?=\s|$)/, key],
  [/^([a-g](?:#|♯|b|♭)?)(-?\d)(?=\s|$)/, root],
  [/^grade\s+([abf])(?=\s|$)/, grade],
  [/^(chosen|kept|rejected|starred|undecided)(?=\s|$)/, decided],
  [/^(loops?|one-shots?)(?=\s|$)/, looped],
  [/^([\p{L}\p{N}-]+)(?=\s|$)/u, family],
];

/** @param text as it was typed */
export function conditionsIn(text: string, facts: Facts): Condition[] {
  const conditions: Condition[] = [];
  for (let rest = text.toLowerCase().trimStart(); rest !== ''; rest = rest.trimStart()) {
    const known = understood(rest, facts);
    const taken = known?.length ?? /^\S+/.exec(rest)![0].length;
    conditions.push(known?.condition ?? word(rest.slice(0, taken)));
    rest = rest.slice(taken);
  }
  return conditions;
}

function understood(rest: string, facts: Facts): { condition: Condition; length: number } | null {
  for (const [pattern, meaning] of MEANINGS) {
    const found = pattern.exec(rest);
    const condition = found && meaning(found, facts);
    if (found && condition) return { condition: { ...condition, isWord: false }, length: found[0].length };
  }
  return null;
}

function word(text: string): Condition {
  return {
    words: `“${text}”`,
    isWord: true,
    fits: ({ title, sourceTitle, variant }, { name = '', note = '' }) =>
      [title, sourceTitle, variant, name, note].some((each) => each.toLowerCase().includes(text)),
  };
}

function tempo([, typed]: RegExpExecArray, { columns }: Facts) {
  const bpm = Number(typed);
  const column = columns.indexOf('detected_bpm');
  return {
    words: `${typed} bpm`,
    fits: ({ figures }: Texture) =>
      figures[column] !== '' && Math.abs(Number(figures[column]) / bpm - 1) <= TEMPO_TOLERANCE,
  };
}

function length([, least, most]: RegExpExecArray) {
  return {
    words: `${least} to ${most} s`,
    fits: ({ durationSec }: Texture) => durationSec >= Number(least) && durationSec <= Number(most),
  };
}

function key([, note, mode]: RegExpExecArray, { columns }: Facts) {
  const wanted = `${sharp(note)} ${mode.startsWith('maj') ? 'maj' : 'min'}`;
  const column = columns.indexOf('detected_key');
  return {
    words: `in ${wanted}`,
    fits: ({ figures }: Texture) => figures[column] === wanted,
  };
}

function root([, note, octave]: RegExpExecArray) {
  const wanted = `${sharp(note)}${octave}`;
  return {
    words: `root ${wanted}`,
    fits: (texture: Texture) => texture.root !== null && noteName(texture.root.note) === wanted,
  };
}

function grade([, letter]: RegExpExecArray) {
  const wanted = letter.toUpperCase();
  return { words: `grade ${wanted}`, fits: (texture: Texture) => texture.grade === wanted };
}

function decided([, what]: RegExpExecArray) {
  const fits: Record<string, Condition['fits']> = {
    chosen: ({ rank }) => rank !== null,
    kept: (_, { decision }) => decision === 'keep',
    rejected: (_, { decision }) => decision === 'reject',
    starred: (_, { stars = 0 }) => stars > 0,
    undecided: (_, { decision }) => decision === undefined,
  };
  return { words: what, fits: fits[what] };
}

function looped([, what]: RegExpExecArray) {
  const wantsLoop = what.startsWith('loop');
  return {
    words: wantsLoop ? 'loops' : 'plays once',
    fits: ({ loop }: Texture) => (loop !== null) === wantsLoop,
  };
}

/** A family by any of its names. */
function family([, typed]: RegExpExecArray, { families }: Facts) {
  const known = families.find(({ id, singular, plural }) => [id, singular, plural].includes(typed));
  return known ? { words: known.plural, fits: (texture: Texture) => texture.family === known.id } : null;
}

const FLATS: Readonly<Record<string, string>> = {
  Ab: 'G#',
  Bb: 'A#',
  Cb: 'B',
  Db: 'C#',
  Eb: 'D#',
  Fb: 'E',
  Gb: 'F#',
};

/** A note's name as the engine writes it: with sharps. */
function sharp(typed: string): string {
  const name = typed[0].toUpperCase() + typed.slice(1).replace('♯', '#').replace('♭', 'b');
  return FLATS[name] ?? name;
}
