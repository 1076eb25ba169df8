/** From a texture as its family made it to the bytes of its file. */
import { type FinishContext, type FinishedTexture, finishTexture } from '../curation/finish.ts';
import { mixDown } from '../curation/mix-down.ts';
import { stemOf } from '../curation/texture-path.ts';
import type { Lender, Rooms } from '../dsp/rooms.ts';
import type { RandomFor, Texture } from '../families/texture.ts';
import { encodeWav } from '../formats/wav-writer.ts';
import type { Task } from './task.ts';
import { ENGINE_VERSION } from './version.ts';

/** Mixed down where that is asked, levelled, measured, graded and named. @param lender as of {@link finishTexture} */
export function finished(texture: Texture, context: FinishContext, lender?: Lender): FinishedTexture {
  const sound = mixDown(texture.sound, texture.family, context.settings.export, context.families);
  return finishTexture({ ...texture, sound }, context, lender);
}

/**
 * The WAV file of a finished texture.
 * @param path where it lies under the export folder: the file carries its own name
 * @param randomFor that of its maker's work
 * @param rooms in which the bytes lie; left out where they are to last
 */
export function fileOf(
  { sound, root }: FinishedTexture,
  { loop, naming, index, variant }: Texture,
  path: string,
  { settings, source }: Pick<Task, 'settings' | 'source'>,
  randomFor: RandomFor,
  rooms?: Rooms,
): Uint8Array {
  const { metadata } = settings.export;
  const software = `afterglow-engine ${ENGINE_VERSION}`;
  const options = {
    bitDepth: settings.global.output_bit_depth,
    ...(metadata === 'none' ? {} : { sampler: { loop: loop !== null, root } }),
    ...(metadata === 'full' ? { info: { name: stemOf(path), software, source } } : {}),
    random: randomFor('dither', naming, index, variant),
  };
  return encodeWav(sound, options, rooms);
}
