import { extname } from '../paths.ts';

/** How much larger a file's sound is as 16-bit PCM: usual music, and lossy files of some 190 kbit/s. */
const LOSSLESS = 2;
const LOSSY = 8;
const PACKED: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    ['.flac', '.alac', '.ape', '.wv', '.tta', '.tak', '.shn'].map((extension) => [extension, LOSSLESS]),
  ),
  ...Object.fromEntries(
    ['.mp3', '.ogg', '.oga', '.opus', '.m4a', '.mp4', '.m4b', '.aac', '.wma', '.mka', '.webm', '.ac3', '.amr']
      .concat('.mp2', '.mpc', '.m4r')
      .map((extension) => [extension, LOSSY]),
  ),
};

/** A file's size as 16-bit PCM, guessed by its name, since planning opens no file. */
export function pcmBytes(path: string | null, bytes: number): number {
  return bytes * (PACKED[path === null ? '' : extname(path).toLowerCase()] ?? 1);
}
