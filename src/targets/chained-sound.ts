import { frameCount, type Sound } from '../dsp/sound.ts';
import type { Profile } from './profile.ts';
import type { LayOut, SampleLayout } from './sample-layout.ts';
import type { FittedSample, TargetTexture } from './target.ts';

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
export function layoutOf(samples: readonly FittedSample[], layOut: LayOut, profile: Profile): SampleLayout {
  const lengths = samples.map(({ sound }) => frameCount(sound));
  return layOut(lengths, samples[0].slot.texture.loops, profile);
}

/** A lone sample as it is, or several as slices, silence around them. */
export function chainedSound(samples: readonly FittedSample[], layout: SampleLayout): ChainedSound {
  const [{ slot, sound }] = samples;
  const { texture, file } = slot;
  if (samples.length === 1) return { sound, texture, slices: null };
  const slices = samples.map((sample, i) => {
    const start = layout.starts[i];
    return { start, end: start + frameCount(sample.sound) };
  });
  const name = file.slice(file.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
  const shared = { ...texture, name, sourcePath: '', root: null, tempo: null };
  return { sound: joined(samples, layout), texture: shared, slices };
}

function joined(samples: readonly FittedSample[], { starts, frames }: SampleLayout): Sound {
  const [{ sampleRate, channels }] = samples.map(({ sound }) => sound);
  return {
    sampleRate,
    channels: channels.map((_, c) => {
      const whole = new Float32Array(frames);
      for (const [i, { sound }] of samples.entries()) whole.set(sound.channels[c], starts[i]);
      return whole;
    }),
  };
}
