/** Slots of software samplers: every texture as it is, under a name that all of them take. */
import { TEXTURE_ENDING } from '../curation/texture-path.ts';
import type { LeftOutReason } from './left-out.ts';
import type { TargetPlan } from './plan.ts';
import { sampleFileNames } from './sample-names.ts';
import type { MadeSample, TargetOptions, TargetTexture } from './target.ts';
import { type Instrument, instrumentsOf } from './zones.ts';

/** Formats whose samples are files share them, in this folder. */
export const SAMPLES_FOLDER = 'samples/';

/** @param folder of the samples, with its last slash */
export function planForKeyboard<T extends TargetTexture>(
  textures: readonly T[],
  leftOut: ReadonlyMap<string, LeftOutReason>,
  folder: string,
): TargetPlan<T> {
  const taken = textures.filter(({ path }) => !leftOut.has(path));
  const names = sampleFileNames(taken.map(({ name, fileName }) => name ?? fileName));
  return {
    slots: taken.map((texture, i) => ({ texture, shape: null, file: folder + names[i] + TEXTURE_ENDING })),
    leftOut: textures.flatMap((texture) => {
      const reason = leftOut.get(texture.path);
      return reason ? [{ texture, reason }] : [];
    }),
  };
}

/** An instrument and what it is called, in files and titles. */
export interface TitledInstrument {
  readonly instrument: Instrument;
  readonly title: string;
}

/** Samples laid out as instruments, one a part. */
export function keyboardInstruments(
  samples: readonly MadeSample[],
  { name, families }: Pick<TargetOptions, 'name' | 'families'>,
): TitledInstrument[] {
  const laid = samples.map(({ slot: { texture, file }, frameCount, sampleRate }) => {
    const { family, kind, loops, root, lufs, centroidHz } = texture;
    return { file, family, kind, frameCount, sampleRate, isLoop: loops, root, lufs, centroidHz };
  });
  return instrumentsOf(laid, families).map((instrument) => ({
    instrument,
    title: `${name}_${instrument.part}`,
  }));
}
