import { fadeIn, fadeOut } from '../../dsp/fade.ts';
import { peak } from '../../dsp/levels.ts';
import { pow } from '../../dsp/maths.ts';
import { frameCount, type Sound, type SoundReader } from '../../dsp/sound.ts';
import { LISTENED_SEC } from './kind.ts';
import type { DrumSettings } from './settings.ts';

/** A hit's place in its source, frames. */
export interface DrumHit {
  /** Where the attack begins. */
  readonly attack: number;
  /** Where it ends at the latest: at the next attack, or where the settings cut it. */
  readonly end: number;
  /** Where the next attack begins, or the source ends. */
  readonly next: number;
}

/** A hit with nothing but itself in it. */
export interface DrumCut {
  readonly sound: Sound;
  /** As it sounds until the next one, from its attack on: how slowly it dies says more of it than what is cut. */
  readonly ringing: Sound;
  /** The stretch of source it was taken from, frames. */
  readonly start: number;
  readonly end: number;
  /** Where in the sound the attack begins. */
  readonly attack: number;
}

/** What follows a hit is its decay down to this far under its peak, dB, or to -84 dBFS: the rest is silence. */
const DECAY_DB = 66;
const SILENT = pow(10, -84 / 20);
/** Most of a hit that is faded out, as a share: of 10 ms the fade takes 2.5, which still is no click. */
const FADED_SHARE = 0.25;

/** Where each hit ends: at the next attack or after a fixed length, at most max_length_sec after its own. */
export function layOutHits(
  attacks: readonly number[],
  frames: number,
  sampleRate: number,
  { slice_mode, fixed_length_sec, max_length_sec }: DrumSettings['drum_miner'],
): DrumHit[] {
  const longest = Math.round(max_length_sec * sampleRate);
  const fixed = Math.round(fixed_length_sec * sampleRate);
  return attacks.map((attack, i) => {
    const next = attacks[i + 1] ?? frames;
    const wanted = slice_mode === 'fixed_length' ? attack + fixed : next;
    return { attack, next, end: Math.min(frames, wanted, attack + longest) };
  });
}

/**
 * Cuts a hit out whole. The fade-in lies before the attack and ends at it, so that no part of the attack is softened;
 * where the source begins with the attack one frame of silence goes before it. First and last sample are zero. Silence
 * after the hit is left out, down to `min_length_sec`.
 */
export async function cutHit(
  reader: SoundReader,
  { attack, end, next }: DrumHit,
  { fade_in_ms, fade_out_ms, min_length_sec }: DrumSettings['drum_miner'],
): Promise<DrumCut> {
  const { sampleRate } = reader;
  const lead = leadOf(attack, fade_in_ms, sampleRate);
  const start = attack - lead;
  const rings = Math.min(next - attack, Math.round(LISTENED_SEC * sampleRate));
  const read = await reader.read(start, Math.max(end, attack + rings) - start);
  const excerpt = part(read, 0, end - start);
  const shortest = lead + Math.round(min_length_sec * sampleRate);
  const length = Math.max(Math.min(shortest, end - start), decayEnd(excerpt));
  const wanted = (fade_out_ms * sampleRate) / 1000;
  const fade = Math.round(Math.min(wanted, FADED_SHARE * (length - lead)));
  const channels = excerpt.channels.map((channel) => {
    const samples = new Float32Array(length + (lead === 0 ? 1 : 0));
    samples.set(channel.subarray(0, length), samples.length - length);
    fadeIn(samples, lead);
    fadeOut(samples, Math.max(1, fade));
    return samples;
  });
  return {
    sound: { sampleRate, channels },
    ringing: part(read, lead, lead + rings),
    start,
    end: start + length,
    attack: frameCount({ sampleRate, channels }) - length + lead,
  };
}

/** Frames before an attack that belong to its hit: those of the fade, at least one, as far as there are any. */
export function leadOf(attack: number, fadeInMs: number, sampleRate: number): number {
  return Math.min(attack, Math.max(1, Math.round((fadeInMs * sampleRate) / 1000)));
}

function part({ sampleRate, channels }: Sound, from: number, end: number): Sound {
  return { sampleRate, channels: channels.map((channel) => channel.subarray(from, end)) };
}

/** Frames up to the last one that is louder than silence. */
function decayEnd(sound: Sound): number {
  const quiet = Math.max(SILENT, peak(sound) * pow(10, -DECAY_DB / 20));
  let end = 0;
  for (const channel of sound.channels) {
    let last = channel.length;
    while (last > end && Math.abs(channel[last - 1]) <= quiet) last--;
    end = Math.max(end, last);
  }
  return end;
}
