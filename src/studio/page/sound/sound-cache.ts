/** Decoded sounds, kept while they may be wanted again; what was used last stays longest. */
import type { PageSound } from './wav.ts';

/** Bytes of samples that are kept: some three minutes of stereo. */
const CACHE_BYTES = 64 * 1024 * 1024;

export interface SoundCache {
  /** Null where it is not there. */
  get(key: string): PageSound | null;
  keep(key: string, sound: PageSound): void;
}

export function createSoundCache(): SoundCache {
  /** What was used last stands last. */
  const kept = new Map<string, PageSound>();
  let keptBytes = 0;
  return {
    get(key) {
      const sound = kept.get(key);
      if (!sound) return null;
      kept.delete(key);
      kept.set(key, sound);
      return sound;
    },
    keep(key, sound) {
      kept.set(key, sound);
      keptBytes += bytesOf(sound);
      for (const [oldest, old] of kept) {
        if (keptBytes <= CACHE_BYTES || oldest === key) return;
        kept.delete(oldest);
        keptBytes -= bytesOf(old);
      }
    },
  };
}

function bytesOf({ channels }: PageSound): number {
  return 4 * channels.length * (channels[0]?.length ?? 0);
}
