/** Decoded sounds: fetched once, and before they are wanted. */
import type { Texture } from '../../protocol.ts';
import { getSound } from '../backend/api.ts';
import { createSoundCache } from './sound-cache.ts';
import { decodeWav, type PageSound } from './wav.ts';

/** Fetched ahead at once: more would keep waiting what is wanted now. */
const AHEAD_AT_ONCE = 3;

export interface Sounds {
  /** At once where it is decoded already; null where it has to be fetched. */
  peek(texture: Texture): PageSound | null;
  /** @throws Unanswered, or Error with a sentence where it cannot be decoded */
  get(texture: Texture): Promise<PageSound>;
  /** Fetches what may be wanted next, nearest first; what was asked for before and has not begun is forgotten. */
  prepare(textures: readonly Texture[]): void;
}

/** @param load by default from the server */
export function createSounds(load: (texture: Texture) => Promise<PageSound> = loadSound): Sounds {
  const cache = createSoundCache();
  const coming = new Map<string, Promise<PageSound>>();
  let wanted: Texture[] = [];
  let ahead = 0;

  const peek = (texture: Texture) => cache.get(keyOf(texture));

  async function get(texture: Texture): Promise<PageSound> {
    const key = keyOf(texture);
    const here = peek(texture) ?? coming.get(key);
    if (here) return here;
    const promise = load(texture);
    coming.set(key, promise);
    try {
      const sound = await promise;
      cache.keep(key, sound);
      return sound;
    } finally {
      coming.delete(key);
    }
  }
  function fetchAhead(): void {
    while (ahead < AHEAD_AT_ONCE && wanted.length > 0) {
      const next = wanted.shift()!;
      if (peek(next) || coming.has(keyOf(next))) continue;
      ahead++;
      // Whoever wants to play it sees what is wrong; nobody asked yet.
      get(next)
        .catch(() => {})
        .finally(() => {
          ahead--;
          fetchAhead();
        });
    }
  }

  return {
    peek,
    get,
    prepare(textures) {
      wanted = [...textures];
      fetchAhead();
    },
  };
}

async function loadSound({ id, stamp }: Texture): Promise<PageSound> {
  const { bytes } = await getSound(`/api/sound/${id}?stamp=${encodeURIComponent(stamp)}`);
  return decodeWav(bytes);
}

/** By id and stamp, so that a file that changed is another. */
function keyOf({ id, stamp }: Texture): string {
  return `${id} ${stamp}`;
}
