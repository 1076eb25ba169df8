import { extname } from '../paths.ts';

/** How much larger a file's sound is as 16-bit PCM. */
interface Packing {
  readonly usual: number;
  /** Where it is packed more than most: for what must not be taken for too little. */
  readonly most: number;
}

/** Usual music; one voice, or much silence. */
const LOSSLESS: Packing = { usual: 2, most: 4 };
/** Files of some 190 kbit/s; of some 90. */
const LOSSY: Packing = { usual: 8, most: 16 };
const PACKED: Readonly<Record<string, Packing>> = {
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
  return bytes * (packingOf(path)?.usual ?? 1);
}

/** The same, where it is as long as most such files of that size are at most. */
export function mostPcmBytes(path: string | null, bytes: number): number {
  return bytes * (packingOf(path)?.most ?? 1);
}

function packingOf(path: string | null): Packing | undefined {
  return path === null ? undefined : PACKED[extname(path).toLowerCase()];
}
