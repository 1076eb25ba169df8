import { fadeOut } from '../dsp/fade.ts';
import type { Random } from '../dsp/random.ts';
import { randomisePhases } from '../dsp/randomise-phases.ts';
import { frameCount, type Sound } from '../dsp/sound.ts';
import { closeLoop } from '../loops/close.ts';
import { seamSeverity } from '../loops/seam.ts';
import type { Adaptation } from './adaptation.ts';
import { isEnoughLeft } from './limits.ts';
import { LENGTH_SLACK, LENGTH_SLACK_SEC } from './room.ts';

/** A sound that is no longer than it may be, and how that was done; null where it was short enough. */
export interface LengthFit {
  readonly sound: Sound;
  readonly adaptation: Adaptation | null;
}

/** How far its start may lie from the middle of the longer one, s. */
const START_SLACK_SEC = 2;
const SHORTEST_FADE_SEC = 0.1;
/** A one-shot that is cut fades out over this part of what is left of it, this time at most, s. */
const FADE_OUT = 0.25;
const FADE_OUT_SEC = 1.5;
/**
 * A loop that is no longer than `most` frames. It is not cut: a shorter one is searched for in it, closed and measured;
 * where none closes inaudibly, the loop's phases are randomised over a ring of that length.
 * @param random the random numbers for those phases
 */
export function fitLoopLength(loop: Sound, most: number, random: Random): LengthFit {
  const length = frameCount(loop);
  if (length <= most) return { sound: loop, adaptation: null };
  const ofSec = length / loop.sampleRate;
  const closed = shorterLoop(loop, most);
  if (closed) {
    const sec = frameCount(closed) / loop.sampleRate;
    return { sound: closed, adaptation: { code: 'looped-anew', sec, ofSec } };
  }
  const sec = most / loop.sampleRate;
  return {
    sound: randomisePhases(loop, most, random),
    adaptation: { code: 'phases-randomised', sec, ofSec },
  };
}

/**
 * A one-shot that is no longer than `most` frames, faded out where it is cut.
 * @returns null where too little of it would be left
 */
export function fitShotLength(shot: Sound, most: number): LengthFit | null {
  const length = frameCount(shot);
  if (length <= most) return { sound: shot, adaptation: null };
  if (!isEnoughLeft(most, length)) return null;
  const { sampleRate } = shot;
  const fade = Math.round(Math.min(FADE_OUT * most, FADE_OUT_SEC * sampleRate));
  const channels = shot.channels.map((channel) => {
    const cut = channel.slice(0, most);
    fadeOut(cut, fade);
    return cut;
  });
  return {
    sound: { sampleRate, channels },
    adaptation: { code: 'faded-out', sec: most / sampleRate, ofSec: length / sampleRate },
  };
}

/** The best loop of at most so many frames around the middle of a loop; null where each would be heard to close. */
function shorterLoop(loop: Sound, most: number): Sound | null {
  const { sampleRate } = loop;
  const length = frameCount(loop);
  const slack = Math.round(Math.min(LENGTH_SLACK * most, LENGTH_SLACK_SEC * sampleRate));
  // Twice round, so that a loop may lie anywhere, and what leads up to it is there.
  const twice = loop.channels.map((channel) => {
    const surroundings = new Float32Array(2 * length);
    surroundings.set(channel);
    surroundings.set(channel, length);
    return surroundings;
  });
  const closed = closeLoop(
    { sampleRate, channels: twice },
    {
      start: length >> 1,
      length: most - slack,
      startSlack: Math.round(Math.min(length / 4, START_SLACK_SEC * sampleRate)),
      lengthSlack: slack,
      fade: Math.round(Math.min(SHORTEST_FADE_SEC * sampleRate, most / 4)),
    },
  );
  return closed && seamSeverity(closed.seam) <= 1 ? closed.sound : null;
}
