/** What comes back with a loop, good and bad: an event that stands out, and a level that swells. */
import { swell, withNote } from '../../bench/sound/known/courses.mjs';
import { changesAround } from '../../bench/sound/landmark-lines.mjs';
import { defaultSettings } from '../../dist/config/defaults.js';
import { makePads } from '../../dist/families/pads/make.js';
import { evenSwell } from '../../dist/loops/even-swell.js';
import { levels } from './levels.mjs';
import { plot } from './plot.mjs';

const GOOD = '#0b6e99';
const BAD = '#c2410c';
const ROUNDS = 2;
const LEVEL_SEC = 0.1;
const MOST_DB = 8;

/** @param material the demo's song */
export async function coursePictures(material) {
  const pad = await padOf(material);
  const { sampleRate } = pad;
  const seconds = pad.channels[0].length / sampleRate;
  const [held, struck] = [pad.channels[0], withNote(pad.channels[0], 660)];
  const swelling = { sampleRate, channels: [swell(held, 1, 4)] };
  const even = evenSwell(swelling, MOST_DB);
  plot('landmark', {
    title:
      'Change of a pad from 23 ms to the next, twice round, with and without a note struck 6 dB under it',
    unit: 'dB a band',
    range: [0, 9],
    gridStep: 3,
    seconds: [0, ROUNDS * seconds],
    tickSec: 0.5,
    marks: [{ at: seconds, label: 'wrap' }],
    spans: [],
    series: [
      {
        label: 'with the note: a landmark',
        colour: BAD,
        points: twiceRound(changes(struck, sampleRate), seconds),
      },
      { label: 'the pad', colour: GOOD, points: twiceRound(changes(held, sampleRate), seconds) },
    ],
  });
  plot('swell', {
    title: 'Level of a pad that swells by 4 dB, twice round (RMS of 100 ms), and the same evened out',
    unit: 'dB against its mean',
    range: [-4, 4],
    gridStep: 1,
    seconds: [0, ROUNDS * seconds],
    tickSec: 0.5,
    band: [-0.75, 0.75],
    marks: [{ at: seconds, label: 'wrap' }],
    spans: [],
    series: [
      {
        label: 'swelling',
        colour: BAD,
        points: twiceRound(levels(swelling.channels[0], LEVEL_SEC), seconds),
      },
      { label: 'evened out', colour: GOOD, points: twiceRound(levels(even.channels[0], LEVEL_SEC), seconds) },
    ],
  });
}

/** The first pad of the song. */
async function padOf(material) {
  for await (const made of makePads(material, defaultSettings())) if ('sound' in made) return made.sound;
  throw new Error('The song gives no pad.');
}

function changes(channel, sampleRate) {
  const all = changesAround(channel, sampleRate);
  return all.map((db, i) => [(i / all.length) * (channel.length / sampleRate), db]);
}

function twiceRound(points, seconds) {
  return Array.from({ length: ROUNDS }, (_, round) =>
    points.map(([at, level]) => [at + round * seconds, level]),
  ).flat();
}
