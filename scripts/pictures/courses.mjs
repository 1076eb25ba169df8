/** What comes back with a loop, good and bad: an event that stands out, and a level that swells. */
import { withNote } from '../../bench/sound/known/courses.mjs';
import { changesAround } from '../../bench/sound/landmark-lines.mjs';
import { defaultSettings } from '../../dist/config/defaults.js';
import { makePads } from '../../dist/families/pads/make.js';
import { levels } from './levels.mjs';
import { plot } from './plot.mjs';

const GOOD = '#0b6e99';
const BAD = '#c2410c';
const ROUNDS = 2;
const LEVEL_SEC = 0.1;

/** @param material the demo's song */
export async function coursePictures(material) {
  const even = await padOf(material, 8);
  const swelling = await padOf(material, 0);
  const { sampleRate } = even;
  const seconds = even.channels[0].length / sampleRate;
  const [held, struck] = [even.channels[0], withNote(even.channels[0], 660)];
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
    title: 'Level of a pad, twice round (RMS of 100 ms), before and after its swell was evened out',
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
        label: 'as in the song',
        colour: BAD,
        points: twiceRound(levels(swelling.channels[0], LEVEL_SEC), seconds),
      },
      { label: 'evened out', colour: GOOD, points: twiceRound(levels(even.channels[0], LEVEL_SEC), seconds) },
    ],
  });
}

/** The first pad of the song. @param evenDb by how much it may be evened out */
async function padOf(material, evenDb) {
  const settings = defaultSettings();
  settings.pad_miner.even_swell_db = evenDb;
  for await (const made of makePads(material, settings)) if ('sound' in made) return made.sound;
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
