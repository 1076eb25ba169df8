/** Swells of a steady tone: the rise and fall are raised cosines from zero to zero, and back to front when reversed. */
import { defaultSettings } from '../../../dist/config/defaults.js';
import { makeSwells } from '../../../dist/families/swells/make.js';
import { largest } from '../statistics.mjs';
import { line } from '../verdicts.mjs';
import { allOf } from './makers.mjs';
import { RATE, tones } from './signals.mjs';

const GROUP = 'known: swells';
const HZ = 500;
/** Whole periods of the tone: 4 ms. */
const WINDOW = (2 * RATE) / HZ;
/** Where the wanted curve lies lower, the window is no longer short beside its slope, dB. */
const LOWEST_DB = -40;

export async function swellLines() {
  const settings = defaultSettings();
  const { swell_duration_sec, fade_in_sec, fade_out_sec } = settings.drones;
  settings.drones.pitch_shift_semitones = [0];
  settings.drones.time_stretch_factors = [1];
  const source = tones([{ hz: HZ, amplitude: 0.5 }], 10 * RATE);
  const [swell, reversed] = await allOf(makeSwells, source, settings);
  const samples = swell.sound.channels[0];
  const backwards = reversed.sound.channels[0].slice().reverse();
  const wanted = (sec) =>
    raisedCosine(sec / fade_in_sec) * raisedCosine((swell_duration_sec - sec) / fade_out_sec);
  return [
    line(GROUP, 'level against raised cosines, furthest off', worstDeparture(samples, wanted), {
      unit: 'dB',
      atMost: 0.5,
    }),
    line(GROUP, 'first and last sample', largest([samples[0], samples.at(-1)].map(Math.abs)), { atMost: 0 }),
    line(GROUP, 'length, error', Math.abs(samples.length - swell_duration_sec * RATE), {
      unit: 'frames',
      atMost: 0,
    }),
    line(
      GROUP,
      'reversed: samples that differ from the swell played backwards',
      samples.filter((x, n) => x !== backwards[n]).length,
      { atMost: 0 },
    ),
  ];
}

const raisedCosine = (place) => (place >= 1 ? 1 : 0.5 - 0.5 * Math.cos(Math.PI * place));

/** Largest difference in dB of the level of 4 ms from the wanted curve, that curve's middle being the reference. */
function worstDeparture(samples, wanted) {
  let worst = 0;
  for (let start = 0; start + WINDOW <= samples.length; start += WINDOW >> 1) {
    const curve = wanted((start + WINDOW / 2) / RATE);
    if (20 * Math.log10(curve) < LOWEST_DB) continue;
    let power = 0;
    for (let n = start; n < start + WINDOW; n++) power += samples[n] ** 2;
    worst = Math.max(worst, Math.abs(20 * Math.log10(Math.sqrt((2 * power) / WINDOW) / 0.5 / curve)));
  }
  return worst;
}
