/** Signals to stretch, six seconds each, at levels that no method can drive into clipping. */
import { butterworthLowPass } from '../../dist/dsp/butterworth.js';
import { filterCircular } from '../../dist/dsp/filter.js';
import { RATE, tones, whiteNoise } from '../sound/known/signals.mjs';

export const SECONDS = 6;
const FRAMES = SECONDS * RATE;

export const SINE = { hz: 440.3, amplitude: 0.25 };
/** A minor, four octaves of it, no two partials within 45 Hz of one another. */
export const CHORD_HZ = [110, 164.81, 220, 261.63, 329.63, 440, 523.25, 659.26, 880, 1046.5];
export const CHORD_AMPLITUDE = 0.04;
export const VOICE_HZ = 140;
const PLUCK_SPACING_SEC = 0.75;

const stereo = (left, right) => ({ sampleRate: RATE, channels: [left, right] });

export function steadySine() {
  const sine = tones([{ ...SINE }], FRAMES);
  return stereo(sine, sine.slice());
}

/** Each partial stands elsewhere between left and right: they differ in phase. */
export function wideChord() {
  const side = (turn) =>
    tones(
      CHORD_HZ.map((hz, i) => ({ hz, amplitude: CHORD_AMPLITUDE, phase: 1.7 * i + turn * 0.3 * (i + 1) })),
      FRAMES,
    );
  return stereo(side(0), side(1));
}

/** Two channels of noise that correlate by a half; below 8 kHz, so that a shift up loses none of it. */
export function wideNoise() {
  const lowPass = butterworthLowPass(4, 8000, RATE);
  const noise = (name) => filterCircular([whiteNoise(FRAMES, 0.1, 'stretch', name)], lowPass)[0];
  const common = noise('common');
  const side = (name) => noise(name).map((x, n) => x + common[n]);
  return stereo(side('left'), side('right'));
}

/** Harmonics that peak together, once a period, under the formants of an open vowel. */
export function vowel() {
  const formants = [
    { hz: 700, width: 90, gain: 1 },
    { hz: 1150, width: 110, gain: 0.6 },
    { hz: 2500, width: 170, gain: 0.25 },
  ];
  const harmonics = Array.from({ length: 40 }, (_, k) => {
    const hz = VOICE_HZ * (k + 1);
    const amplitude = formants.reduce((sum, f) => sum + f.gain / (1 + ((hz - f.hz) / f.width) ** 2), 0.02);
    return { hz, amplitude: 0.06 * amplitude, phase: Math.PI / 2 };
  });
  const voice = tones(harmonics, FRAMES);
  return stereo(voice, voice.slice());
}

export const LOW_PARTIAL = { hz: 50, amplitude: 0.25 * 10 ** (-25 / 20) };

/** A low partial beside another, 20 Hz above it and 25 dB louder. */
export function quietBass() {
  const pair = tones([{ ...LOW_PARTIAL }, { hz: 70, amplitude: 0.25, phase: 1 }], FRAMES);
  return stereo(pair, pair.slice());
}

/**
 * Two partials that waver by 20 cents either way, 5.5 times a second of music.
 * @param factor how much slower they are to be: what an ideal stretch would make of them at 1
 */
export function vibrato(factor) {
  const samples = new Float32Array(Math.round(FRAMES * factor));
  for (const { hz, amplitude } of [
    { hz: 147, amplitude: 0.2 },
    { hz: 294, amplitude: 0.1 },
  ]) {
    let phase = 0;
    for (let n = 0; n < samples.length; n++) {
      samples[n] += amplitude * Math.sin(phase);
      const waver = 0.012 * Math.sin((2 * Math.PI * 5.5 * n) / RATE / factor);
      phase += (2 * Math.PI * hz * (1 + waver)) / RATE;
    }
  }
  return stereo(samples, samples.slice());
}

/** Plucked notes: 2 ms of attack, then a fall by 87 dB a second. */
export function plucks() {
  const samples = new Float32Array(FRAMES);
  pluckTimes().forEach((time, i) => {
    const start = Math.round(time * RATE);
    const step = (2 * Math.PI * 220 * 2 ** (((5 * i) % 12) / 12)) / RATE;
    for (let n = 0; start + n < FRAMES && n < PLUCK_SPACING_SEC * RATE; n++) {
      const level = Math.min(1, n / (0.002 * RATE)) * Math.exp((-10 * n) / RATE);
      for (let h = 1; h <= 6; h++) samples[start + n] += (0.25 / h) * level * Math.sin(h * step * n);
    }
  });
  return stereo(samples, samples.slice());
}

export function pluckTimes() {
  return Array.from({ length: 7 }, (_, i) => 0.5 + i * PLUCK_SPACING_SEC);
}
