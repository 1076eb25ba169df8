import { frameCount, type Sound } from '../dsp/sound.ts';
import type { Profile } from './profile.ts';
import { laidOut, type SampleLayout } from './sample-layout.ts';
import type { DeviceTarget, FittedSample, TargetTexture } from './target.ts';

/** Where a slice lies, frames of its file. The end is the frame behind its last. */
export interface Slice {
  readonly start: number;
  readonly end: number;
}

/** The sound of a file, and what is said of it. */
export interface ChainedSound {
  readonly sound: Sound;
  /** Its texture; of several samples the first, without what is true of that alone. */
  readonly texture: TargetTexture;
  /** Null where the file is one sample. */
  readonly slices: readonly Slice[] | null;
}

/** How fitted samples lie in their file. */
export function layoutOf(
  samples: readonly FittedSample[],
  { layOut }: Required<Pick<DeviceTarget, 'layOut'>>,
  profile: Profile,
): SampleLayout {
  const lengths = samples.map(({ sound }) => frameCount(sound));
  return layOut(lengths, samples[0].slot.texture.loops, profile);
}

/** Samples as the one sound of their file. */
export function chainedSound(samples: readonly FittedSample[], layout: SampleLayout): ChainedSound {
  const sound = laidOut(
    samples.map((sample) => sample.sound),
    layout,
  );
  const { texture, file } = samples[0].slot;
  if (samples.length === 1) return { sound, texture, slices: null };
  const slices = samples.map((sample, i) => {
    const start = layout.starts[i];
    return { start, end: start + frameCount(sample.sound) };
  });
  const name = file.slice(file.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
  return { sound, texture: { ...texture, name, sourcePath: '', root: null, tempo: null }, slices };
}
