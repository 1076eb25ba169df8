import { type Edges, resampler } from './resample.ts';
import { type Rooms, withRooms } from './rooms.ts';
import { frameCount, type Sound } from './sound.ts';
import { unroll } from './unroll.ts';

/**
 * A loop at another sample rate, read round its end, so that it closes as it did before.
 *
 * A loop is a whole number of frames at either rate, so its length is rounded and the sound stretched by as much: half a
 * frame at most, 0.02 cents in a loop of a second.
 *
 * @param loop whole; at least one frame
 * @param toRate whole number of frames a second, within a factor of 64
 */
export function resampleRing(loop: Sound, toRate: number): Sound {
  if (loop.sampleRate === toRate) return loop;
  const frames = Math.max(1, Math.round((frameCount(loop) * toRate) / loop.sampleRate));
  return ringOfFrames(loop, frames, toRate);
}

/**
 * A loop read so fast that it goes round in so many frames; it closes as it did before.
 * @param loop whole; at least one frame, and within a factor of 64 of what it becomes
 * @param frames whole number, 1 or more
 * @param sampleRate what those frames are played at
 * @param edges see {@link resampler}
 */
export function ringOfFrames(loop: Sound, frames: number, sampleRate: number, edges?: Edges): Sound {
  const { inputRange, render } = resampler(frameCount(loop), frames, edges);
  const needed = inputRange(0, frames);
  const channels = loop.channels.map((channel) =>
    withRooms((rooms) =>
      render(unroll(channel, needed.start, rooms.floats(needed.count)), needed.start, 0, frames),
    ),
  );
  return { sampleRate, channels };
}

/** A loop going round so many times, for a moment: one round of it is the loop itself, more lie in rooms. */
export function repeated(loop: Sound, rounds: number, rooms: Rooms): Sound {
  if (rounds === 1) return loop;
  const channels = loop.channels.map((channel) => unroll(channel, 0, rooms.floats(rounds * channel.length)));
  return { sampleRate: loop.sampleRate, channels };
}
