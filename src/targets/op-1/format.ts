/**
 * What OP-1, OP-Z and OP-1 field read: an older format in mono, and one in stereo that the field added. The older one's kits
 * are of 12 s, its synth samples of 6 s, as the OP-Z guide has them (chapter sampling); the field's are of 20 s (DigiChain,
 * src/resources.js, which writes both).
 */
import type { Profile } from '../profile.ts';
import { type SampleLayout, tightLayout } from '../sample-layout.ts';

export const SAMPLE_RATE = 44_100;
/** Keys of a drum kit, F3 to E5. */
export const KIT_KEYS = 24;

export interface Op1Format {
  readonly channelCount: 1 | 2;
  /** Of a drum kit, frames; positions count as shares of it. */
  readonly kitFrames: number;
  /** Of a synth sample at most, s. */
  readonly longestSec: number;
  /**
   * Of a file of one sample at least, frames. An OP-Z plays 6 s of memory, whatever the file's length, and what lay there before
   * is heard behind a shorter one (gerotakke, OP-Z And Samples).
   */
  readonly leastFrames: number;
}

const MONO: Op1Format = {
  channelCount: 1,
  kitFrames: 12 * SAMPLE_RATE,
  longestSec: 6,
  leastFrames: 6 * SAMPLE_RATE,
};
const STEREO: Op1Format = { channelCount: 2, kitFrames: 20 * SAMPLE_RATE, longestSec: 20, leastFrames: 0 };

/** The format of a device: its profile says one number of channels. */
export function formatOf({ channels }: Pick<Profile, 'channels'>): Op1Format {
  return channels.value?.[0] === 2 ? STEREO : MONO;
}

/** Hits one behind the other, or one sample, as long as the device reads. */
export function op1Layout(lengths: readonly number[], _loops: boolean, profile: Profile): SampleLayout {
  const layout = tightLayout(lengths);
  if (lengths.length > 1) return layout;
  return { ...layout, frames: Math.max(layout.frames, formatOf(profile).leastFrames) };
}
