/** What decides what the steps of a batch make of an export, as digests: equal, they would make the same again. */
import { digestOf } from '../archive/content-hash.ts';
import { journalPath } from '../archive/journal.ts';
import { manifestPath } from '../archive/manifest.ts';
import { stampOf } from '../archive/stamp.ts';
import type { Families } from '../config/settings.ts';
import { DECISIONS_FILE } from '../engine/decisions.ts';
import { ENGINE_VERSION } from '../engine/version.ts';
import { join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import { sha256Of } from '../platform/sha256.ts';
import { CURATED_FOLDER, SELECTION_FILE } from './curate.ts';
import { openPalette } from './palette.ts';
import { STEP_CODE } from './step-code.ts';

/** @param request what is asked of the step, as plain data */
export interface StepInputs {
  /** Of a step that chooses from all textures. */
  ofTextures(request: unknown): Promise<string>;
  /** Of one that works on the selection as it is by now. */
  ofSelection(request: unknown): Promise<string>;
}

/**
 * Of the textures their files' sizes and times count, of what is written about them the bytes.
 * @throws as {@link openPalette}
 */
export async function stepInputs(
  platform: Platform,
  exportFolder: string,
  families: Families,
): Promise<StepInputs> {
  const { textures } = await openPalette(platform, exportFolder, families);
  const written = [manifestPath(exportFolder), journalPath(exportFolder), join(exportFolder, DECISIONS_FILE)];
  const lines = [ENGINE_VERSION, STEP_CODE, exportFolder, ...families.map(({ id }) => id)];
  for (const path of written) lines.push((await digestOf(platform, path)) ?? '-');
  for (const { path, file } of textures)
    lines.push(`${path} ${(await stampOf(platform, file))?.text ?? '-'}`);
  const shared = sha256Of(lines.join('\n'));
  const selection = join(exportFolder, CURATED_FOLDER, SELECTION_FILE);
  const digest = (...parts: unknown[]) => sha256Of(JSON.stringify([shared, ...parts]));
  return {
    ofTextures: async (request) => digest(request),
    ofSelection: async (request) => digest(request, await digestOf(platform, selection)),
  };
}
