import type { Sound } from '../dsp/sound.ts';
import { byteReader } from '../formats/bytes.ts';
import { readWavHeader } from '../formats/wav-header.ts';
import type { Platform } from '../platform/platform.ts';
import { pcmReader } from './pcm-reader.ts';
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
 * The sound of a mono or stereo WAV file in memory: what {@link readWholeSound} reads of it once it is on the disk.
 * @throws MalformedFileError, UnsupportedFormatError
 */
export async function wavSound(name: string, bytes: Uint8Array): Promise<Sound> {
  const file = byteReader(name, bytes);
  const { layout, warnings } = await readWavHeader(file);
  return pcmReader(file, layout, warnings).read(0, layout.frameCount);
}
