/** Sounds made in code of which everybody would say what they are: a song, a held chord, a drum loop, a hit, noise, speech. */
import { Random } from '../src/dsp/random.ts';
import { hat, kick, played, snare } from './families/drumming.ts';
import { chord, noise, RATE } from './signals.ts';

/** Two bars at 120 BPM. */
export function drumLoop(bars = 2): Float32Array {
  const hits = Array.from({ length: bars }, (_, bar) => {
    const at = 2 * bar;
    const hats = Array.from({ length: 8 }, (_, i) => [at + i / 4, hat(), 0.5] as const);
    return [
      [at, kick()],
      [at + 0.75, kick()],
      [at + 1, kick()],
      [at + 0.5, snare()],
      [at + 1.5, snare()],
      ...hats,
    ] as const;
  });
  return played(hits.flat(), 2 * bars);
}

/** A chord that swells up and is held. */
export function heldChord(seconds = 6): Float32Array {
  const samples = chord([48, 55, 60, 64], seconds * RATE, 0.1);
  return samples.map(
    (value, n) => value * Math.min(1, n / (0.3 * RATE), (samples.length - n) / (0.5 * RATE)),
  );
}

/** Drums, a bass that walks and chords that change every bar. */
export function song(seconds = 70): Float32Array {
  const bars = Math.ceil(seconds / 2);
  const samples = drumLoop(bars);
  for (let bar = 0; bar < bars; bar++) {
    const root = [45, 41, 48, 43][bar % 4];
    const notes = chord([root + 12, root + 16, root + 19], 2 * RATE, 0.08);
    for (let n = 0; n < notes.length; n++) {
      const bass = 0.2 * Math.sin((2 * Math.PI * 440 * 2 ** ((root - 81) / 12) * n) / RATE);
      samples[2 * bar * RATE + n] =
        0.5 * samples[2 * bar * RATE + n] + (notes[n] + bass) * Math.min(1, n / 500);
    }
  }
  return samples.subarray(0, seconds * RATE);
}

const VOWELS = [
  [730, 1090, 2440],
  [270, 2290, 3010],
  [570, 840, 2410],
  [530, 1840, 2480],
];

/** Syllables of a voice that glides, of a tenth to a third of a second, some with a consonant before, and breaths between. */
export function speech(seconds = 6): Float32Array {
  const samples = noise(seconds * RATE, 0.001, 'room');
  const hiss = noise(samples.length, 0.1, 'consonants');
  const random = new Random('speech');
  let phase = 0;
  let start = 0.1 * RATE;
  while (start < samples.length) {
    const length = Math.round(random.between(0.1, 0.32) * RATE);
    const consonant = random.uniform() < 0.5 ? random.between(0.02, 0.08) * RATE : 0;
    const [pitch, glide, level] = [
      random.between(95, 150),
      random.between(-0.4, 0.2),
      random.between(0.05, 0.15),
    ];
    const gains = partialGains(random.pick(VOWELS), pitch);
    for (let n = 0; n < consonant + length && start + n < samples.length; n++) {
      const at = Math.floor(start + n);
      const within = (n - consonant) / length;
      if (within < 0) samples[at] += (hiss[at] - hiss[at - 1]) * Math.sin((Math.PI * n) / consonant);
      else {
        phase += (2 * Math.PI * pitch * (1 + glide * within)) / RATE;
        const envelope = level * Math.sin(Math.PI * within) ** 0.8;
        for (const [k, gain] of gains.entries()) samples[at] += envelope * gain * Math.sin((k + 1) * phase);
      }
    }
    start += consonant + length + (random.uniform() < 0.2 ? random.between(0.15, 0.5) : 0.02) * RATE;
  }
  return samples;
}

function partialGains(formants: readonly number[], pitch: number): number[] {
  return Array.from({ length: 28 }, (_, k) => {
    const hertz = (k + 1) * pitch;
    return (
      formants.reduce((sum, formant) => sum + 1 / (1 + ((hertz - formant) / 110) ** 2), 0) / Math.sqrt(k + 1)
    );
  });
}

/** Rain on a roof: dull noise. */
export function rain(seconds = 8): Float32Array {
  let low = 0;
  return noise(seconds * RATE, 0.6, 'rain').map((value) => {
    low += 0.3 * (value - low);
    return low;
  });
}
