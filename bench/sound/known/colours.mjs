/**
 * Warm, airy and dark loops of white noise: what their filters leave, against the same loop unfiltered (which the
 * engine keeps backwards: its spectrum is the same). A Butterworth filter run forward and backward has
 * |H|² = 1/(1 + (f/fc)^(2·order))²: -6 dB at the cutoff.
 */
import { defaultSettings } from '../../../dist/config/defaults.js';
import { makePadLoops } from '../../../dist/families/pads/pad-loops.js';
import { bandPower } from '../band-power.mjs';
import { powerDb } from '../statistics.mjs';
import { line } from '../verdicts.mjs';
import { allOf } from './makers.mjs';
import { RATE, whiteNoise } from './signals.mjs';

const GROUP = 'known: colours';
/** Width of the bands looked at, as parts of their middle. */
const WIDTH = 0.1;
const CASES = {
  warm: ['warm_lowpass_hz', 4, 1],
  airy: ['airy_highpass_hz', 4, -1],
  dark: ['dark_high_cut_hz', 5, 1],
};

export async function colourLines() {
  const settings = defaultSettings();
  settings.drones.pitch_shift_semitones = [0];
  settings.drones.time_stretch_factors = [1];
  const loops = await allOf(makePadLoops, whiteNoise(10 * RATE, 0.1, 'colours'), settings);
  const plain = loops.find(({ variant }) => variant === 'reversed').sound.channels[0];
  return Object.entries(CASES).flatMap(([colour, [key, order, side]]) => {
    const cutoff = settings.drones[key];
    const loop = loops.find(({ variant }) => variant === colour).sound.channels[0];
    const gainAt = (hz) =>
      powerDb(bandPower(loop, RATE, hz * (1 - WIDTH / 2), hz * (1 + WIDTH / 2)) / loop.length) -
      powerDb(bandPower(plain, RATE, hz * (1 - WIDTH / 2), hz * (1 + WIDTH / 2)) / plain.length);
    const beyond = cutoff * 2 ** side;
    const wanted = -20 * Math.log10(1 + 2 ** (2 * order));
    return [
      line(GROUP, `${colour}: gain at ${cutoff} Hz, off -6 dB by`, Math.abs(gainAt(cutoff) + 6.02), {
        unit: 'dB',
        atMost: 1.5,
      }),
      line(
        GROUP,
        `${colour}: gain an octave beyond (order ${order}, twice: ${wanted.toFixed(0)} dB)`,
        gainAt(beyond),
        {
          unit: 'dB',
          atMost: wanted + 3,
        },
      ),
      line(GROUP, `${colour}: gain an octave within`, Math.abs(gainAt(cutoff / 2 ** side)), {
        unit: 'dB',
        atMost: 1,
      }),
    ];
  });
}
