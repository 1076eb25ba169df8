/** Grains and clouds of known tones: aliases, evenness, a pitch range that works, no hole and no repeat. */
import { defaultSettings } from '../../../dist/config/defaults.js';
import { fastFftSize, realFft } from '../../../dist/dsp/fft.js';
import { GRAIN_BLOCK, GrainReader } from '../../../dist/dsp/interpolate.js';
import { KernelWorkspace } from '../../../dist/dsp/kernel-memory.js';
import { makeClouds } from '../../../dist/families/clouds/make.js';
import { bandPower } from '../band-power.mjs';
import { levelsAround } from '../evenness-lines.mjs';
import { repetition } from '../repetition-lines.mjs';
import { largest, mean, powerDb } from '../statistics.mjs';
import { stereoError } from '../stereo-error.mjs';
import { line } from '../verdicts.mjs';
import { allOf } from './makers.mjs';
import { chord, RATE, tones, whiteNoise } from './signals.mjs';

/** So many that chance leaves no pitch out. */
const MANY = { grains_per_cloud: 200, grain_length_max_ms: 150 };
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
  return [...lines, ...(await spectrumLines()), ...(await imageLines())];
}

/** How far the pitch range reaches, from where grains come, what the low-pass leaves. */
async function spectrumLines() {
  const frames = 12 * RATE;
  const sine = (await cloudOf(tones([{ hz: 440, amplitude: 0.3 }], frames), 7, MANY)).channels[0];
  const between = (low, high) => bandPower(sine, RATE, 440 * 2 ** (low / 12), 440 * 2 ** (high / 12));
  const inside = between(-7.5, 7.5);
  // A tone that glides an octave: the pitch of a grain tells where it was taken.
  const glide = Float32Array.from(
    { length: 24 * RATE },
    (_, n) => 0.3 * Math.sin((2 * Math.PI * 220 * 24 * (2 ** (n / (24 * RATE)) - 1)) / Math.LN2),
  );
  // Each of a source's clouds has its own part of the source: together they have all of it.
  const wandering = await cloudsOf(glide, 0);
  const places = Array.from({ length: 12 }, (_, i) =>
    wandering.reduce(
      (sum, { channels }) =>
        sum + bandPower(channels[0], RATE, 220 * 2 ** (i / 12), 220 * 2 ** ((i + 1) / 12)),
      0,
    ),
  );
  const usual = mean(places);
  const dull = (await cloudOf(whiteNoise(frames, 0.1, 'dull'), 0, { lowpass_hz: 2000 })).channels[0];
  return [
    line(
      GROUP,
      'pitch range ±7: energy of a sine beyond it',
      powerDb((between(-24, -7.5) + between(7.5, 24)) / inside),
      {
        unit: 'dB',
        atMost: -20,
      },
    ),
    line(
      GROUP,
      'pitch range ±7: energy a third and more from the tone',
      powerDb((between(-7.5, -4) + between(4, 7.5)) / inside),
      {
        unit: 'dB',
        atLeast: -10,
      },
    ),
    line(
      GROUP,
      'twelfths of a gliding source that are heard (within 10 dB of the mean)',
      places.filter((power) => power > 0.1 * usual).length,
      { count: 12, atLeast: 11 },
    ),
    line(
      GROUP,
      'low-pass at 2 kHz: 4 to 8 kHz against 0.5 to 1 kHz, a Hz',
      powerDb(bandPower(dull, RATE, 4000, 8000) / 8 / bandPower(dull, RATE, 500, 1000)),
      { unit: 'dB', atMost: -24 },
    ),
  ];
}

/** A stereo source keeps its image where nothing is spread, and both sides weigh the same where it is. */
async function imageLines() {
  const frames = 12 * RATE;
  const common = whiteNoise(frames, 0.1, 'image');
  const wide = ['left', 'right'].map((side) => whiteNoise(frames, 0.1, side).map((x, n) => x + common[n]));
  const kept = (await cloudOf(wide, 0, { stereo_spread: 0 })).channels;
  const spread = (await cloudOf(wide, 0, { stereo_spread: 1 })).channels;
  const powers = spread.map((channel) => bandPower(channel, RATE, 100, 7000));
  return [
    line(
      GROUP,
      'cloud of stereo noise, spread 0: left/right correlation, error',
      Math.abs(stereoError(kept, [wide], RATE, 0)),
      {
        atMost: 0.05,
      },
    ),
    line(GROUP, 'the same, spread 1: balance of the sides', Math.abs(powerDb(powers[0] / powers[1])), {
      unit: 'dB',
      atMost: 1,
    }),
  ];
}

async function cloudOf(channels, range, changes) {
  const [cloud] = await cloudsOf(channels, range, changes);
  if (!cloud) throw new Error('No cloud came of a steady sound.');
  return cloud;
}

async function cloudsOf(channels, range, changes = {}) {
  const settings = defaultSettings();
  Object.assign(settings.clouds, { pitch_shift_range: { min: -range, max: range }, ...changes });
  return (await allOf(makeClouds, channels, settings)).map(({ sound }) => sound);
}

/** Level of everything but the tone that should be heard, against the tone that was read; worst of all speeds. */
function worstAlias() {
  const length = GRAIN_BLOCK;
  const grain = new KernelWorkspace().floats(length);
  const reader = new GrainReader();
  let worst = -Infinity;
  for (const semitones of [-12, -7, -3, 4, 7, 12]) {
    const ratio = 2 ** (semitones / 12);
    for (const hz of [1000, 7000, 12_000, 15_500, 19_000]) {
      const source = tones([{ hz, amplitude: 0.5 }], 4 * length);
      reader.setRatio(ratio);
      reader.read([source], length / 2, [grain], length);
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
