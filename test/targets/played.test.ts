/** SFZ as samplers hear it that we did not write: pitch on every key, and loops that run on without a seam. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Random } from '../../src/dsp/random.ts';
import { FAMILIES } from '../../src/families/index.ts';
import { encodeWav } from '../../src/formats/wav-writer.ts';
import { paletteInstruments } from '../../src/targets/palette-instruments.ts';
import { GUARD_FRAMES } from '../../src/targets/player-sample.ts';
import { sfzText } from '../../src/targets/sfz/sfz.ts';
import type { InstrumentSample } from '../../src/targets/zones.ts';
import { HELD_SEC, PLAYED_RATE, PLAYERS } from './players.ts';

const folder = mkdtempSync(join(tmpdir(), 'afterglow-played-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What is held is 4 s; the loops go round four times in it, and more the higher they are played. */
const LOOP_SEC = 1;

/** A loop of whole cycles, a little sharp or flat of its note, with its first frames behind its end once more. */
function tone(note: number): InstrumentSample {
  const wanted = 440 * 2 ** ((note - 69) / 12) * 2 ** (20 / 1200);
  const frequency = Math.round(wanted * LOOP_SEC) / LOOP_SEC;
  const cents = 1200 * Math.log2(frequency / 440) - 100 * (note - 69);
  const frameCount = LOOP_SEC * PLAYED_RATE;
  const samples = Float32Array.from(
    { length: frameCount + GUARD_FRAMES },
    (_, i) => 0.3 * Math.sin((2 * Math.PI * frequency * i) / PLAYED_RATE + 1),
  );
  const file = `tone_${note}.wav`;
  const wav = encodeWav(
    { sampleRate: PLAYED_RATE, channels: [samples, samples] },
    {
      bitDepth: 24,
      sampler: { loop: true, loopFrames: frameCount, root: { note, cents } },
      random: new Random(1),
    },
  );
  mkdirSync(join(folder, 'samples'), { recursive: true });
  writeFileSync(join(folder, 'samples', file), wav);
  return {
    ...{
      file: `samples/${file}`,
      name: `tone_${note}`,
      family: 'pad',
      source: '',
      moment: null,
      kind: '',
      frameCount,
      sampleRate: PLAYED_RATE,
      isLoop: true,
    },
    ...{ root: { note, cents, confidence: 0.9 }, lufs: -18, centroidHz: 1000 },
  };
}

/** Roots at C1 (moved to C2), A3 and E5. */
const samples = [24, 57, 76].map(tone);
const sfz = join(folder, 'tones_pads.sfz');
writeFileSync(sfz, sfzText(paletteInstruments(samples, FAMILIES)[0], 'tones_pads', ''));

/** Keys, and the MIDI pitch at which they must sound. */
const WANTED = [
  [36, 24],
  [40, 28],
  [50, 50],
  [57, 57],
  [66, 66],
  [67, 67],
  [76, 76],
  [88, 88],
] as const;

describe.each(PLAYERS)('in $name', ({ isThere, play, toleranceCents, besideDb, steadySec }) => {
  it.skipIf(!isThere)('sounds at pitch on each key, and loops without a seam', { timeout: 90_000 }, () => {
    const played = play(
      sfz,
      WANTED.map(([key]) => key),
    );
    WANTED.forEach(([key, pitch], i) => {
      const [from, to] = steadySec.map((sec) => Math.round((i * HELD_SEC + sec) * PLAYED_RATE));
      const held = played.subarray(from, to);
      const { cents, residualDb } = toneIn(held, 440 * 2 ** ((pitch - 69) / 12));
      expect.soft(Math.abs(cents), `key ${key}: ${cents} cents off`).toBeLessThan(toleranceCents);
      expect.soft(residualDb, `key ${key}: ${residualDb} dB beside the tone`).toBeLessThan(besideDb);
    });
  });
});

/**
 * How a tone lies against a frequency, in cents, by how its phase moves on; and how loud the loudest 10 ms are, in dB,
 * once the tone is taken out: a seam would stand out there.
 */
function toneIn(sound: Float64Array, near: number) {
  const block = Math.round(Math.min(0.25 * PLAYED_RATE, sound.length / 3));
  const phases: number[] = [];
  for (let at = 0; at + block <= sound.length; at += block)
    phases.push(project(sound, near, at, block).phase);
  let turned = 0;
  for (let i = 1; i < phases.length; i++) {
    const step = phases[i] - phases[i - 1];
    turned += step - 2 * Math.PI * Math.round(step / (2 * Math.PI));
  }
  const frequency = near + (turned / (phases.length - 1) / (2 * Math.PI)) * (PLAYED_RATE / block);
  const { amplitude, phase } = project(sound, frequency, 0, sound.length);
  const window = PLAYED_RATE / 100;
  let loudest = 0;
  for (let at = 0; at + window <= sound.length; at += window) {
    let power = 0;
    for (let i = at; i < at + window; i++) {
      const rest = sound[i] - amplitude * Math.cos((2 * Math.PI * frequency * i) / PLAYED_RATE + phase);
      power += (rest * rest) / window;
    }
    loudest = Math.max(loudest, power);
  }
  return {
    cents: 1200 * Math.log2(frequency / near),
    residualDb: 10 * Math.log10(loudest / (amplitude ** 2 / 2)),
  };
}

/** The part of a stretch that goes with a frequency, its phase as of the sound's first frame; Hann window. */
function project(sound: Float64Array, frequency: number, from: number, count: number) {
  let [real, imaginary, weights] = [0, 0, 0];
  for (let i = from; i < from + count; i++) {
    const weight = 0.5 - 0.5 * Math.cos((2 * Math.PI * (i - from + 0.5)) / count);
    const angle = (2 * Math.PI * frequency * i) / PLAYED_RATE;
    real += weight * sound[i] * Math.cos(angle);
    imaginary -= weight * sound[i] * Math.sin(angle);
    weights += weight;
  }
  return {
    amplitude: (2 * Math.sqrt(real * real + imaginary * imaginary)) / weights,
    phase: Math.atan2(imaginary, real),
  };
}
