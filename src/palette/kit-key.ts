/** Textures that are in one key, or are moved into it. */
import { relativeMajor } from '../analysis/transposition.ts';
import type { Families } from '../config/settings.ts';
import { inFlats, keyName } from '../curation/note-names.ts';
import { familyOf } from '../families/lookup.ts';
import { type KeyName, parseKeyName } from '../settings/key-name.ts';
import type { LeftOutReason } from '../targets/left-out.ts';
import { movedTexture } from './move-pitch.ts';
import type { KitTexture } from './texture-choice.ts';
import type { KeyChoice } from './wishes.ts';

/** Semitones of a major scale over its tonic. */
const MAJOR_SCALE: readonly number[] = [0, 2, 4, 5, 7, 9, 11];

/** What a kit in one key takes, as it will be, and what it leaves out. */
export interface InKey {
  readonly textures: readonly KitTexture[];
  readonly leftOut: ReadonlyMap<string, LeftOutReason>;
}

/**
 * A texture is in a key where its own has the same notes (the key itself, or its relative), and where only its root is known,
 * where that is one of these notes. It is moved by as little as brings it there, down where both ways are as far, since
 * nothing of its treble is lost then. Hits and noise have no key and stay; tones of which nothing is clear are left out.
 */
export function inKey(textures: readonly KitTexture[], asked: KeyChoice, families: Families): InKey {
  const leftOut = new Map<string, LeftOutReason>();
  const wanted = spelled(keyName(asked.key), asked);
  const taken = textures.map((texture) => {
    if (familyOf(texture.family, families).pitch !== 'tones') return texture;
    const is = texture.key === '' ? texture.rootName : texture.key;
    const semitones =
      is === '' ? undefined : movesWithin(asked.transpose).find((by) => isIn(texture, by, asked.key));
    if (semitones === undefined) {
      const reason: LeftOutReason =
        is === '' ? { code: 'unknown-key', wanted } : { code: 'other-key', is: spelled(is, asked), wanted };
      leftOut.set(texture.path, reason);
      return texture;
    }
    return semitones === 0 ? texture : movedTexture(texture, { semitones, cents: 0 }, semitones);
  });
  return { textures: taken.map((texture) => spelledAs(texture, asked)), leftOut };
}

/**
 * A texture whose key is named in flats where the key that was asked for is. Its root is not: it goes into file names, and OP-XY
 * reads it there.
 * @param asked null: none was
 */
export function spelledAs(texture: KitTexture, asked: KeyChoice | null): KitTexture {
  return asked?.key.inFlats ? { ...texture, key: inFlats(texture.key) } : texture;
}

function spelled(name: string, { key }: KeyChoice): string {
  return key.inFlats ? inFlats(name) : name;
}

/** 0, -1, 1, -2, …, as far as may be. */
function movesWithin(most: number): number[] {
  return [0, ...Array.from({ length: 2 * most }, (_, i) => (i % 2 === 0 ? -1 : 1) * ((i >> 1) + 1))];
}

function isIn({ key, root }: KitTexture, moved: number, wanted: KeyName): boolean {
  const own = parseKeyName(key);
  const above = (note: number) => (((note + moved - relativeMajor(wanted)) % 12) + 12) % 12;
  if (own !== null) return above(relativeMajor(own)) === 0;
  return root !== null && MAJOR_SCALE.includes(above(root.note));
}
