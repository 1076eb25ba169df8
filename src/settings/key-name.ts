/** A key as a musician names it. */
export interface KeyName {
  /** 0 = C … 11 = B. */
  readonly tonic: number;
  readonly mode: 'maj' | 'min';
  /** It was written with a flat, and its writer is answered in flats; left out where it was not. */
  readonly inFlats?: true;
}

const LETTERS: Readonly<Record<string, number>> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 };
const KEY = /^([A-Ga-g])(#|♯|b|♭)?\s*(?:(M|[Mm]aj(?:or)?)|(m|[Mm]in(?:or)?))?$/u;

/** Reads "C maj", "Am", "F# minor", "Bb"…; a bare note is major. Null when it is not a key. */
export function parseKeyName(text: string): KeyName | null {
  const match = KEY.exec(text.trim());
  if (!match) return null;
  const [, letter, accidental, , minor] = match;
  const shift = accidental === undefined ? 0 : accidental === '#' || accidental === '♯' ? 1 : -1;
  const tonic = (LETTERS[letter!.toUpperCase()]! + shift + 12) % 12;
  const spelling = shift < 0 ? { inFlats: true as const } : {};
  return { tonic, mode: minor === undefined ? 'maj' : 'min', ...spelling };
}
