/**
 * A closed loop with its swell taken out, by a gain for each channel that moves as slowly as the swell and goes round with
 * the loop, so that wrap and spectrum stay as they are. Hardly any two seconds of music keep their level within the 1.5 dB
 * that nobody hears go round: of 22 pads of songs 4 do. What moves from side to side once a round is heard as well, so each
 * channel is evened out by itself; its mean level stays, and the balance of the sides with it.
 */
import { dbToAmplitude } from '../dsp/levels.ts';
import { multiplyRing, ringBlocks } from '../dsp/riding.ts';
import { FRESH, type Lender } from '../dsp/rooms.ts';
import { frameCount, type Sound } from '../dsp/sound.ts';
import { EnergyTrack } from './energy.ts';
import { courseAt, slowMovement, swellOf } from './swell.ts';

/** So much of a swell is left, since nobody hears it, and the gain moves the less; dB. */
const LEFT_DB = 0.8;

/**
 * @param loop the whole loop
 * @param mostDb peak to trough of what is taken out at most
 * @param pulses whole periods of a steady pulse that the loop holds, which stays as deep as it is; 0 where nothing pulses
 * @param lender of channels that are evened
 * @returns channels that do not swell are the same
 */
export function evenSwell(loop: Sound, mostDb: number, pulses = 0, lender: Lender = FRESH): Sound {
  const length = frameCount(loop);
  const energies = new EnergyTrack(loop);
  const channels = loop.channels.map((channel, c) => {
    const movement = slowMovement(energies, [c], length, loop.sampleRate, pulses);
    const swell = swellOf(movement);
    const most = Math.min(swell - LEFT_DB, mostDb);
    if (most <= 0) return channel;
    const course = courseAt(movement, ringBlocks(length));
    const evened = lender.floats(length);
    evened.set(channel);
    multiplyRing(evened, gainsOf(course, -most / swell));
    return evened;
  });
  return { ...loop, channels };
}

/** @param share of a course, dB, that the gains follow */
function gainsOf(course: Float64Array, share: number): Float32Array {
  const gains = new Float32Array(course.length);
  for (let i = 0; i < gains.length; i++) gains[i] = dbToAmplitude(share * course[i]);
  return gains;
}
