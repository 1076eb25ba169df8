/** What a method makes of the known signals. */

import { partialNear, RATE } from '../sound/known/signals.mjs';
import { largest } from '../sound/statistics.mjs';
import * as known from './known-signals.mjs';
import {
  amplitudeDb,
  attacks,
  colourChange,
  crest,
  inner,
  levelChange,
  likenessOfSides,
  sinad,
} from './measures.mjs';

const SIGNALS = {
  sine: known.steadySine(),
  chord: known.wideChord(),
  noise: known.wideNoise(),
  vowel: known.vowel(),
  bass: known.quietBass(),
  vibrato: known.vibrato(1),
  plucks: known.plucks(),
};
const PLUCKED = attacks(SIGNALS.plucks.channels[0], known.pluckTimes());

/** @returns {Promise<{ task: string, method: string, figure: string, value: number }[]>} */
export async function knownFigures(method, task) {
  const results = {};
  let cpuSec = 0;
  let lengthError = 0;
  for (const [name, sound] of Object.entries(SIGNALS)) {
    const result = await method.run(sound, task);
    results[name] = result.sound.channels;
    cpuSec += result.cpuSec;
    const wanted = Math.round(sound.channels[0].length * task.factor);
    lengthError = Math.max(lengthError, Math.abs(results[name][0].length - wanted));
  }
  const sourceSec = Object.keys(SIGNALS).length * known.SECONDS;
  return Object.entries({
    'length, worst error (frames)': lengthError,
    ...sineFigures(results.sine, task),
    ...chordFigures(results.chord, task),
    ...noiseFigures(results.noise),
    ...vowelFigures(results.vowel, task),
    ...bassFigures(results.bass, task),
    ...vibratoFigures(results.vibrato, task),
    ...pluckFigures(results.plucks, task),
    'speed (× real time, one core)': sourceSec / cpuSec,
  }).map(([figure, value]) => ({ task: task.name, method: method.name, figure, value }));
}

function sineFigures(channels, { semitones }) {
  const { cents, decibels } = worstPartial([channels[0]], [known.SINE.hz], known.SINE.amplitude, semitones);
  return {
    'sine: pitch error (cents)': cents,
    'sine: level error (dB)': decibels,
    'sine: SINAD (dB)': sinad(inner(channels[0]), known.SINE.hz * 2 ** (semitones / 12)),
  };
}

function chordFigures(channels, { semitones }) {
  const { cents, decibels } = worstPartial(channels, known.CHORD_HZ, known.CHORD_AMPLITUDE, semitones);
  return {
    'chord: pitch, worst partial (cents)': cents,
    'chord: level, worst partial (dB)': decibels,
    'chord: L/R correlation error': sidesError(channels, SIGNALS.chord.channels),
  };
}

function noiseFigures(channels) {
  return {
    'noise: level error (dB)': levelChange(channels, SIGNALS.noise.channels),
    'noise: L/R correlation error': sidesError(channels, SIGNALS.noise.channels),
  };
}

function vowelFigures(channels, { semitones }) {
  const wanted = known.VOICE_HZ * 2 ** (semitones / 12);
  const fundamental = partialNear(channels[0], wanted, 0.4);
  return {
    'vowel: pitch error (cents)': Math.abs(1200 * Math.log2(fundamental.hz / wanted)),
    'vowel: crest, change (dB)': crest(inner(channels[0])) - crest(inner(SIGNALS.vowel.channels[0])),
  };
}

function bassFigures([channel], { semitones }) {
  const { hz, amplitude } = known.LOW_PARTIAL;
  const { decibels } = worstPartial([channel], [hz], amplitude, semitones);
  return { 'quiet bass 20 Hz from loud: level (dB)': decibels };
}

/** Beside the same partials made slower, since their side bands move nearer when they waver more slowly. */
function vibratoFigures([channel], { factor, semitones }) {
  if (semitones !== 0) return {};
  const [ideal] = known.vibrato(factor).channels;
  const change = colourChange(inner(channel, factor), inner(ideal, factor), RATE);
  return { 'vibrato: third octaves, RMS off the ideal (dB)': change };
}

function pluckFigures([channel], { factor }) {
  const { rise, before } = attacks(
    channel,
    known.pluckTimes().map((time) => time * factor),
  );
  return {
    [`pluck: rise from 10 to 90 % (ms; source ${(1000 * PLUCKED.rise).toFixed(0)})`]: 1000 * rise,
    [`pluck: power before it over that after (dB; source ${PLUCKED.before.toFixed(0)})`]: before,
  };
}

function worstPartial(channels, partials, amplitude, semitones) {
  const found = channels.flatMap((channel) =>
    partials.map((hz) => {
      const wanted = hz * 2 ** (semitones / 12);
      const partial = partialNear(channel, wanted, 0.4);
      return {
        cents: Math.abs(1200 * Math.log2(partial.hz / wanted)),
        decibels: Math.abs(amplitudeDb(partial.amplitude / amplitude)),
      };
    }),
  );
  return {
    cents: largest(found.map(({ cents }) => cents)),
    decibels: largest(found.map(({ decibels }) => decibels)),
  };
}

function sidesError(channels, source) {
  return Math.abs(
    likenessOfSides(channels.map((side) => inner(side))) - likenessOfSides(source.map((side) => inner(side))),
  );
}
