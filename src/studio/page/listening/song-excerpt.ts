/** A texture in its song: an excerpt around the place where it was found, or the song piece by piece. */
import type { Texture } from '../../protocol.ts';
import { getSound } from '../backend/api.ts';
import { decodeWav, type PageSound } from '../sound/wav.ts';

/** Where in its song an excerpt lies, as parts of the song. */
export interface Excerpt {
  readonly start: number;
  readonly length: number;
}

export interface SongPiece {
  readonly sound: PageSound;
  readonly excerpt: Excerpt;
  /** Where it begins in the song, seconds. */
  readonly startSec: number;
  readonly endSec: number;
  readonly songSec: number;
}

/** @throws Unanswered, or Error with a sentence where it cannot be decoded */
export function getSongExcerpt({ id }: Texture): Promise<SongPiece> {
  return songPiece(`/api/context/${id}`);
}

/** The piece of a texture's song from some second on. @throws as {@link getSongExcerpt} */
export function getSongFrom({ id }: Texture, fromSec: number): Promise<SongPiece> {
  return songPiece(`/api/song/${id}?from=${fromSec}`);
}

async function songPiece(address: string): Promise<SongPiece> {
  const { bytes, header } = await getSound(address);
  const sound = decodeWav(bytes);
  const seconds = (name: string) => Number(header(name));
  const songSec = seconds('afterglow-source-sec');
  const startSec = seconds('afterglow-start-sec');
  const length = sound.channels[0].length / sound.sampleRate;
  return {
    sound,
    startSec,
    songSec,
    endSec: startSec + length,
    excerpt: { start: startSec / songSec, length: length / songSec },
  };
}
