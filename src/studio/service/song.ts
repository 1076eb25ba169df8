/** The song that a texture is from: how it runs, and excerpts of it to play. */

import { type OpenedSource, openSource } from '../../archive/source.ts';
import { stampOf } from '../../archive/stamp.ts';
import { Random } from '../../dsp/random.ts';
import { encodeWav } from '../../formats/wav-writer.ts';
import type { Platform } from '../../platform/platform.ts';

/** Parts in an overview of a whole song. */
const PEAKS = 800;
/** Frames that are read at a time. */
const BLOCK = 2 ** 17;

export interface SongOverview {
  readonly durationSec: number;
  /** Highest magnitude of each of equal parts, 0 to 1. */
  readonly peaks: readonly number[];
}

export interface Excerpt {
  /** A WAV of 24 bits. */
  readonly bytes: Uint8Array;
  /** Where it begins in the song, seconds. */
  readonly startSec: number;
  readonly songSec: number;
}

export interface Songs {
  /** @throws AudioError, FileSystemError where the song cannot be read */
  overview(file: string): Promise<SongOverview>;
  /** From one second to another, as far as the song reaches. @throws as overview */
  excerpt(file: string, startSec: number, endSec: number): Promise<Excerpt>;
}

/** One call at a time. The last song stays open: who plays one place of it will in the next. */
export function openSongs(platform: Platform): Songs {
  let open: { readonly key: string; readonly source: OpenedSource } | null = null;
  const sourceOf = async (file: string): Promise<OpenedSource> => {
    const key = `${file}\n${(await stampOf(platform, file))?.text}`;
    if (open?.key === key) return open.source;
    await open?.source.close();
    open = null;
    const source = await openSource(platform, file);
    open = { key, source };
    return source;
  };
  /** By file and stamp: a page asks again for every find of a song. */
  const overviews = new Map<string, SongOverview>();
  return {
    async overview(file) {
      const key = `${file}\n${(await stampOf(platform, file))?.text}`;
      const known = overviews.get(key);
      if (known) return known;
      const source = await sourceOf(file);
      const { frameCount, sampleRate } = source;
      const peaks = new Float64Array(frameCount === 0 ? 0 : PEAKS);
      for (let start = 0; start < frameCount; start += BLOCK) {
        const { channels } = await source.read(start, Math.min(BLOCK, frameCount - start));
        for (const channel of channels) {
          for (let n = 0; n < channel.length; n++) {
            const at = Math.floor(((start + n) * PEAKS) / frameCount);
            peaks[at] = Math.max(peaks[at], Math.abs(channel[n]));
          }
        }
      }
      const rounded = Array.from(peaks, (peak) => Math.round(Math.min(1, peak) * 1000) / 1000);
      const overview = { durationSec: frameCount / sampleRate, peaks: rounded };
      overviews.set(key, overview);
      return overview;
    },
    async excerpt(file, startSec, endSec) {
      const source = await sourceOf(file);
      const { frameCount, sampleRate } = source;
      const frame = (sec: number) => Math.min(frameCount, Math.max(0, Math.round(sec * sampleRate)));
      const start = frame(startSec);
      const sound = await source.read(start, frame(endSec) - start);
      const bytes = encodeWav(sound, {
        bitDepth: 24,
        random: new Random('excerpt'),
      });
      return { bytes, startSec: start / sampleRate, songSec: frameCount / sampleRate };
    },
  };
}
