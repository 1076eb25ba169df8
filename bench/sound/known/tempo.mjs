/** Tempo of beats that are known, and none of what has no beat. */
import { analyse } from '../../../dist/analysis/analyse.js';
import { soundReader } from '../../../dist/dsp/sound.js';
import { largest, share } from '../statistics.mjs';
import { line, shareLine } from '../verdicts.mjs';
import { chord, RATE, whiteNoise } from './signals.mjs';

const GROUP = 'known: tempo';
const BEATS_PER_MINUTE = [72, 85, 96, 104, 117.3, 120, 128, 140, 150, 163];
const SECONDS = 25;

export async function tempoLines() {
  const found = [];
  for (const bpm of BEATS_PER_MINUTE) {
    const tempo = await tempoOf(beat(bpm));
    const ratio = tempo ? tempo.bpm / bpm : 0;
    found.push({
      right: Math.abs(ratio - 1) < 0.01,
      octave: [0.5, 2].some((times) => Math.abs(ratio / times - 1) < 0.01),
    });
  }
  const frames = SECONDS * RATE;
  const beatless = [whiteNoise(frames, 0.1, 'tempo'), chord([45, 52, 60], frames)];
  const confidences = [];
  for (const samples of beatless) confidences.push((await tempoOf(samples))?.confidence ?? 0);
  return [
    shareLine(
      GROUP,
      'beats whose tempo is told within 1 %, or half or twice it',
      share(found, ({ right, octave }) => right || octave),
      found.length,
      { atLeast: 0.9 },
    ),
    shareLine(
      GROUP,
      'of these neither half nor twice it',
      share(found, ({ right }) => right),
      found.length,
    ),
    line(GROUP, 'largest confidence in a tempo of noise or a held chord', largest(confidences), {
      count: beatless.length,
      atMost: 0.3,
    }),
  ];
}

async function tempoOf(samples) {
  return (await analyse(soundReader({ sampleRate: RATE, channels: [samples] }))).tempo;
}

/** Noise bursts on beats and softer ones between, over a held chord. */
function beat(bpm) {
  const samples = chord([45, 52, 60], SECONDS * RATE).map((x) => 0.2 * x);
  const burst = whiteNoise(0.1 * RATE, 0.3, 'beat').map((x, n) => x * Math.exp(-n / (0.015 * RATE)));
  const eighth = (30 * RATE) / bpm;
  for (let i = 0; (i + 1) * eighth < samples.length; i++) {
    const gain = i % 2 === 0 ? 1 : 0.3;
    const at = Math.round(i * eighth);
    for (let n = 0; n < burst.length && at + n < samples.length; n++) samples[at + n] += gain * burst[n];
  }
  return samples;
}
