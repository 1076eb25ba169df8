/** What takes too long for the thread that answers requests. */
import { embedSound } from '../../curation/embedding.ts';
import { AfterglowError } from '../../errors.ts';
import { type PaletteTexture, readTexture } from '../../palette/palette.ts';
import { layOut, type Pin } from './layout.ts';
import { type Excerpt, openSongs, type SongOverview } from './song.ts';

/** Every errand with what it comes back with. */
export interface Errands {
  readonly embed: {
    readonly wish: Pick<PaletteTexture, 'file' | 'isLoop'>;
    /** Null where the sound cannot be read. */
    readonly result: Float32Array | null;
  };
  readonly 'lay-out': { readonly wish: { readonly pins: readonly Pin[] }; readonly result: Float64Array };
  readonly overview: {
    readonly wish: { readonly file: string };
    readonly result: SongOverview | Problem;
  };
  readonly excerpt: {
    readonly wish: { readonly file: string; readonly startSec: number; readonly endSec: number };
    readonly result: Excerpt | Problem;
  };
}

/** Why a song cannot be heard, in a sentence. */
interface Problem {
  readonly problem: string;
}

export type Errand = { [K in keyof Errands]: { readonly kind: K } & Errands[K]['wish'] }[keyof Errands];
type ErrandResult = Errands[keyof Errands]['result'];

/** @returns does errands, one after the other */
export function errandBoy(): (errand: Errand) => Promise<ErrandResult> {
  const songs = openSongs();
  const carryOut = async (errand: Errand): Promise<ErrandResult> => {
    switch (errand.kind) {
      case 'embed':
        return readTexture(errand).then((sound) => embedSound(sound, errand.isLoop), unlessUnforeseen(null));
      case 'lay-out':
        return layOut(errand.pins);
      case 'overview':
        return songs.overview(errand.file).catch(problemOf);
      case 'excerpt':
        return songs.excerpt(errand.file, errand.startSec, errand.endSec).catch(problemOf);
    }
  };
  let last: Promise<unknown> = Promise.resolve();
  return (errand) => {
    const turn = last.then(() => carryOut(errand));
    last = turn.catch(() => undefined);
    return turn;
  };
}

function unlessUnforeseen<T>(instead: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof AfterglowError) return instead;
    throw error;
  };
}

function problemOf(error: unknown): Problem {
  if (error instanceof AfterglowError) return { problem: error.message };
  throw error;
}
