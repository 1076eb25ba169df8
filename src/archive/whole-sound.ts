import type { Sound } from '../dsp/sound.ts';
import { byteReader } from '../formats/bytes.ts';
import { decodePcmInto } from '../formats/pcm.ts';
import { readWavHeader } from '../formats/wav-header.ts';
import type { Platform } from '../platform/platform.ts';
import { openSource } from './source.ts';

/**
 * All of a file's sound, at its own rate: for textures, which are short.
 * @throws MalformedFileError, UnsupportedFormatError, NotAllowedError, FileSystemError
 */
export async function readWholeSound(platform: Platform, path: string): Promise<Sound> {
  const source = await openSource(platform, path);
  try {
    return await source.read(0, source.frameCount);
  } finally {
    await source.close();
  }
}

/**
 * The sound of a whole WAV file in memory: what {@link readWholeSound} reads of it once it is on the disk.
 * @param into filled with it: as many channels and frames as it has
 * @throws MalformedFileError, UnsupportedFormatError
 */
export async function wavSound(
  name: string,
  bytes: Uint8Array,
  into: readonly Float32Array[],
): Promise<Sound> {
  const { layout } = await readWavHeader(byteReader(name, bytes));
  decodePcmInto(into, bytes.subarray(layout.dataOffset), layout);
  return { sampleRate: layout.sampleRate, channels: into };
}
