/**
 * Makes the pictures of docs/SOUND-QUALITY.md anew: spectrograms (by sox) and level plots, all of the demo's own
 * music, which is made in code and belongs to nobody, and all from fixed seeds.
 *
 *   npm run build
 *   npm run pictures
 */

import { breathingChord, randomGrains } from '../bench/sound/known/clouds.mjs';
import { asTheReferenceCloses } from '../bench/sound/known/control.mjs';
import { RATE, tones } from '../bench/sound/known/signals.mjs';
import { analyse } from '../dist/analysis/analyse.js';
import { defaultSettings } from '../dist/config/defaults.js';
import { Random } from '../dist/dsp/random.js';
import { soundReader } from '../dist/dsp/sound.js';
import { stretchRange } from '../dist/dsp/stretch.js';
import { drumLoop, glassChoir, song } from '../dist/engine/demo/pieces.js';
import { makeBeds } from '../dist/families/beds/make.js';
import { makeClouds } from '../dist/families/clouds/make.js';
import { makeDrones } from '../dist/families/drones/make.js';
import { makeHiss } from '../dist/families/hiss/make.js';
import { makePads } from '../dist/families/pads/make.js';
import { coursePictures } from './pictures/courses.mjs';
import { levels } from './pictures/levels.mjs';
import { plot } from './pictures/plot.mjs';
import { spectrogram } from './pictures/spectrogram.mjs';

const OURS = '#0b6e99';
const THEIRS = '#c2410c';
const FULL_BAND = { highestHz: 22_050 };
const LEVEL_SEC = 0.02;
const random = (...words) => new Random('pictures', ...words);

const night = song(RATE);
await loopPictures(night);
await coursePictures(await material(night));
await cloudPicture();
await grainPictures(breathingChord());
await dronePicture(glassChoir(RATE));
await bedPicture(night);
await hissPictures(drumLoop(RATE));
await stretchPictures(night);

/** One pad of the song, four seconds, and the same stretch of song closed by the Python program's crossfade. */
async function loopPictures(source) {
  const settings = defaultSettings();
  settings.pad_miner.target_durations_sec = [4];
  const pad = await first(makePads(await material(source), settings));
  const from = Math.round(pad.origin.startSec * RATE);
  const length = pad.sound.channels[0].length;
  const stretchOfSong = source.channels.map((channel) => channel.slice(from, from + length));
  const control = asTheReferenceCloses({ sampleRate: RATE, channels: stretchOfSong });
  const wide = { highestHz: 15_000, depthDb: 100 };
  spectrogram('loop-afterglow', aroundTheWrap(pad.sound), 'Pad, round its wrap (in the middle)', wide);
  spectrogram(
    'loop-control',
    aroundTheWrap(control),
    'The same music, tail added to head and not dropped',
    wide,
  );

  const seconds = length / RATE;
  // Where the crossfade lies in the round that ends at the wrap, at second 0.
  const fadeFrom = pad.loop.crossfade.start / RATE - seconds;
  const curve = (sound) =>
    levels(tiled(sound, 2).channels[0], LEVEL_SEC).map(([at, level]) => [at - seconds, level]);
  plot('loop-level', {
    title: 'Level of both loops as one round follows another (RMS of 20 ms, left channel)',
    unit: 'dB against the RMS of the whole',
    range: [-15, 6],
    gridStep: 3,
    seconds: [-1, 1],
    tickSec: 0.2,
    marks: [{ at: 0, label: 'wrap' }],
    spans: [{ from: fadeFrom, to: fadeFrom + pad.loop.crossfade.length / RATE }],
    spanLabel: 'our crossfade',
    series: [
      { label: 'Python program’s crossfade', colour: THEIRS, points: curve(control) },
      { label: 'afterglow', colour: OURS, points: curve(pad.sound) },
    ],
  });
}

/** A cloud on a tone that never changes: whatever moves is the cloud's doing. */
async function cloudPicture() {
  const settings = defaultSettings();
  settings.clouds.pitch_shift_range = { min: 0, max: 0 };
  const tone = { sampleRate: RATE, channels: [tones([{ hz: 440, amplitude: 0.3 }], 12 * RATE)] };
  const { sound } = await first(makeClouds(await material(tone), settings, random));
  plot('cloud-level', {
    title: 'A cloud of grains of one steady sine, once round (RMS of 100 ms)',
    unit: 'dB against its mean',
    range: [-3, 3],
    gridStep: 1,
    seconds: [0, sound.channels[0].length / RATE],
    tickSec: 1,
    band: [-1, 1],
    marks: [],
    spans: [],
    series: [{ label: 'afterglow', colour: OURS, points: levels(sound.channels[0], 0.1) }],
  });
}

/** A chord of five notes, a cloud of it, and a cloud of short grains from anywhere. */
async function grainPictures(samples) {
  const source = { sampleRate: RATE, channels: [samples] };
  const { sound } = await first(makeClouds(await material(source), defaultSettings(), random));
  const short = { sampleRate: RATE, channels: [randomGrains(samples)] };
  const lines = { highestHz: 1500 };
  spectrogram('cloud-grains', sound, 'Drifting cloud of a chord: long grains that swing together', lines);
  spectrogram('cloud-control', short, 'The same chord in short grains, at random', lines);
}

async function dronePicture(source) {
  const settings = defaultSettings();
  settings.drones.drone_duration_sec = 16;
  const { sound } = await first(makeDrones(await material(source), settings, random));
  spectrogram('drone', sound, 'Drone of 16 s, a ring, from 4 s of bowed glasses', {
    highestHz: 2200,
  });
}

async function bedPicture(source) {
  const { sound } = await first(makeBeds(await material(source), defaultSettings(), random));
  spectrogram('bed', sound, 'Bed of 45 s, a ring, from a song of a minute', { highestHz: 4400 });
}

async function hissPictures(source) {
  const settings = defaultSettings();
  const { sound } = await first(makeHiss(await material(source), settings, random));
  spectrogram('hiss-source', source, 'Drum loop', FULL_BAND);
  spectrogram('hiss', tiled(sound, 4), 'Hiss loop made of it, four times round', FULL_BAND);
}

/** Chord and plucked melody: what lasts stays where it was, what is struck is smeared. */
async function stretchPictures(source) {
  const [start, count] = [10 * RATE, 6 * RATE];
  const tonal = { highestHz: 2200, depthDb: 60 };
  const reader = soundReader(source);
  const twiceAsLong = await stretchRange(reader, start, count, { factor: 2, semitones: 0 });
  spectrogram('stretch-source', await reader.read(start, count), 'Held chord and plucked melody, 6 s', tonal);
  spectrogram('stretch', twiceAsLong, 'Twice as long, 12 s', tonal);
}

async function material(sound) {
  const reader = soundReader(sound);
  return { name: 'picture', reader, analysis: await analyse(reader) };
}

async function first(made) {
  for await (const texture of made) if ('sound' in texture) return texture;
  throw new Error('Nothing was made that could be shown.');
}

function tiled({ sampleRate, channels }, times) {
  return {
    sampleRate,
    channels: channels.map((channel) => {
      const result = new Float32Array(times * channel.length);
      for (let round = 0; round < times; round++) result.set(channel, round * channel.length);
      return result;
    }),
  };
}

/** Two and a half seconds of a loop before its wrap, and as many after. */
function aroundTheWrap(loop) {
  const around = 2.5 * loop.sampleRate;
  const { channels } = tiled(loop, 2);
  const wrap = channels[0].length / 2;
  return {
    sampleRate: loop.sampleRate,
    channels: channels.map((channel) => channel.slice(wrap - around, wrap + around)),
  };
}
