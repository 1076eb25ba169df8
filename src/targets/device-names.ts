/** Names that a device can show: only its characters, short, distinguished whatever their case, and in a useful order. */
import { safeName } from '../config/safe-name.ts';
import type { Families } from '../config/settings.ts';
import type { FamilyId } from '../families/family.ts';
import { FAMILIES } from '../families/index.ts';
import { familyOf } from '../families/lookup.ts';
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

/** What is safe where a device does not say what it shows. */
export const SAFE_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-';
const SAFE_LENGTH = 24;
/** Less of a word than this says nothing. */
const LEAST_OF_A_WORD = 3;
const LEAST_DIGITS = 2;

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
 * A name for each texture, without ending: family and running number, then as much as there is room for of root, colour
 * and source, such as `PD01_A2_warm_strings`. Nothing is said of a key: that is the song's, and not the sound's.
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

/** The name of a kit, as a folder of the device and of every computer; KIT where nothing is left of it. */
export function kitFolderName(
  name: string,
  { alphabet, longest }: Pick<NameRules, 'alphabet' | 'longest'>,
): string {
  const cleaned = trimmed(inAlphabet(name, alphabet).slice(0, longest), alphabet);
  const fallback = inAlphabet('KIT', alphabet);
  // Windows keeps some names for itself.
  return safeName(cleaned, longest, fallback) === cleaned ? cleaned : (fallback + cleaned).slice(0, longest);
}

function named(start: string, texture: NameFacts, rules: NameRules): string {
  const root = inAlphabet(texture.rootName, rules.alphabet);
  const note = root === '' ? '' : separatorOf(rules.alphabet) + root;
  const room = rules.longest - note.length;
  if (!rules.tellsRoot || room < start.length) return extended(start, wordsOf(texture), rules);
  return extended(start, wordsOf({ ...texture, rootName: '' }), { ...rules, longest: room }) + note;
}

function wordsOf({ name, rootName, variant, brightness, kind, source }: NameFacts): string[] {
  if (name !== undefined) return [name];
  if (kind !== '') return [kind, rootName, source];
  return [rootName, variant === '' ? brightness : shortVariant(variant), source];
}

/** `airy_pitch+7_stretch1.5x` is airy up7 x15: the plus and the point are in few devices' alphabets. */
function shortVariant(variant: string): string {
  return variant
    .replace(/_?pitch\+/, '_up')
    .replace(/_?pitch-/, '_dn')
    .replace(/_?stretch([\d.]+)x/, (_, factor: string) => `_x${factor.replace('.', '')}`);
}

/** Adds word after word while there is room; the last is cut where something of it still says something. */
function extended(start: string, words: readonly string[], { alphabet, longest }: NameRules): string {
  const separator = separatorOf(alphabet);
  let name = start;
  for (const word of words) {
    const cleaned = trimmed(inAlphabet(word, alphabet), alphabet);
    const room = longest - name.length - separator.length;
    if (cleaned === '' || room < Math.min(LEAST_OF_A_WORD, cleaned.length)) continue;
    name += separator + trimmed(cleaned.slice(0, room), alphabet);
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
  for (const character of text.normalize('NFKD').replace(/\p{M}/gu, '')) {
    for (const plain of PLAIN.get(character) ?? character) {
      const found = [plain, plain.toLowerCase(), plain.toUpperCase()].find((one) => isIn(one, alphabet));
      if (found !== undefined) result += found;
      else if (plain === '#') result += isIn('s', alphabet) ? 's' : 'S';
      else if (/[\s\p{P}\p{S}]/u.test(plain) && !result.endsWith(separator)) result += separator;
    }
  }
  return result;
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
