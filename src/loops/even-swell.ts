/**
 * A closed loop with its swell taken out: one gain for all channels, which moves as slowly as the swell and goes round
 * with the loop, so that image and wrap stay as they are. Hardly any two seconds of music keep their level within the
 * 1.5 dB that nobody hears go round: of 22 pads of songs 4 do.
 */
import { dbToAmplitude } from '../dsp/levels.ts';
import { multiplyRing, ringBlocks } from '../dsp/riding.ts';
import { frameCount, type Sound } from '../dsp/sound.ts';
import { energyTrack } from './energy.ts';
import { courseAt, slowMovement, swellOf } from './swell.ts';

/** So much of a swell is left, since nobody hears it, and the gain moves the less; dB. */
const LEFT_DB = 0.8;

/**
 * @param loop the whole loop
 * @param mostDb peak to trough of what is taken out at most
 * @param pulses whole periods of a steady pulse that the loop holds, which stays as deep as it is; 0 where nothing pulses
 * @returns the same sound where it does not swell
 */
export function evenSwell(loop: Sound, mostDb: number, pulses = 0): Sound {
  const length = frameCount(loop);
  const movement = slowMovement(energyTrack(loop), length, loop.sampleRate, pulses);
  const swell = swellOf(movement);
  if (swell <= LEFT_DB || mostDb === 0) return loop;
  const share = Math.min(swell - LEFT_DB, mostDb) / swell;
  const gains = Float32Array.from(courseAt(movement, ringBlocks(length)), (db) => dbToAmplitude(-share * db));
  const channels = loop.channels.map((channel) => channel.slice());
  for (const channel of channels) multiplyRing(channel, gains);
  return { ...loop, channels };
}
