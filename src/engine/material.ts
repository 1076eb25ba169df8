/** What makers work from: a source at the engine's rate, without DC, not above full scale, and what the analysis found in it. */
import { analyse } from '../analysis/analyse.ts';
import { removeDrift } from '../analysis/remove-drift.ts';
import { turnedDown } from '../analysis/turned-down.ts';
import { resampled } from '../archive/resampled.ts';
import type { OpenedSource } from '../archive/source.ts';
import type { Settings } from '../config/settings.ts';
import type { SoundReader } from '../dsp/sound.ts';
import type { Material } from '../families/texture.ts';

/** Receives the share analysed, 0 to 1; what it throws ends the analysis. */
type OnProgress = (share: number) => void;

/** Analyses a source once, for all makers. @param name the source's name in file names */
export async function analyseMaterial(
  opened: OpenedSource,
  name: string,
  settings: Settings,
  onProgress: OnProgress,
): Promise<Material> {
  const atRate = (reader: SoundReader) => resampled(reader, settings.global.sample_rate);
  const analysed = await analyse(opened, onProgress, atRate);
  const { reader, analysis } = turnedDown(atRate(opened), analysed);
  return { name, reader: removeDrift(reader, analysis), analysis };
}
