/** Slots of software samplers: every texture as it is, or as somebody asked, under a name that all of them take. */
import { TEXTURE_ENDING } from '../curation/texture-path.ts';
import type { LeftOutReason } from './left-out.ts';
import type { TargetPlan } from './plan.ts';
import { sampleFileNames } from './sample-names.ts';
import type { WantedShape } from './shape.ts';
import type { PlayerOptions, TargetTexture } from './target.ts';

/** Formats whose samples are files share them, in this folder. */
export const SAMPLES_FOLDER = 'samples/';

/** @param folder of the samples, with its last slash */
export function planForKeyboard<T extends TargetTexture>(
  textures: readonly T[],
  leftOut: ReadonlyMap<string, LeftOutReason>,
  folder: string,
  options: Pick<PlayerOptions, 'rate' | 'guardFrames'>,
): TargetPlan<T> {
  const taken = textures.filter(({ path }) => !leftOut.has(path));
  const names = sampleFileNames(taken.map(({ name, fileName }) => name ?? fileName));
  return {
    slots: taken.map((texture, i) => ({
      texture,
      shape: shapeOf(texture, options),
      file: folder + names[i] + TEXTURE_ENDING,
    })),
    leftOut: textures.flatMap((texture) => {
      const reason = leftOut.get(texture.path);
      return reason ? [{ texture, reason }] : [];
    }),
  };
}

/** Null where nothing of it is to change; else with 24 bits, which hold those of its file exactly. */
function shapeOf(
  { sampleRate, channelCount, loops }: TargetTexture,
  { rate, guardFrames }: Pick<PlayerOptions, 'rate' | 'guardFrames'>,
): WantedShape | null {
  const wanted = rate ?? sampleRate;
  if (wanted === sampleRate && !(guardFrames && loops)) return null;
  return {
    sampleRate: wanted,
    bitDepth: 24,
    channelCount: channelCount > 1 ? 2 : 1,
    longestFrames: null,
  };
}
