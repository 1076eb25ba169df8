/** A pad loop on its way: closed, and turned to where its seam is not heard. */
import { dbToAmplitude, rms } from '../../dsp/levels.ts';
import { frameCount, type Sound } from '../../dsp/sound.ts';
import { pulsesIn } from '../../loops/loop-pulse.ts';
import { placeWrap } from '../../loops/place-wrap.ts';
import { seamSeverity } from '../../loops/seam.ts';
import type { Loop, Texture } from '../texture.ts';

/** A colour that leaves less than this holds nothing but the noise of the source, dBFS. */
const LEAST_LEVEL_DB = -70;

/** A closed loop, whatever closed it. */
export type Closed = Pick<Texture, 'sound' | 'origin'> & { readonly loop: Loop };

/** Whole periods of a pulse that a loop holds. */
export function pulsesOf({ sound, loop }: Closed): number {
  return loop.kind === 'splice' ? pulsesIn(loop.pulse, frameCount(sound) / sound.sampleRate) : 0;
}

/** The loop, rotated to where its seam is inaudible, and measured there; null where it is audible all the same, or where there is none. */
export function closedInaudibly(closed: Closed | null): Closed | null {
  if (closed?.loop.kind !== 'splice') return closed;
  const { sound, crossfade, seam, course } = placeWrap(closed.sound, closed.loop.crossfade, pulsesOf(closed));
  if (seamSeverity(seam) > 1 && isAudible(sound)) return null;
  return { ...closed, sound, loop: { ...closed.loop, crossfade: crossfade!, seam, course } };
}

/** Whether it holds more than the noise of its source. */
export function isAudible(sound: Sound): boolean {
  return rms(sound) > dbToAmplitude(LEAST_LEVEL_DB);
}
