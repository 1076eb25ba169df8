/**
 * Pads mined from held sounds under a pulse of a known rate: how far the beat across the wrap is early or late, by the
 * loop's length alone. The control cuts the same sounds to the wanted length, as if nothing pulsed.
 */
import { defaultSettings } from '../../../dist/config/defaults.js';
import { makePads } from '../../../dist/families/pads/make.js';
import { share } from '../statistics.mjs';
import { shareLine } from '../verdicts.mjs';
import { allOf } from './makers.mjs';
import { PULSING, pulsingPad } from './pulsing-pads.mjs';
import { RATE } from './signals.mjs';

const GROUP = 'known: pulses';
/** Every so many of the kinds: each shape, most rates. */
const EVERY = 5;
const UNHEARD_SEC = 0.02;
const UNHEARD_SHARE = 0.03;

export async function pulseLines() {
  const settings = defaultSettings();
  const kinds = PULSING.filter((_, i) => i % EVERY === 0);
  const loops = [];
  let found = 0;
  for (const kind of kinds) {
    const pads = await allOf(makePads, pulsingPad(kind), settings);
    if (pads.length > 0) found++;
    loops.push(...pads.map(({ sound }) => ({ kind, seconds: sound.channels[0].length / RATE })));
  }
  const [wanted] = settings.pad_miner.target_durations_sec;
  return [
    shareLine(GROUP, 'pumped and tremolo sounds that give pads', found / kinds.length, kinds.length, {
      atLeast: 0.95,
    }),
    shareLine(GROUP, 'beat across the wrap off by ≤ 20 ms or 3 %', share(loops, isWhole), loops.length, {
      atLeast: 0.95,
    }),
    shareLine(
      'control: pulses',
      'the same of loops of the wanted length',
      share(kinds, (kind) => isWhole({ kind, seconds: wanted })),
      kinds.length,
      { atMost: 0.7 },
    ),
  ];
}

function isWhole({ kind, seconds }) {
  const period = 1 / kind.rateHz;
  const periods = Math.round(seconds / period);
  const off = periods === 0 ? seconds : Math.abs(seconds - periods * period);
  return off <= Math.max(UNHEARD_SEC, UNHEARD_SHARE * period);
}
