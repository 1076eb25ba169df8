/**
 * What must not pass for a bed: one still moment over and over, and cuts at random. And a bed of a made song, which must.
 */
import { defaultSettings } from '../../../dist/config/defaults.js';
import { Random } from '../../../dist/dsp/random.js';
import { song } from '../../../dist/engine/demo/pieces.js';
import { makeBeds } from '../../../dist/families/beds/make.js';
import { againstSource, spectraOf } from '../bed-figures.mjs';
import { landmarkOf, severity } from '../landmark-lines.mjs';
import { repetition } from '../repetition-lines.mjs';
import { line } from '../verdicts.mjs';
import { allOf } from './makers.mjs';
import { RATE } from './signals.mjs';

const GROUP = 'control: beds';
const BED_SEC = 45;
const FROZEN_SEC = 2;
const CUT_SEC = 1;
/** A source that a bed must play from again and again. */
const SHORT_SEC = 12;
/** A piece of a ring that is as like another one says the same again. */
const MOST_LIKE = 0.95;

export async function bedLines() {
  const { channels } = song(RATE);
  const source = spectraOf(channels, RATE);
  const changeOf = (ring) => {
    const { change, sourceChange } = againstSource(spectraOf(ring, RATE), source, BED_SEC);
    return change / sourceChange;
  };
  const [bed] = await allOf(makeBeds, channels, defaultSettings());
  const beginning = channels.map((channel) => channel.slice(0, SHORT_SEC * RATE));
  const [ofShort] = await allOf(makeBeds, beginning, defaultSettings());
  const frozen = frozenMoment(channels);
  const cuts = randomCuts(channels);
  return [
    line(GROUP, 'a bed of the demo’s song: change over the source’s', changeOf(bed.sound.channels), {
      count: 1,
      atLeast: 0.5,
    }),
    line(
      GROUP,
      'the same: landmark, as a share of what is one',
      severity(landmarkOf(bed.sound.channels, RATE)),
      {
        count: 1,
        atMost: 1,
      },
    ),
    line(GROUP, 'two seconds over and over: change over the source’s', changeOf(frozen), {
      count: 1,
      atMost: 0.5,
    }),
    line(
      GROUP,
      'two seconds over and over: likeness of a 300 ms piece to another place',
      likenessOf(frozen),
      {
        count: 1,
        atLeast: MOST_LIKE,
      },
    ),
    line(GROUP, 'a bed of 12 s of the song: the same', likenessOf(ofShort.sound.channels), {
      count: 1,
      atMost: MOST_LIKE,
    }),
    line(GROUP, 'random cuts: landmark, as a share of what is one', severity(landmarkOf(cuts, RATE)), {
      count: 1,
      atLeast: 1,
    }),
  ];
}

const likenessOf = (ring) => repetition(ring[0], RATE, true);

function frozenMoment(channels) {
  const length = FROZEN_SEC * RATE;
  const start = 5 * RATE;
  return channels.map((channel) =>
    Float32Array.from({ length: BED_SEC * RATE }, (_, n) => channel[start + (n % length)]),
  );
}

function randomCuts(channels) {
  const length = CUT_SEC * RATE;
  const random = new Random('bench', 'beds');
  const starts = Array.from({ length: BED_SEC / CUT_SEC }, () => random.below(channels[0].length - length));
  return channels.map((channel) =>
    Float32Array.from(
      { length: BED_SEC * RATE },
      (_, n) => channel[starts[Math.floor(n / length)] + (n % length)],
    ),
  );
}
