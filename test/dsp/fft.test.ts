import type { Pffft } from '@echogarden/pffft-wasm/simd';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { fastFftSize, PlacedChannels, RealFft, realFft } from '../../src/dsp/fft.ts';
import { errorDb, noise, sine } from '../signals.ts';

/** Counts the buffers that are held, and refuses one of them. */
const memory = vi.hoisted(() => ({ refused: 0, asked: 0, held: 0 }));
vi.mock('@echogarden/pffft-wasm/simd', async (original) => {
  const { default: create } = await original<{ default: () => Promise<Pffft> }>();
  return {
    default: async () => {
      const real = await create();
      const { _pffft_aligned_malloc: allocate, _pffft_aligned_free: free } = real;
      // Its functions replace themselves on it when they are first called.
      return Object.assign(Object.create(real), {
        _pffft_aligned_malloc(bytes: number) {
          if (++memory.asked === memory.refused) return 0;
          memory.held++;
          return allocate(bytes);
        },
        _pffft_aligned_free(address: number) {
          if (address !== 0) memory.held--;
          free(address);
        },
      });
    },
  };
});

describe('RealFft', () => {
  it.each([32, 480, 2048, 5760])('gives a frame of %i samples back', (size) => {
    const frame = noise(size, 0.5);
    const fft = realFft(size);
    expect(errorDb(fft.inverse(fft.forward(frame)), frame)).toBeLessThan(-120);
  });

  it('puts a sine into its bin, at half its amplitude times the size', () => {
    const spectrum = realFft(2048).forward(sine(10, 2048, 0.5, 2048));
    expect(spectrum).toHaveLength(2050);
    expect(Math.hypot(spectrum[20], spectrum[21])).toBeCloseTo(512, 2);
    expect(Math.hypot(spectrum[24], spectrum[25])).toBeLessThan(1e-2);
  });

  it('keeps DC and Nyquist apart', () => {
    const alternating = Float32Array.from({ length: 64 }, (_, n) => 0.25 + (n % 2 === 0 ? 0.5 : -0.5));
    const spectrum = realFft(64).forward(alternating);
    expect(spectrum[0]).toBeCloseTo(16, 4);
    expect(spectrum[64]).toBeCloseTo(32, 4);
    expect([spectrum[1], spectrum[65]]).toEqual([0, 0]);
  });

  it('keeps plans of different sizes apart', () => {
    const [a, b] = [noise(64, 1), noise(480, 1)];
    const spectrum = realFft(64).forward(a);
    realFft(480).forward(b);
    expect(errorDb(realFft(64).inverse(spectrum), a)).toBeLessThan(-120);
  });

  it.each([1, 2, 3])('says when there is no memory for its buffer %i, and gives the others back', (which) => {
    Object.assign(memory, { refused: which, asked: 0, held: 0 });
    const size = 96 * which;
    expect(() => realFft(size)).toThrow(RangeError);
    expect(memory.held).toBe(0);
    memory.refused = 0;
    const frame = noise(size, 0.5);
    expect(errorDb(realFft(size).inverse(realFft(size).forward(frame)), frame)).toBeLessThan(-120);
  });

  it.each([1023, 1024, 1027])(
    'transforms frames of channels that are placed once, %i samples long',
    (length) => {
      const channels = [noise(length, 0.5), noise(length, 0.25)];
      const fft = realFft(256);
      const placed = new PlacedChannels();
      placed.place(channels);
      for (const start of [0, 4, 512, 764]) {
        for (const [c, channel] of channels.entries()) {
          const spectrum = fft.forwardPlaced(placed, c, start, new Float32Array(258));
          expect(spectrum).toEqual(fft.forward(channel.slice(start, start + 256)));
        }
      }
      placed.release();
    },
  );

  it('keeps the channels of one apart from those of another, also where memory was given back', () => {
    const fft = realFft(256);
    const [one, other, gone] = [new PlacedChannels(), new PlacedChannels(), new PlacedChannels()];
    const [first, second] = [noise(1024, 0.5), noise(1024, 0.25)];
    gone.place([second]);
    gone.release();
    one.place([first]);
    other.place([second]);
    expect(fft.forwardPlaced(one, 0, 512, new Float32Array(258))).toEqual(fft.forward(first.slice(512, 768)));
    expect(fft.forwardPlaced(other, 0, 512, new Float32Array(258))).toEqual(
      fft.forward(second.slice(512, 768)),
    );
    one.release();
    other.release();
  });

  it('keeps what is placed, and its own, when its memory grows', () => {
    const channels = [noise(4096, 0.5)];
    const fft = realFft(512);
    const placed = new PlacedChannels();
    placed.place(channels);
    const before = fft.forward(channels[0].slice(512, 1024));
    const { length } = new RealFft(2 ** 22).forward(new Float32Array(2 ** 22));
    expect(length).toBe(2 ** 22 + 2);
    expect(fft.forwardPlaced(placed, 0, 512, new Float32Array(514))).toEqual(before);
    expect(fft.forward(channels[0].slice(512, 1024))).toEqual(before);
  });

  it('refuses channels that there is no memory for', () => {
    Object.assign(memory, { refused: 1, asked: 0 });
    const placed = new PlacedChannels();
    const place = () => placed.place([new Float32Array(100_000)]);
    expect(place).toThrow('no memory for 100000 samples');
    memory.refused = 0;
    expect(place).not.toThrow();
    placed.release();
  });

  it('refuses a size that it cannot do, and names the next', () => {
    expect(() => new RealFft(1000)).toThrow('the next size is 1024');
  });
});

describe('fastFftSize', () => {
  it('is the smallest multiple of 32 with no prime factor above 5', () => {
    expect([1, 33, 1000, 2049].map(fastFftSize)).toEqual([32, 64, 1024, 2304]);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), (length) => {
        const size = fastFftSize(length);
        let rest = size / 32;
        for (const factor of [2, 3, 5]) while (rest % factor === 0) rest /= factor;
        return size >= length && size % 32 === 0 && rest === 1;
      }),
    );
  });
});
