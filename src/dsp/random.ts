import { type KernelIntegers, KernelWorkspace } from './kernel-memory.ts';
import * as kernels from './kernels.ts';
import { cos, log } from './maths.ts';

/** Where a generator stands while a kernel draws from it. */
const state = new KernelWorkspace().struct('RandomState');

/**
 * Chance that can be repeated. One generator a texture, seeded from words that name the texture
 * (seed, source content, family, index), so the order of work and the number of workers cannot matter.
 *
 * Generator: sfc32 (C. Doty-Humphrey, PractRand), 128 bits of state, period ≥ 2^32.
 * Seeding: the words are hashed with MurmurHash3's 32-bit mixer (A. Appleby, public domain) into three
 * lanes; the fourth counts.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter: number;

  /**
   * V8 forgets what a class's objects look like when the last of them is collected, and throws away all code optimised for
   * them: ten times in a run, since generators live as long as one texture. So one lives on.
   */
  static readonly kept = new Random('kept');

  /** @param words anything that names the texture; the same words give the same sequence. */
  constructor(...words: readonly (string | number)[]) {
    const key = words.join('\u0000');
    this.#a = hash(key, 0x9e3779b9);
    this.#b = hash(key, 0x243f6a88);
    this.#c = hash(key, 0xb7e15162);
    this.#counter = 1;
    // PractRand's author discards the first 12 outputs so that similar seeds part ways.
    for (let i = 0; i < 12; i++) this.#next();
  }

  /** An integer in [0, 2^32). */
  #next(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum;
    this.#c |= 0;
    return sum >>> 0;
  }

  /** Uniform in [0, 1). */
  uniform(): number {
    return this.#next() / 4294967296;
  }

  /** Uniform in [low, high). */
  between(low: number, high: number): number {
    return low + (high - low) * this.uniform();
  }

  /** A whole number in [0, count). */
  below(count: number): number {
    return Math.floor(this.uniform() * count);
  }

  /**
   * Draws many integers in [0, 2^32), the same as one by one.
   * @param drawn filled with `count` of them
   */
  drawInto(drawn: KernelIntegers, count: number): void {
    state.a = this.#a;
    state.b = this.#b;
    state.c = this.#c;
    state.counter = this.#counter;
    kernels.drawIntegers(state, drawn, count);
    this.#a = state.a;
    this.#b = state.b;
    this.#c = state.c;
    this.#counter = state.counter;
  }

  /** Standard normal (Box–Muller, one of the pair). */
  gaussian(): number {
    const radius = Math.sqrt(-2 * log(1 - this.uniform()));
    return radius * cos(2 * Math.PI * this.uniform());
  }

  /** One of the items. */
  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)];
  }
}

function hash(text: string, seed: number): number {
  let h = seed | 0;
  for (let i = 0; i < text.length; i++) {
    let k = Math.imul(text.charCodeAt(i), 0xcc9e2d51);
    k = (k << 15) | (k >>> 17);
    h ^= Math.imul(k, 0x1b873593);
    h = (h << 13) | (h >>> 19);
    h = (Math.imul(h, 5) + 0xe6546b64) | 0;
  }
  h ^= text.length;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
