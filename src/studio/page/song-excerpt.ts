/** A texture in its song: an excerpt around the place where it was found. */
import type { Texture } from '../protocol.ts';
import { getSound } from './api.ts';
import { decodeWav, type PageSound } from './wav.ts';

/** Where in its song an excerpt lies, as parts of the song. */
export interface Excerpt {
  readonly start: number;
  readonly length: number;
}

/** @throws Unanswered, or Error with a sentence where it cannot be decoded */
export async function getSongExcerpt({ id }: Texture): Promise<{ sound: PageSound; excerpt: Excerpt }> {
  const { bytes, header } = await getSound(`/api/context/${id}`);
  const sound = decodeWav(bytes);
  const seconds = (name: string) => Number(header(name));
  const song = seconds('afterglow-source-sec');
  const length = sound.channels[0].length / sound.sampleRate / song;
  return { sound, excerpt: { start: seconds('afterglow-start-sec') / song, length } };
}
