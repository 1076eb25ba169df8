/** Grains and clouds of known tones: aliases, evenness, a pitch range that works, no hole and no repeat. */
import { analyse } from '../../../dist/analysis/analyse.js';
import { defaultSettings } from '../../../dist/config/defaults.js';
import { fastFftSize, realFft } from '../../../dist/dsp/fft.js';
import { renderGrain } from '../../../dist/dsp/interpolate.js';
import { Random } from '../../../dist/dsp/random.js';
import { soundReader } from '../../../dist/dsp/sound.js';
import { makeClouds } from '../../../dist/textures/clouds.js';
import { levelsAround } from '../evenness-lines.mjs';
import { repetition } from '../repetition-lines.mjs';
import { largest, mean, powerDb } from '../statistics.mjs';
import { line } from '../verdicts.mjs';
import { chord, RATE, tones, whiteNoise } from './signals.mjs';

const GROUP = 'known: grains';

export async function grainLines() {
  const steady = tones([{ hz: 440, amplitude: 0.3 }], 12 * RATE);
  const cases = {
    'sine, no shift': [steady, 0],
    'sine, ±7 semitones': [steady, 7],
    'chord, ±7 semitones': [chord([45, 52, 60], 12 * RATE), 7],
    'noise, ±7 semitones': [whiteNoise(12 * RATE, 0.1, 'cloud'), 7],
  };
  const lines = [
    line(GROUP, 'alias of a sine read 0.5 to 2 times as fast', worstAlias(), { unit: 'dB', atMost: -80 }),
  ];
  const spreads = {};
  for (const [name, [samples, range]] of Object.entries(cases)) {
    const cloud = await cloudOf(samples, range);
    const levels = levelsAround(cloud.channels, Math.round(0.1 * RATE));
    const average = mean(levels);
    lines.push(
      line(
        GROUP,
        `cloud of ${name}: 100 ms RMS, furthest from its mean`,
        largest(levels.map((level) => Math.abs(powerDb(level / average)))),
        { unit: 'dB', count: levels.length, atMost: 1 },
      ),
    );
    spreads[name] = offTone(cloud.channels[0], 440);
    if (name.startsWith('noise')) {
      lines.push(
        line(
          GROUP,
          `cloud of ${name}: likeness of a 300 ms piece to another place`,
          repetition(cloud.channels[0], RATE, true),
          { atMost: 0.5 },
        ),
      );
    }
  }
  lines.push(
    line(GROUP, 'energy half a semitone and more from the tone, pitch range 0', spreads['sine, no shift'], {
      unit: 'dB',
      atMost: -15,
    }),
    line(
      GROUP,
      'energy half a semitone and more from the tone, pitch range ±7',
      spreads['sine, ±7 semitones'],
      {
        unit: 'dB',
        atLeast: -10,
      },
    ),
  );
  return lines;
}

async function cloudOf(samples, range) {
  const sound = { sampleRate: RATE, channels: [samples] };
  const settings = defaultSettings();
  settings.clouds.pitch_shift_range = { min: -range, max: range };
  const reader = soundReader(sound);
  const material = { name: 'known', reader, analysis: await analyse(reader) };
  const chance = (...words) => new Random('bench', ...words);
  for await (const made of makeClouds(material, settings, chance)) if ('sound' in made) return made.sound;
  throw new Error('No cloud came of a steady sound.');
}

/** Level of everything but the tone that should be heard, against the tone that was read; worst of all speeds. */
function worstAlias() {
  const length = 16_384;
  let worst = -Infinity;
  for (const semitones of [-12, -7, -3, 4, 7, 12]) {
    const ratio = 2 ** (semitones / 12);
    for (const hz of [1000, 7000, 12_000, 15_500, 19_000]) {
      const source = tones([{ hz, amplitude: 0.5 }], 4 * length);
      const grain = renderGrain(source, length / 2, ratio, new Float32Array(length), length);
      worst = Math.max(worst, powerDb(energyApartFrom(grain, hz * ratio) / 0.125));
    }
  }
  return worst;
}

/** Mean square of a grain, under a four-term Blackman-Harris window (sidelobes -92 dB), outside ±50 Hz of a tone. */
function energyApartFrom(samples, hz) {
  const { length } = samples;
  const weights = [0.35875, -0.48829, 0.14128, -0.01168];
  let gain = 0;
  const windowed = samples.map((x, n) => {
    const w = weights.reduce((sum, a, i) => sum + a * Math.cos((2 * Math.PI * i * n) / length), 0);
    gain += w * w;
    return x * w;
  });
  const spectrum = realFft(length).forward(windowed);
  let most = 0;
  for (let k = 8; k < length / 2; k++) {
    if (Math.abs((k * RATE) / length - hz) < 50) continue;
    most += (2 * (spectrum[2 * k] ** 2 + spectrum[2 * k + 1] ** 2)) / length / gain;
  }
  return most;
}

/** Energy further than half a semitone from a tone, against all of it, dB. */
function offTone(samples, hz) {
  const size = fastFftSize(samples.length);
  const padded = new Float32Array(size);
  padded.set(samples);
  const spectrum = realFft(size).forward(padded);
  let [off, all] = [0, 0];
  for (let k = 1; k < size / 2; k++) {
    const power = spectrum[2 * k] ** 2 + spectrum[2 * k + 1] ** 2;
    all += power;
    if (Math.abs(12 * Math.log2((k * RATE) / size / hz)) > 0.5) off += power;
  }
  return powerDb(off / all);
}
