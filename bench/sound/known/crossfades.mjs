/**
 * Crossfades of pads from sounds that are hard to close: how many are found out by level or by stereo. The control spoils
 * the crossfades of the same pads.
 */
import { defaultSettings } from '../../../dist/config/defaults.js';
import { makePads } from '../../../dist/families/pads/make.js';
import { crossfadeLooks, looksLines } from '../crossfade-stretches.mjs';
import { HARD, hardPad } from './hard-pads.mjs';
import { allOf } from './makers.mjs';
import { RATE } from './signals.mjs';

const GROUP = 'known: crossfades of hard pads';
const MOST_FOUND_OUT = 0.12;

export async function crossfadeLines() {
  const settings = defaultSettings();
  settings.pad_miner.target_durations_sec = [2, 4];
  const looks = [];
  for (const kind of HARD) {
    for (const { sound, loop } of await allOf(makePads, hardPad(kind), settings)) {
      looks.push(crossfadeLooks(sound.channels, RATE, loop.crossfade));
    }
  }
  return looksLines(GROUP, looks, MOST_FOUND_OUT);
}
