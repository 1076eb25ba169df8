/** The start of a loop again behind its end, for players that read on past it, or want something to stand there. */
import type { Sound } from '../dsp/sound.ts';
import type { Candidate } from './candidate.ts';
import { planForDevice, type SampleForm } from './device-plan.ts';
import type { LeftOutReason } from './left-out.ts';
import type { KitPlan } from './plan.ts';
import type { KnownValue, Profile } from './profile.ts';
import type { DeviceTarget } from './target.ts';

/** Of a frame at most: two channels of 24 bits. */
const FRAME_BYTES = 6;
/** Of a device that takes any rate, the one at which so many frames last longest, Hz. */
const SLOWEST_RATE = 8000;

/** A loop with its first frames once more behind its end; one that is shorter than that goes round and round in them. */
export function withGuardFrames({ sampleRate, channels }: Sound, count: number): Sound {
  return {
    sampleRate,
    channels: channels.map((loop) => {
      const guarded = new Float32Array(loop.length + count);
      guarded.set(loop);
      for (let i = 0; i < count; i++) guarded[loop.length + i] = loop[i % loop.length];
      return guarded;
    }),
  };
}

/** A plan that leaves the device room for so many frames behind each loop. @throws as {@link planForDevice} */
export function planWithGuardFrames<T extends Candidate>(
  textures: readonly T[],
  options: Parameters<DeviceTarget['plan']>[1],
  leftOut: ReadonlyMap<string, LeftOutReason>,
  form: SampleForm,
  count: number,
): KitPlan<T> {
  const { profile } = options;
  const eachSec = count / SLOWEST_RATE;
  const tightened: Profile = {
    ...profile,
    longest_sample_sec: lessened(profile.longest_sample_sec, eachSec),
    total_sec: lessened(profile.total_sec, 2 * eachSec * textures.length),
    total_bytes: lessened(profile.total_bytes, count * FRAME_BYTES * textures.length),
  };
  return planForDevice(textures, { ...options, profile: tightened }, leftOut, form);
}

function lessened({ value, ...rest }: KnownValue<number>, by: number): KnownValue<number> {
  return { value: value === null ? null : Math.max(0, value - by), ...rest };
}
