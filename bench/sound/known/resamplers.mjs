/**
 * The control of "wraps that step" in other programs: deep pads, whose steps are small against their level, begun at their
 * loudest sample, all step; begun where the engine puts their wrap, none should.
 */
import { placeWrap } from '../../../dist/loops/place-wrap.js';
import { bySox, hasSox } from '../other-resamplers.mjs';
import { begunAtItsLoudest, wrapStep } from '../resampler-lines.mjs';
import { share } from '../statistics.mjs';
import { shareLine } from '../verdicts.mjs';
import { RATE, tones } from './signals.mjs';

const GROUP = 'known: other programs’ resamplers';
/** Lengths of the pads, frames: none is whole at the other rate, where the last frame comes to lie behind their last one. */
const LENGTHS = [88_220, 88_251, 88_260, 88_288, 88_307, 88_333];
/** Root, fifth and octave, Hz. */
const DEEP = [55, 82.4, 110];

export function resamplerLines() {
  if (!hasSox) return [];
  const pads = LENGTHS.map(ring);
  const steps = (loops) => share(loops, (loop) => wrapStep(bySox(loop)) > 1);
  const atTheirWorst = pads.map((pad) => ({ ...pad, channels: begunAtItsLoudest(pad.channels) }));
  const placed = pads.map((pad) => placeWrap(pad, null).sound);
  const count = pads.length;
  return [
    shareLine(GROUP, 'deep pads begun at their loudest that step after sox', steps(atTheirWorst), count, {
      atLeast: 0.9,
    }),
    shareLine(GROUP, 'the same where the engine puts their wrap', steps(placed), count, { atMost: 0.1 }),
  ];
}

/** Deep tones on two sides, each of whole cycles, so that they are a ring. */
function ring(frames) {
  const side = (more) =>
    tones(
      DEEP.map((hz, i) => ({
        hz: ((Math.round((hz * frames) / RATE) + more) * RATE) / frames,
        phase: 1.7 * i,
      })),
      frames,
    );
  return { sampleRate: RATE, channels: [side(0), side(1)] };
}
