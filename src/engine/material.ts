/** What makers work from: a source at the engine's rate and level, without DC, and what the analysis found in it. */
import { analyse } from '../analysis/analyse.ts';
import { analysisOf } from '../analysis/analysis.ts';
import { removeDrift } from '../analysis/remove-drift.ts';
import { amplified, workingGain } from '../analysis/working-level.ts';
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
  const gain = await workingGain(opened);
  const working = (reader: SoundReader) => resampled(amplified(reader, gain), settings.global.sample_rate);
  const analysis = analysisOf(await analyse(opened, onProgress, working), { gain });
  return { name, reader: removeDrift(working(opened), analysis), analysis };
}
