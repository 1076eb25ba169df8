/** Names that a device can show: only its characters, short, distinguished whatever their case, and in a useful order. */
import { safeName } from '../config/safe-name.ts';
import type { Families } from '../config/settings.ts';
import type { FamilyId } from '../families/family.ts';
import { FAMILIES } from '../families/index.ts';
import { familyOf } from '../families/lookup.ts';
import { crc32 } from '../formats/crc-32.ts';
import type { Profile } from './profile.ts';

/** How names must be. */
export interface NameRules {
  /** Every character that a name may hold. */
  readonly alphabet: string;
  /** Characters, without the ending. */
  readonly longest: number;
  /** The device takes a sample's root from its name: the note stands last, where it is looked for. */
  readonly tellsRoot: boolean;
}

/** What a name says of a texture, besides its family and number. */
export interface NameFacts {
  readonly family: FamilyId;
  /** A name that somebody gave; it stands for all that follows. */
  readonly name?: string | undefined;
  /** MIDI note by name, such as `A2`, or empty. */
  readonly rootName: string;
  readonly variant: string;
  readonly brightness: string;
  /** Of a drum hit, such as `kick`; else empty. */
  readonly kind: string;
  readonly source: string;
}

/** Words of a name that belong together. */
interface NamePart {
  readonly text: string;
  readonly mayBeCut: boolean;
}

/** What is safe where a device does not say what it shows. */
export const SAFE_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-';
const SAFE_LENGTH = 24;
/** Less of a word than this says nothing. */
const LEAST_OF_A_WORD = 3;
const LEAST_DIGITS = 2;
/** Of four digits, at the end of a kit's name that is not whole. */
const MARKS = 10_000;

/** Letters that no accent can be taken from. */
const PLAIN: ReadonlyMap<string, string> = new Map(
  'ß ss, æ ae, Æ AE, œ oe, Œ OE, ø o, Ø O, đ d, Đ D, ð d, Ð D, þ th, Þ Th, ł l, Ł L, ı i'
    .split(', ')
    .map((pair) => pair.split(' ') as [string, string]),
);

/** The rules of a device's names, the careful ones where it is not known. */
export function nameRules({ alphabet, longest_name, roots }: Profile): NameRules {
  return {
    alphabet: alphabet.value ?? SAFE_ALPHABET,
    longest: longest_name.value ?? SAFE_LENGTH,
    tellsRoot: roots.value?.includes('name') ?? false,
  };
}

/** What a kit is called that nobody named: as its device, so that a kit for another does not take its place. */
export function usualKitName({ id }: Pick<Profile, 'id'>): string {
  return `AG_${id.toUpperCase().replaceAll('-', '_')}`;
}

/**
 * A name for each texture, without ending: family and running number, then as much as there is room for of root, pitch and
 * speed, source and colour, in whole words, such as `PD01_A2_strings_warm`. Nothing is said of a key: that is the song's, and not the sound's.
 * Numbers count within a family, so names differ whatever their case.
 *
 * @param textures in the order of the kit
 * @param rules at least 8 characters, with letters and digits among them
 */
export function deviceNames(
  textures: readonly NameFacts[],
  rules: NameRules,
  families: Families = FAMILIES,
): string[] {
  const counts = new Map<FamilyId, number>();
  for (const { family } of textures) counts.set(family, (counts.get(family) ?? 0) + 1);
  const given = new Map<FamilyId, number>();
  return textures.map((texture) => {
    const number = (given.get(texture.family) ?? 0) + 1;
    given.set(texture.family, number);
    const digits = Math.max(LEAST_DIGITS, String(counts.get(texture.family)).length);
    const start =
      inAlphabet(familyOf(texture.family, families).kitPrefix, rules.alphabet) +
      String(number).padStart(digits, '0');
    return named(start, texture, rules);
  });
}

/**
 * The name of a kit, as a folder of the device and of every computer. One that is too long, has letters that the device
 * lacks, or is kept by Windows for itself ends in four digits of the whole: else two kits whose names begin alike would take
 * each other's place on the card.
 */
export function kitFolderName(
  name: string,
  { alphabet, longest }: Pick<NameRules, 'alphabet' | 'longest'>,
): string {
  const cleaned = trimmed(inAlphabet(name, alphabet), alphabet);
  const fallback = inAlphabet('KIT', alphabet);
  const isWhole = [...bare(name)].every(
    (one) => !/[\p{L}\p{N}]/u.test(one) || inAlphabet(one, alphabet) !== '',
  );
  if (isWhole && safeName(cleaned, longest, fallback) === cleaned) return cleaned;
  const digits = String(MARKS + (crc32(new TextEncoder().encode(name)) % MARKS)).slice(1);
  const mark = separatorOf(alphabet) + digits;
  return (trimmed(cleaned.slice(0, longest - mark.length), alphabet) || fallback) + mark;
}

/** Whether somebody would take one name for the other: whatever stands between letters and digits, and their case. */
export function readsAlike(name: string, other: string): boolean {
  const bare = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  return bare(name) === bare(other);
}

function named(start: string, texture: NameFacts, rules: NameRules): string {
  const root = inAlphabet(texture.rootName, rules.alphabet);
  const note = root === '' ? '' : separatorOf(rules.alphabet) + root;
  const room = rules.longest - note.length;
  if (!rules.tellsRoot || room < start.length) return extended(start, partsOf(texture), rules);
  return extended(start, partsOf({ ...texture, rootName: '' }), { ...rules, longest: room }) + note;
}

/** What says most comes first: many textures are dark, few are of one source. */
function partsOf({ name, rootName, variant, brightness, kind, source }: NameFacts): NamePart[] {
  if (name !== undefined) return [{ text: name, mayBeCut: true }];
  const { moves, shade } = movesOf(variant);
  const before = kind === '' ? [rootName, ...moves] : [kind];
  const after = kind === '' ? [variant === '' ? brightness : shade] : [rootName];
  const whole = (text: string) => ({ text, mayBeCut: false });
  return [...before.map(whole), { text: source, mayBeCut: true }, ...after.map(whole)];
}

/** `airy_pitch+7_stretch1.5x` is up7 and x15, and airy: the plus and the point are in few devices' alphabets. */
function movesOf(variant: string): { readonly moves: readonly string[]; readonly shade: string } {
  const moves: string[] = [];
  const shade = variant.replace(/_?(?:pitch([+-])(\d+)|stretch([\d.]+)x)/g, (_, sign, semitones, factor) => {
    moves.push(
      factor === undefined ? `${sign === '+' ? 'up' : 'dn'}${semitones}` : `x${factor.replace('.', '')}`,
    );
    return '';
  });
  return { moves, shade };
}

/**
 * Adds whole words while there is room. The first of a part is cut where it alone is too long and something of it still
 * says something, as far as the part may be cut; a figure never is.
 */
function extended(start: string, parts: readonly NamePart[], { alphabet, longest }: NameRules): string {
  const separator = separatorOf(alphabet);
  let name = start;
  for (const { text, mayBeCut } of parts) {
    const cleaned = trimmed(inAlphabet(text, alphabet), alphabet);
    const words = separator === '' ? [cleaned] : cleaned.split(separator);
    for (const [i, word] of words.entries()) {
      const room = longest - name.length - separator.length;
      const isWhole = word.length <= room;
      const saysLess = mayBeCut && i === 0 && room >= LEAST_OF_A_WORD && !/\d/.test(word);
      if (word === '' || !(isWhole || saysLess)) break;
      name += separator + trimmed(word.slice(0, room), alphabet);
      if (!isWhole) break;
    }
  }
  return name;
}

/**
 * A text in a device's characters: accents are taken off, case is changed where the device has only the other, a sharp
 * becomes an s, what stands between words becomes one separator, and everything else goes.
 */
function inAlphabet(text: string, alphabet: string): string {
  const separator = separatorOf(alphabet);
  let result = '';
  for (const character of bare(text)) {
    for (const plain of PLAIN.get(character) ?? character) {
      const found = [plain, plain.toLowerCase(), plain.toUpperCase()].find((one) => isIn(one, alphabet));
      if (found !== undefined) result += found;
      else if (plain === '#') result += isIn('s', alphabet) ? 's' : 'S';
      else if (/[\s\p{P}\p{S}]/u.test(plain) && !result.endsWith(separator)) result += separator;
    }
  }
  return result;
}

/** Without accents. */
function bare(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '');
}

function isIn(character: string, alphabet: string): boolean {
  return character.length === 1 && alphabet.includes(character);
}

/** Without anything but letters and digits at either end: no hidden files, no flags, no trailing points or spaces. */
function trimmed(text: string, alphabet: string): string {
  const ends = [...alphabet].filter((character) => !/[A-Za-z0-9#]/.test(character)).join('');
  let from = 0;
  let to = text.length;
  while (from < to && ends.includes(text[from])) from++;
  while (to > from && ends.includes(text[to - 1])) to--;
  return text.slice(from, to);
}

/** What stands between the words of a name. */
export function separatorOf(alphabet: string): string {
  return ['_', '-', ' '].find((character) => alphabet.includes(character)) ?? '';
}
