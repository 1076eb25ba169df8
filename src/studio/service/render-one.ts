import type { RenderChanges } from '../../palette/changes.ts';
import type { OwnProject } from '../../palette/origin-project.ts';
import { openPalette } from '../../palette/palette.ts';
import { render } from '../../palette/render.ts';
import type { Platform } from '../../platform/platform.ts';
import { notRenderedWords, renderNoteWords } from '../../wording/renders.ts';

export interface RenderTask {
  /** Absolute. */
  readonly exportFolder: string;
  readonly own: OwnProject;
  /** The texture, in the export. */
  readonly path: string;
  readonly changes: RenderChanges;
}

export type RenderedOne =
  | { readonly bytes: Uint8Array; readonly durationSec: number; readonly notes: readonly string[] }
  /** In a sentence. */
  | { readonly bytes: null; readonly reason: string };

/**
 * Makes one texture again, otherwise.
 * @param onProgress receives the share of its source that is analysed; what it throws ends it
 * @throws FileSystemError where there is no such export any more
 */
export async function renderOne(
  platform: Platform,
  { exportFolder, own, path, changes }: RenderTask,
  onProgress: (share: number) => void,
): Promise<RenderedOne> {
  const palette = await openPalette(platform, exportFolder);
  const wanted = palette.textures.filter((texture) => texture.path === path);
  const request = { own, changes, onProgress: (_: string, share: number) => onProgress(share) };
  for await (const one of render(platform, palette, wanted, request)) {
    if (one.bytes === null) return { bytes: null, reason: notRenderedWords(one.reason) };
    const { bytes, durationSec, notes } = one;
    return { bytes, durationSec, notes: notes.map(renderNoteWords) };
  }
  return { bytes: null, reason: `There is no texture “${path}” in the export any more.` };
}
