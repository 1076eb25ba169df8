/**
 * Crossfades of pads from sounds that are hard to close: how many are found out by level or by stereo. The control spoils
 * the crossfades of the same pads: their sides are brought halfway to the middle, as a blend narrows what is wide.
 */
import { defaultSettings } from '../../../dist/config/defaults.js';
import { makePads } from '../../../dist/families/pads/make.js';
import { foundOut } from '../crossfade-stretches.mjs';
import { share } from '../statistics.mjs';
import { shareLine } from '../verdicts.mjs';
import { HARD, hardPad } from './hard-pads.mjs';
import { allOf } from './makers.mjs';
import { RATE } from './signals.mjs';

const GROUP = 'known: crossfades';

export async function crossfadeLines() {
  const settings = defaultSettings();
  settings.pad_miner.target_durations_sec = [2, 4];
  const pads = [];
  for (const kind of HARD) pads.push(...(await allOf(makePads, hardPad(kind), settings)));
  const looks = pads.map(({ sound, loop }) => foundOut(sound.channels, RATE, loop.crossfade));
  const spoilt = pads.map(({ sound, loop }) =>
    foundOut(narrowed(sound.channels, loop.crossfade), RATE, loop.crossfade),
  );
  const either = ({ level, stereo }) => level || stereo;
  return [
    shareLine(
      GROUP,
      'hard pads: crossfade found out by its level',
      share(looks, ({ level }) => level),
      pads.length,
    ),
    shareLine(
      GROUP,
      'the same by its stereo image',
      share(looks, ({ stereo }) => stereo),
      pads.length,
    ),
    shareLine(GROUP, 'the same by either', share(looks, either), pads.length, { atMost: 0.12 }),
    shareLine('control: crossfades', 'narrowed ones that are found out', share(spoilt, either), pads.length, {
      atLeast: 0.5,
    }),
  ];
}

function narrowed([left, right], { start, length }) {
  const sides = [left.slice(), right.slice()];
  for (let k = 0; k < length; k++) {
    const n = (start + k) % left.length;
    const middle = (left[n] + right[n]) / 2;
    sides[0][n] = (left[n] + middle) / 2;
    sides[1][n] = (right[n] + middle) / 2;
  }
  return sides;
}
