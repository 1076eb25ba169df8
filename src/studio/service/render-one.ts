import { sameBytes } from '../../archive/same-bytes.ts';
import type { RenderChanges } from '../../palette/changes.ts';
import type { OwnProject } from '../../palette/origin-project.ts';
import { openPalette } from '../../palette/palette.ts';
import { render } from '../../palette/render.ts';
import type { Rendered } from '../../palette/rendered.ts';
import type { Platform } from '../../platform/platform.ts';
import { notRenderedWords, renderNoteWords } from '../../wording/renders.ts';

export interface RenderTask {
  /** Absolute. */
  readonly exportFolder: string;
  readonly own: OwnProject;
  /** The texture, in the export. */
  readonly path: string;
  /** Where the new one is to lie there, should somebody keep it. */
  readonly place: string;
  readonly changes: RenderChanges;
}

export type RenderedOne =
  | (Pick<Rendered, 'bytes' | 'row' | 'recorded'> & {
      readonly notes: readonly string[];
      /** It sounds as the one that it was made from, to the sample. */
      readonly isSame: boolean;
    })
  /** In a sentence. */
  | { readonly bytes: null; readonly reason: string };

/**
 * Makes one texture again, otherwise.
 * @param onProgress receives the share of its source that is analysed; what it throws ends it
 * @throws FileSystemError where there is no such export any more
 */
export async function renderOne(
  platform: Platform,
  { exportFolder, own, path, place, changes }: RenderTask,
  onProgress: (share: number) => void,
): Promise<RenderedOne> {
  const palette = await openPalette(platform, exportFolder);
  const wanted = palette.textures.filter((texture) => texture.path === path);
  const request = {
    own,
    changes,
    placeOf: () => place,
    onProgress: (_: string, share: number) => onProgress(share),
  };
  for await (const one of render(platform, palette, wanted, request)) {
    if (one.bytes === null) return { bytes: null, reason: notRenderedWords(one.reason) };
    const { bytes, notes, row, recorded, texture } = one;
    const isSame = hasSameSound(bytes, await platform.files.read(texture.file));
    return { bytes, row, recorded, isSame, notes: notes.map(renderNoteWords) };
  }
  return { bytes: null, reason: `There is no texture “${path}” in the export any more.` };
}

/** Where the engine's WAVs hold the size of their sound, which lies right behind it. */
const SIZE_AT = 40;

/** Names differ, and stand behind the sound. */
function hasSameSound(a: Uint8Array, b: Uint8Array): boolean {
  const sound = (bytes: Uint8Array) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return bytes.subarray(SIZE_AT, SIZE_AT + 4 + view.getUint32(SIZE_AT, true));
  };
  return a.length > SIZE_AT + 4 && b.length > SIZE_AT + 4 && sameBytes(sound(a), sound(b));
}
