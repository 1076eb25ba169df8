/**
 * The demo's instruments: each adds one note or hit to a stereo canvas. Nothing here is part of how the
 * engine works; it is music for the engine to analyse, made in code so that nothing has to be shipped.
 */
import { cos, exp, pow, sin } from '../../dsp/maths.ts';
import type { Random } from '../../dsp/random.ts';

/** Two channels to paint on. */
export interface Canvas {
  readonly sampleRate: number;
  readonly left: Float32Array;
  readonly right: Float32Array;
}

export function canvas(sampleRate: number, seconds: number): Canvas {
  const frames = Math.round(sampleRate * seconds);
  return { sampleRate, left: new Float32Array(frames), right: new Float32Array(frames) };
}

/** Hz of a MIDI note, A4 = 69 = 440 Hz. */
function hertz(note: number): number {
  return 440 * pow(2, (note - 69) / 12);
}

/** When a note sounds: it rises for `attack` from `start`, and dies away for `release` after start + length. */
export interface Span {
  readonly start: number;
  readonly length: number;
  readonly attack: number;
  readonly release: number;
}

/**
 * A pad note: three saw waves a few cents apart, spread from left to right, each softened by two one-pole
 * low-passes whose corner breathes with a period of `breath` seconds.
 */
export function padNote(
  to: Canvas,
  note: number,
  span: Span,
  gain: number,
  breath: number,
  random: Random,
): void {
  for (const [cents, pan] of [
    [-5, 0.15],
    [0.7, 0.5],
    [5, 0.85],
  ]) {
    const wave = new SoftSaw(hertz(note + cents / 100) / to.sampleRate, random.uniform());
    let frame = 0;
    let weight = 0;
    paint(to, span, pan, gain, (time) => {
      if (frame++ % BREATH_STEP === 0) {
        weight = lowpassWeight(900 + 500 * sin((2 * Math.PI * time) / breath), to.sampleRate);
      }
      return wave.next(weight);
    });
  }
}

/** Frames between two settings of the breathing low-pass: far below what is heard as a step. */
const BREATH_STEP = 32;

/** A saw by polyBLEP (Välimäki & Huovilainen 2007), so that its upper harmonics do not fold back. */
class SoftSaw {
  #phase: number;
  readonly #step: number;
  #first = 0;
  #second = 0;

  constructor(step: number, phase: number) {
    this.#step = step;
    this.#phase = phase;
  }

  /** @param weight of the one-pole low-passes, 0 to 1 */
  next(weight: number): number {
    const phase = this.#phase;
    const saw = 2 * phase - 1 - polyBlep(phase, this.#step);
    this.#phase = phase + this.#step;
    if (this.#phase >= 1) this.#phase -= 1;
    this.#first += weight * (saw - this.#first);
    this.#second += weight * (this.#first - this.#second);
    return this.#second;
  }
}

function polyBlep(phase: number, step: number): number {
  if (phase < step) {
    const t = phase / step;
    return t + t - t * t - 1;
  }
  if (phase > 1 - step) {
    const t = (phase - 1) / step;
    return t * t + t + t + 1;
  }
  return 0;
}

function lowpassWeight(cornerHz: number, sampleRate: number): number {
  return 1 - exp((-2 * Math.PI * cornerHz) / sampleRate);
}

/** Partials of a struck glass: ratio to the lowest, level, and beating between two near copies, Hz. */
const GLASS = [
  [1, 1, 0.11],
  [2.005, 0.5, 0.17],
  [2.76, 0.3, 0.23],
  [4.07, 0.15, 0.31],
] as const;

/** A bowed glass: inharmonic partials, each a slowly beating pair leaning to its own side. */
export function glassNote(to: Canvas, note: number, span: Span, gain: number, random: Random): void {
  for (const [ratio, level, beat] of GLASS) {
    for (const side of [-1, 1]) {
      const turn = 2 * Math.PI * (hertz(note) * ratio + (side * beat) / 2);
      const phase = 2 * Math.PI * random.uniform();
      paint(to, span, 0.5 + side * 0.3, (gain * level) / 2, (time) => sin(turn * time + phase));
    }
  }
}

/** A soft pluck: three harmonics, the upper ones dying sooner. */
export function pluck(to: Canvas, note: number, start: number, gain: number, pan: number): void {
  const span: Span = { start, length: 0.9, attack: 0.004, release: 0.3 };
  const turn = 2 * Math.PI * hertz(note);
  paint(to, span, pan, gain, (time) => {
    const sine = sin(turn * time) * exp(-time * 4);
    const second = sin(2 * turn * time) * exp(-time * 7);
    const third = sin(3 * turn * time) * exp(-time * 12);
    return sine + 0.35 * second + 0.15 * third;
  });
}

export function kick(to: Canvas, start: number, gain: number): void {
  const span: Span = { start, length: 0.28, attack: 0.001, release: 0.1 };
  // The pitch falls from 150 to 48 Hz with a time constant of 35 ms; this is its integral.
  const phase = (time: number) => 48 * time + 102 * 0.035 * (1 - exp(-time / 0.035));
  paint(to, span, 0.5, gain, (time) => sin(2 * Math.PI * phase(time)) * exp(-time * 9));
}

export function snare(to: Canvas, start: number, gain: number, random: Random): void {
  const span: Span = { start, length: 0.2, attack: 0.001, release: 0.06 };
  let before = 0;
  paint(to, span, 0.45, gain, (time) => {
    const noise = random.between(-1, 1);
    const bright = noise - 0.6 * before;
    before = noise;
    return 0.6 * bright * exp(-time * 18) + 0.5 * sin(2 * Math.PI * 186 * time) * exp(-time * 25);
  });
}

/** A hat: noise differenced twice, which leaves what lies above about 6 kHz. */
export function hat(to: Canvas, start: number, gain: number, decay: number, random: Random): void {
  const span: Span = { start, length: 3 / decay, attack: 0.001, release: 0.02 };
  let first = 0;
  let second = 0;
  paint(to, span, 0.62, gain, (time) => {
    const noise = random.between(-1, 1);
    const bright = noise - 2 * first + second;
    second = first;
    first = noise;
    return 0.3 * bright * exp(-time * decay);
  });
}

/** Adds `voice(seconds since the note's start)` to the canvas under the span's envelope; pan 0 left, 1 right. */
function paint(to: Canvas, span: Span, pan: number, gain: number, voice: (time: number) => number): void {
  const { sampleRate, left, right } = to;
  const first = Math.round(span.start * sampleRate);
  const last = Math.min(left.length, first + Math.round((span.length + span.release) * sampleRate));
  const leftGain = gain * cos((pan * Math.PI) / 2);
  const rightGain = gain * sin((pan * Math.PI) / 2);
  for (let frame = first; frame < last; frame++) {
    const time = (frame - first) / sampleRate;
    const value = voice(time) * envelope(time, span);
    left[frame] += leftGain * value;
    right[frame] += rightGain * value;
  }
}

/** Raised-cosine rise and fall, so that neighbouring chords melt into each other. */
function envelope(time: number, { length, attack, release }: Span): number {
  if (time < attack) return 0.5 - 0.5 * cos((Math.PI * time) / attack);
  if (time < length) return 1;
  return 0.5 + 0.5 * cos((Math.PI * Math.min(release, time - length)) / release);
}
