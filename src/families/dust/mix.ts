/** Dust: a bed of hiss or room tone under a pad, both of them loops, so that what comes of it loops too. */
import { amplify, dbToAmplitude } from '../../dsp/levels.ts';
import { loudness } from '../../dsp/loudness.ts';
import { pow } from '../../dsp/maths.ts';
import type { Edges } from '../../dsp/resample.ts';
import { repeated, ringOfFrames } from '../../dsp/resample-ring.ts';
import { type Rooms, withRooms } from '../../dsp/rooms.ts';
import { frameCount, type Sound } from '../../dsp/sound.ts';

/** How often pad and bed go round until both are at their ends together. */
export interface Rounds {
  readonly pad: number;
  readonly bed: number;
}

/** The bed may play so much faster or slower, as a ratio: a semitone, which noise does not tell. */
const MOST_SPEED = pow(2, 1 / 12);
/**
 * How exactly it is read at that speed: flat to 17.6 kHz at 44.1, and what is folded back is noise over 19.8 kHz in noise. The usual
 * filter is three times as long, and took a fifth of what dust costs.
 */
const NOISE_EDGES: Edges = { passband: 0.8, stopband: 1.1 };

/**
 * The fewest rounds of a pad after which a bed ends within a semitone of its own speed: 2 s over 1.5 s meet after
 * three and four. Repeating the pad changes nothing that is heard, and the bed keeps its tremolo and its image.
 * @param padSec length of one round; as `bedSec`, above 0
 */
export function meetingOf(padSec: number, bedSec: number): Rounds {
  // It ends: nine rounds of the shorter of them are always within half a round, 5.6 %, of whole rounds of the longer.
  for (let pad = 1; ; pad++) {
    const bed = Math.max(1, Math.round((pad * padSec) / bedSec));
    const speed = (bed * bedSec) / (pad * padSec);
    if (speed <= MOST_SPEED && speed >= 1 / MOST_SPEED) return { pad, bed };
  }
}

/**
 * A bed under a pad, as a ring of whole rounds of both at the pad's rate. Where one of them is stereo, so is the whole.
 *
 * @param pad a whole loop, as is `bed`
 * @param levelDb loudness of the bed against the pad's as they sound together, LU
 * @returns null where one of them is silent
 */
export function layDust(pad: Sound, bed: Sound, levelDb: number): Sound | null {
  return withRooms((rooms) => laid(pad, bed, levelDb, rooms));
}

function laid(pad: Sound, bed: Sound, levelDb: number, rooms: Rooms): Sound | null {
  const rounds = meetingOf(frameCount(pad) / pad.sampleRate, frameCount(bed) / bed.sampleRate);
  const frames = rounds.pad * frameCount(pad);
  const count = Math.max(pad.channels.length, bed.channels.length);
  const above = spread(repeated(pad, rounds.pad, rooms), count);
  const fitted = ringOfFrames(repeated(bed, rounds.bed, rooms), frames, pad.sampleRate, NOISE_EDGES);
  // Changed below: each channel by itself, also those of a bed in mono.
  const channels = above.channels.map((_, c) => fitted.channels[c] ?? fitted.channels[0].slice());
  const mixed = { sampleRate: pad.sampleRate, channels };
  const distance = loudness(above, true) - loudness(mixed, true);
  if (!Number.isFinite(distance)) return null;
  const gain = dbToAmplitude(distance + levelDb);
  for (const [c, channel] of channels.entries()) {
    amplify(channel, gain);
    addOver(channel, above.channels[c]);
  }
  return mixed;
}

function addOver(channel: Float32Array, over: Float32Array): void {
  for (let n = 0; n < channel.length; n++) channel[n] += over[n];
}

/** A mono sound on both channels where two are wanted. */
function spread({ sampleRate, channels }: Sound, count: number): Sound {
  return { sampleRate, channels: Array.from({ length: count }, (_, c) => channels[c] ?? channels[0]) };
}
