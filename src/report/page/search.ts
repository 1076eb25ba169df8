/**
 * What somebody types into the search of either page: a musician's words over named fields. `a minor` and `am` are a key, `fits am`
 * the keys that go with it, `A3` and `D#` are a root, `120 bpm` a tempo, `2-4 s` and `under 1 s` a length, parted by commas or not; a family, a grade and `chosen`, `kept` are what they say.
 * Whatever else is typed must stand in a name, a song's title or a note. What has a meaning is let in as the rest of a title, too:
 * `strings am` finds what is named so. Nothing is looked for in paths, settings and digests.
 */
import { keysThatFit } from '../../curation/key-fit.ts';
import { inFlats, noteName } from '../../curation/note-names.ts';
import type { ShownFamily } from '../families.ts';

/** What is searched of a texture. */
export interface Searched {
  readonly title: string;
  /** As one reads it. */
  readonly sourceTitle: string;
  readonly variant: string;
  /** The id of a family. */
  readonly family: string;
  readonly durationSec: number;
  readonly isLoop: boolean;
  readonly grade: string;
  /** MIDI note; null where it is not clear. */
  readonly root: number | null;
  /** As the manifest has it; empty where it is not clear. */
  readonly key: string;
  readonly bpm: number | null;
  readonly isChosen: boolean;
}

/** What somebody decided on a texture. */
interface SearchedDecision {
  readonly decision?: 'keep' | 'reject';
  readonly stars?: number;
  readonly note?: string;
  readonly name?: string;
}

/** What words may mean on a page. */
export interface SearchFacts {
  readonly families: readonly ShownFamily[];
  /** Somebody decides there, so that `kept` is more than a word. */
  readonly hasDecisions: boolean;
}

/** One thing that is asked for. */
export interface Condition {
  /** How it was understood, in words. */
  readonly words: string;
  /** Whether it is a mere word, looked for in names. */
  readonly isWord: boolean;
  fits(texture: Searched, decision: SearchedDecision): boolean;
}

/** Tempi this close are one, as a share: rounding to whole beats, and a drummer. */
const TEMPO_TOLERANCE = 0.02;

type Meaning = (found: RegExpExecArray, facts: SearchFacts) => Omit<Condition, 'isWord'> | null;

/** What has a meaning of its own, tried in this order at each place of the text. */
const MEANINGS: readonly (readonly [RegExp, Meaning])[] = [
  [/^(\d+(?:\.\d+)?)\s*bpm(?=\s|$)/, tempo],
  [/^(\d+(?:\.\d+)?)\s*(?:-|–|to)\s*(\d+(?:\.\d+)?)\s*s(?:ec|econds)?(?=\s|$)/, length],
  [/^(under|over)\s+(\d+(?:\.\d+)?)\s*s(?:ec|econds)?(?=\s|$)/, lengthBeside],
  [/^fits\s+([a-g](?:#|♯|b|♭)?)\s*(major|minor|maj|min|m)(?=\s|$)/, fittingKey],
  [/^([a-g](?:#|♯|b|♭)?)\s*(major|minor|maj|min|m)(?=\s|$)/, key],
  [/^(?:root\s+)?([a-g](?:#|♯|b|♭)?)(-?\d)(?=\s|$)/, root],
  // A letter alone may be any word's; with a sign it is a note.
  [/^(?:root\s+([a-g](?:#|♯|b|♭)?)|([a-g](?:#|♯|b|♭)))(?=\s|$)/, rootInAnyOctave],
  [/^grade\s+([abf])(?=\s|$)/, grade],
  [/^chosen(?=\s|$)/, chosen],
  [/^(kept|rejected|starred|undecided)(?=\s|$)/, decided],
  [/^(loops?|one-shots?)(?=\s|$)/, looped],
  [/^([\p{L}\p{N}-]+)(?=\s|$)/u, family],
];

/** @param text as it was typed */
export function conditionsIn(text: string, facts: SearchFacts): Condition[] {
  const pieces: Piece[] = [];
  // A comma behind a word parts, as in "pads, a minor".
  const typed = text.toLowerCase().replace(/[,;]+(?=\s|$)/g, ' ');
  for (let rest = typed.trimStart(); rest !== ''; rest = rest.trimStart()) {
    const known = understood(rest, facts);
    const taken = rest.slice(0, known?.length ?? /^\S+/.exec(rest)![0].length);
    pieces.push({ text: taken, condition: known?.condition ?? word(taken) });
    rest = rest.slice(taken.length);
  }
  return pieces.map((piece, i) => orOfTitle(piece, pieces[i - 1], pieces[i + 1]));
}

/** What one condition was typed as. */
interface Piece {
  readonly text: string;
  readonly condition: Condition;
}

/** A meaning is met as well where what was typed, with the word beside it, stands in a name. */
function orOfTitle({ text, condition }: Piece, before?: Piece, after?: Piece): Condition {
  if (condition.isWord) return condition;
  const phrases = [
    ...(before?.condition.isWord ? [`${before.text} ${text}`] : []),
    ...(after?.condition.isWord ? [`${text} ${after.text}`] : []),
  ].map((phrase) => ` ${wordsOf(phrase)} `);
  if (phrases.length === 0) return condition;
  const isNamed = ({ title, sourceTitle }: Searched) =>
    [title, sourceTitle].some((name) => phrases.some((phrase) => ` ${wordsOf(name)} `.includes(phrase)));
  return {
    ...condition,
    fits: (texture, decision) => condition.fits(texture, decision) || isNamed(texture),
  };
}

/** Whole words, however they are parted. */
function wordsOf(name: string): string {
  return name
    .toLowerCase()
    .split(/[\s,_]+/)
    .join(' ');
}

function understood(rest: string, facts: SearchFacts): { condition: Condition; length: number } | null {
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

function tempo([, typed]: RegExpExecArray) {
  const wanted = Number(typed);
  return {
    words: `${typed} bpm`,
    fits: ({ bpm }: Searched) => bpm !== null && Math.abs(bpm / wanted - 1) <= TEMPO_TOLERANCE,
  };
}

function length([, least, most]: RegExpExecArray) {
  return {
    words: `${least} to ${most} s`,
    fits: ({ durationSec }: Searched) => durationSec >= Number(least) && durationSec <= Number(most),
  };
}

function lengthBeside([, side, typed]: RegExpExecArray) {
  const isUnder = side === 'under';
  return {
    words: `${side} ${typed} s`,
    fits: ({ durationSec }: Searched) =>
      isUnder ? durationSec < Number(typed) : durationSec > Number(typed),
  };
}

function key([, note, mode]: RegExpExecArray) {
  const wanted = keyTyped(note, mode);
  return { words: `in ${asTyped(wanted, note)}`, fits: ({ key }: Searched) => key === wanted };
}

function fittingKey([, note, mode]: RegExpExecArray) {
  const wanted = keyTyped(note, mode);
  const fitting = keysThatFit(wanted);
  return { words: `fits ${asTyped(wanted, note)}`, fits: ({ key }: Searched) => fitting.includes(key) };
}

function keyTyped(note: string, mode: string): string {
  return `${sharp(note)} ${mode.startsWith('maj') ? 'maj' : 'min'}`;
}

function root([, note, octave]: RegExpExecArray) {
  const wanted = `${sharp(note)}${Number(octave) + octavesBeside(note)}`;
  return {
    words: `root ${asTyped(wanted, note)}`,
    fits: ({ root }: Searched) => root !== null && noteName(root) === wanted,
  };
}

function rootInAnyOctave([, named, signed]: RegExpExecArray) {
  const note = named ?? signed;
  const wanted = sharp(note);
  return {
    words: `root ${asTyped(wanted, note)}`,
    fits: ({ root }: Searched) => root !== null && noteName(root).replace(/-?\d+$/, '') === wanted,
  };
}

function grade([, letter]: RegExpExecArray) {
  const wanted = letter.toUpperCase();
  return { words: `grade ${wanted}`, fits: ({ grade }: Searched) => grade === wanted };
}

function chosen() {
  return { words: 'chosen', fits: ({ isChosen }: Searched) => isChosen };
}

function decided([, what]: RegExpExecArray, { hasDecisions }: SearchFacts) {
  const fits: Record<string, Condition['fits']> = {
    kept: (_, { decision }) => decision === 'keep',
    rejected: (_, { decision }) => decision === 'reject',
    starred: (_, { stars = 0 }) => stars > 0,
    undecided: (_, { decision }) => decision === undefined,
  };
  return hasDecisions ? { words: what, fits: fits[what] } : null;
}

function looped([, what]: RegExpExecArray) {
  const wantsLoop = what.startsWith('loop');
  return {
    words: wantsLoop ? 'loops' : 'plays once',
    fits: ({ isLoop }: Searched) => isLoop === wantsLoop,
  };
}

/** A family by any of its names. */
function family([, typed]: RegExpExecArray, { families }: SearchFacts) {
  const known = families.find(({ id, singular, plural }) => [id, singular, plural].includes(typed));
  return known ? { words: known.plural, fits: (texture: Searched) => texture.family === known.id } : null;
}

const OTHER_NAMES: Readonly<Record<string, string>> = {
  Ab: 'G#',
  Bb: 'A#',
  Cb: 'B',
  Db: 'C#',
  Eb: 'D#',
  Fb: 'E',
  Gb: 'F#',
  'B#': 'C',
  'E#': 'F',
};

/** C flat is the B of the octave below, B sharp the C of the one above. */
function octavesBeside(typed: string): number {
  if (/^c[b♭]$/.test(typed)) return -1;
  return /^b[#♯]$/.test(typed) ? 1 : 0;
}

/** What was understood, in flats where a flat was typed. */
function asTyped(name: string, typed: string): string {
  return /[b♭]$/.test(typed.slice(1)) ? inFlats(name) : name;
}

/** A note's name as the engine writes it: with sharps. */
function sharp(typed: string): string {
  const name = typed[0].toUpperCase() + typed.slice(1).replace('♯', '#').replace('♭', 'b');
  return OTHER_NAMES[name] ?? name;
}
