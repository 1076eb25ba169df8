/** Decoded sounds, kept while they may be wanted again, and fetched before they are. */
import type { Texture } from '../protocol.ts';
import { getSound } from './api.ts';
import { decodeWav, type PageSound } from './wav.ts';

/** Bytes of samples that are kept: some six minutes of stereo. */
const ROOM_BYTES = 128 * 1024 * 1024;
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
  /** By id and stamp, so that a file that changed is another; what was used last stands last. */
  const kept = new Map<string, PageSound>();
  const coming = new Map<string, Promise<PageSound>>();
  let wanted: Texture[] = [];
  let keptBytes = 0;
  let ahead = 0;

  function peek(texture: Texture): PageSound | null {
    const key = keyOf(texture);
    const sound = kept.get(key);
    if (!sound) return null;
    kept.delete(key);
    kept.set(key, sound);
    return sound;
  }

  function keep(key: string, sound: PageSound): void {
    kept.set(key, sound);
    keptBytes += bytesOf(sound);
    for (const [oldest, old] of kept) {
      if (keptBytes <= ROOM_BYTES || oldest === key) return;
      kept.delete(oldest);
      keptBytes -= bytesOf(old);
    }
  }

  async function get(texture: Texture): Promise<PageSound> {
    const key = keyOf(texture);
    const here = peek(texture) ?? coming.get(key);
    if (here) return here;
    const promise = load(texture);
    coming.set(key, promise);
    try {
      const sound = await promise;
      keep(key, sound);
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
      // Whoever wants to hear it is told what is wrong; nobody asked yet.
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

function keyOf({ id, stamp }: Texture): string {
  return `${id} ${stamp}`;
}

function bytesOf({ channels }: PageSound): number {
  return 4 * channels.length * (channels[0]?.length ?? 0);
}
