import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeAdpcm } from '../../src/report/adpcm-encoder.ts';
import {
  codedBytes,
  decodeAdpcm,
  HEADER_BYTES,
  STEP_MOVES,
  STEP_SIZES,
} from '../../src/report/page/adpcm.ts';
import { errorDb, noise, rotated, sines } from '../signals.ts';

const RATE = 22_050;

function roundTrip(channel: Float32Array): Float32Array {
  return decodeAdpcm(encodeAdpcm([channel]), channel.length, 1)[0];
}

describe('ADPCM', () => {
  it.each([
    ['a low tone', sines([220], RATE, 0.5, RATE), -35],
    ['a chord', sines([220, 277, 330, 1760], RATE, 0.2, RATE), -28],
    ['noise', noise(RATE, 0.5), -15],
  ])('keeps %s, with an error under it', (_, samples, mostDb) => {
    expect(errorDb(roundTrip(samples), samples)).toBeLessThan(mostDb);
  });

  it('takes four bits a sample', () => {
    expect(encodeAdpcm([new Float32Array(1001)])).toHaveLength(codedBytes(1001) + HEADER_BYTES);
  });

  /** The code of each sample by division, as the format has it. */
  function plainCodes(samples: Float32Array, bytes: Uint8Array): number[] {
    const state = { predicted: ((bytes[0] | (bytes[1] << 8)) << 16) >> 16, step: bytes[2] };
    return Array.from(samples, (sample) => {
      const change = Math.round(32_768 * sample) - state.predicted;
      const parts = Math.min(7, Math.floor((4 * Math.abs(change)) / STEP_SIZES[state.step]));
      const code = change < 0 ? 8 | parts : parts;
      const size = STEP_SIZES[state.step];
      const moved = [3, 2, 1, 0].reduce((sum, bit) => {
        const weight = bit === 3 ? size >> 3 : size >> (2 - bit);
        return bit === 3 || code & (1 << bit) ? sum + weight : sum;
      }, 0);
      const next = state.predicted + (change < 0 ? -moved : moved);
      state.predicted = Math.max(-32_768, Math.min(32_767, next));
      state.step = Math.max(0, Math.min(STEP_SIZES.length - 1, state.step + STEP_MOVES[code & 7]));
      return code;
    });
  }

  it.each([0.001, 0.3, 3])('codes each sample as near as it can, noise of %f', (amplitude) => {
    const samples = noise(9001, amplitude);
    const bytes = encodeAdpcm([samples]);
    const codes = Array.from(samples, (_, n) => (bytes[HEADER_BYTES + (n >> 1)] >> (4 * (n & 1))) & 15);
    expect(codes).toEqual(plainCodes(samples, bytes));
  });

  it('keeps channels apart', () => {
    const [left, right] = [sines([220], 4001, 0.5, RATE), sines([330], 4001, 0.3, RATE)];
    const decoded = decodeAdpcm(encodeAdpcm([left, right]), 4001, 2);
    expect(errorDb(decoded[0], left)).toBeLessThan(-25);
    expect(errorDb(decoded[1], right)).toBeLessThan(-25);
  });

  // The steps have to be right at once: a loop is heard there as often as anywhere.
  it('is as near in its first samples as anywhere', () => {
    const loud = rotated(sines([441], RATE, 0.9, RATE), 12);
    const decoded = roundTrip(loud);
    const error = (start: number) => errorDb(decoded.slice(start, start + 8), loud.slice(start, start + 8));
    expect(error(0)).toBeLessThan(-30);
    expect(error(RATE - 8)).toBeLessThan(-30);
  });

  it('holds whatever comes, over full scale too', () => {
    fc.assert(
      fc.property(
        fc.float32Array({ min: -4, max: 4, noNaN: true, minLength: 1, maxLength: 300 }),
        (samples) => {
          const decoded = roundTrip(samples);
          return decoded.length === samples.length && decoded.every((value) => Math.abs(value) <= 1);
        },
      ),
    );
  });
});
