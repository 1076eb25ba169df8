import { writeAtomic } from '../../archive/write.ts';
import { Random } from '../../dsp/random.ts';
import type { Sound } from '../../dsp/sound.ts';
import { encodeWav } from '../../formats/wav-writer.ts';
import { join } from '../../paths.ts';
import type { Platform } from '../../platform/platform.ts';
import { aiff24 } from './aiff.ts';
import { drumLoop, glassChoir, song, warmChord } from './pieces.ts';

/** The demo's files, in different formats, rates and depths, as archives are. */
const FILES: readonly { readonly path: string; readonly bytes: () => Uint8Array }[] = [
  { path: 'source_audio/night_ferry.wav', bytes: () => wav(song(44_100), 24) },
  { path: 'pad_sources/warm_chord.wav', bytes: () => wav(warmChord(48_000), 16) },
  { path: 'pad_sources/glass_choir.aiff', bytes: () => aiff24(glassChoir(96_000)) },
  { path: 'drums/back_room_beat.wav', bytes: () => wav(drumLoop(44_100), 16) },
];

/**
 * Writes the demo archive; files that are there already are left as they are.
 * @param folder absolute
 * @returns the files written, relative to the folder
 * @throws FileSystemError where the disk fails
 */
export async function writeDemoArchive(platform: Platform, folder: string): Promise<string[]> {
  const written: string[] = [];
  for (const { path, bytes } of FILES) {
    const target = join(folder, path);
    if (await platform.files.exists(target)) continue;
    await writeAtomic(platform, target, bytes(), folder);
    written.push(path);
  }
  return written;
}

function wav(sound: Sound, bitDepth: 16 | 24): Uint8Array {
  return encodeWav(sound, {
    bitDepth,
    random: new Random('demo', 'dither'),
  });
}
