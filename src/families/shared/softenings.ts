/** How what stands out of a ring is softened: one after the other, for as long as something does. */
import { type Softening, softenChanges } from '../../dsp/soften-changes.ts';
import type { Sound } from '../../dsp/sound.ts';

/** With these 31 of 35 sources gave a bed of all that sounds in them, and the others one of what lasts (measured for 0.6.0). */
export const SOFTENINGS: readonly Softening[] = [
  { medians: 2, leastDb: 2 },
  { medians: 1.5, leastDb: 1.5 },
  { medians: 1.3, leastDb: 1.2 },
];

/** A softened copy, each channel by itself: what strikes on one side is lost in the sum of both, and heard all the same. */
export function softenEach({ channels, sampleRate }: Sound, softening: Softening): Sound {
  const softened = channels.map((channel) => channel.slice());
  for (const channel of softened) softenChanges([channel], sampleRate, softening);
  return { sampleRate, channels: softened };
}
