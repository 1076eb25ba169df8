/** The WebAssembly kernels against plain twins, on lengths that fill a block, a group of four, and neither. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createSpectrumShape } from '../../src/analysis/shape.ts';
import { createSpectrometer } from '../../src/analysis/spectrum.ts';
import { butterworthBandPass } from '../../src/dsp/butterworth.ts';
import { realFft } from '../../src/dsp/fft.ts';
import { filter } from '../../src/dsp/filter.ts';
import * as kernels from '../../src/dsp/kernels.ts';
import { loudness } from '../../src/dsp/loudness.ts';
import { phasors } from '../../src/dsp/phasors.ts';
import { Random } from '../../src/dsp/random.ts';
import { difference, sampleSums } from '../../src/dsp/sums.ts';
import { truePeak } from '../../src/dsp/true-peak.ts';
import { decodePcm } from '../../src/formats/pcm.ts';
import { encodeWav } from '../../src/formats/wav-writer.ts';
import { kernelFloats, workspace } from '../kernel-arrays.ts';

const LENGTHS = [1, 2, 3, 5, 31, 4096, 16383, 16384, 16385, 40_001];

function noise(length: number, seed: number, amplitude = 1): Float32Array {
  const random = new Random(seed);
  return Float32Array.from({ length }, () => amplitude * (2 * random.uniform() - 1));
}

describe('packing to 24 bits', () => {
  const bytesOf = (channels: Float32Array[]) =>
    encodeWav(
      { sampleRate: 44100, channels },
      {
        bitDepth: 24,
        random: new Random(1),
      },
    );

  /** Interleaved samples as the integers that a reader finds. */
  const integers = (bytes: Uint8Array) => {
    const view = new DataView(bytes.buffer, bytes.byteOffset + 44);
    return (sample: number) =>
      view.getUint8(3 * sample) | (view.getUint8(3 * sample + 1) << 8) | (view.getInt8(3 * sample + 2) << 16);
  };

  it.each(LENGTHS)('rounds and clamps as the plain loop does, %i frames', (length) => {
    for (const channelCount of [1, 2]) {
      const channels = Array.from({ length: channelCount }, (_, c) => noise(length, c + 1, 1.2));
      const integer = integers(bytesOf(channels));
      for (let n = 0; n < length; n++) {
        for (let c = 0; c < channelCount; c++) {
          const exact = 8388608 * channels[c][n];
          const clamped = Math.max(-8388608, Math.min(8388607, exact));
          // A half may go either way.
          expect(Math.abs(integer(n * channelCount + c) - clamped)).toBeLessThanOrEqual(0.5);
        }
      }
    }
  });
});

describe('looking between samples', () => {
  /** The same filter, worked out at every place by its definition: a sinc under a Kaiser window of 55 dB. */
  const weight = (distance: number) => {
    const bessel = (x: number) => {
      let [term, sum] = [1, 1];
      for (let k = 1; k < 60; k++) {
        term *= (x / (2 * k)) ** 2;
        sum += term;
      }
      return sum;
    };
    const beta = 0.1102 * (55 - 8.7);
    const inside = 1 - (distance / 12) ** 2;
    if (inside < 0) return 0;
    return (
      (Math.sin(Math.PI * distance) / (Math.PI * distance)) *
      (bessel(beta * Math.sqrt(inside)) / bessel(beta))
    );
  };
  const rows = [0.25, 0.5, 0.75].map((place) => {
    const row = Array.from({ length: 24 }, (_, t) => weight(t - 11 - place));
    const sum = row.reduce((a, b) => a + b);
    return row.map((value) => value / sum);
  });
  const plain = (samples: Float32Array) => {
    let largest = 0;
    for (let n = -1; n < samples.length; n++) {
      for (const row of rows) {
        let value = 0;
        for (let t = 0; t < 24; t++) value += row[t] * (samples[n - 11 + t] ?? 0);
        largest = Math.max(largest, Math.abs(value), Math.abs(samples[n] ?? 0));
      }
    }
    return largest;
  };

  it.each(LENGTHS)('finds the peak that the plain loop finds, %i samples', (length) => {
    const samples = noise(length, length);
    const found = truePeak({ sampleRate: 44100, channels: [samples] });
    expect(Math.abs(20 * Math.log10(found / plain(samples)))).toBeLessThan(1e-4);
  });
});

describe('what lies between samples', () => {
  it.each([1, 2, 3, 60, 4095, 16_384])('is found wherever it is, %i samples on', (from) => {
    // A sinc halfway between two ones.
    const highest = 4 / Math.PI;
    for (let place = from; place < from + 40; place++) {
      const samples = new Float32Array(from + 60);
      samples.fill(1, place, place + 2);
      expect(truePeak({ sampleRate: 44100, channels: [samples] })).toBeCloseTo(highest, 1);
    }
  });
});

describe('weighting for loudness', () => {
  /** BS.1770-4, tables 1 and 2, at 48 kHz. */
  const plain = (channels: Float32Array[]) => {
    let energy = 0;
    for (const channel of channels) {
      const x = [0, 0, 0];
      const y = [0, 0, 0];
      const z = [0, 0, 0];
      for (const sample of channel) {
        x.unshift(sample);
        y.unshift(
          1.53512485958697 * x[0] -
            2.69169618940638 * x[1] +
            1.19839281085285 * x[2] +
            1.69065929318241 * y[0] -
            0.73248077421585 * y[1],
        );
        z.unshift(y[0] - 2 * y[1] + y[2] + 1.99004745483398 * z[0] - 0.99007225036621 * z[1]);
        for (const taps of [x, y, z]) taps.length = 3;
        energy += z[0] * z[0];
      }
    }
    return -0.691 + 10 * Math.log10(energy / channels[0].length);
  };

  it.each([3, 4096, 16384, 18_001])(
    'a sound of one block of %i frames is as loud as by the tables',
    (length) => {
      for (const channels of [[noise(length, 5)], [noise(length, 6), noise(length, 7, 0.1)]]) {
        expect(loudness({ sampleRate: 48000, channels })).toBeCloseTo(plain(channels), 4);
      }
    },
  );
});

describe('power under a Hann window', () => {
  it.each([32, 256, 2048, 16384])('is that of the windowed frame, %i points', (size) => {
    const channels = [noise(size, 1), noise(size, 2)];
    const spectrometer = createSpectrometer(size, 44100);
    const { firstBin, lastBin } = spectrometer;
    const power = new Float32Array(lastBin + 1);
    spectrometer.measure(channels, 0, power);
    const expected = new Float64Array(lastBin + 1);
    for (const channel of channels) {
      const windowed = channel.map((x, n) => x * Math.sin((Math.PI * n) / size) ** 2);
      const spectrum = realFft(size).forward(windowed);
      for (let k = firstBin; k <= lastBin; k++) {
        expected[k] += (spectrum[2 * k] ** 2 + spectrum[2 * k + 1] ** 2) * (4 / size) ** 2;
      }
    }
    const total = expected.reduce((a, b) => a + b);
    for (let k = firstBin; k <= lastBin; k++)
      expect(Math.abs(power[k] - expected[k]) / total).toBeLessThan(1e-6);
    expect(power.subarray(0, firstBin).every((value) => value === 0)).toBe(true);
  });
});

describe('the shape of a spectrum', () => {
  it.each([31, 32, 33, 34, 1000])('has the centroid of the plain sums, %i bins', (last) => {
    const power = workspace.floats(last + 1 + 3);
    power.set(noise(last + 1, last).map((x) => (x * x) / 100));
    const shape = createSpectrumShape({ firstBin: 2, lastBin: last, binHz: 20 }, workspace);
    shape.measure(power);
    let [sum, moment] = [0, 0];
    for (let k = 2; k <= last; k++) {
      sum += Math.sqrt(power[k]);
      moment += k * Math.sqrt(power[k]);
    }
    expect(shape.magnitudeSum / sum).toBeCloseTo(1, 5);
    expect(shape.centroidHz / ((20 * moment) / sum)).toBeCloseTo(1, 5);
  });
});

describe('logarithms', () => {
  it('are those of Math.log over the whole range', () => {
    const values = Float32Array.from({ length: 4001 }, (_, n) => 10 ** ((n - 2000) / 60));
    const found = kernelFloats(values);
    kernels.logarithmsOf(found, values.length, 3, 1e-30);
    for (let n = 0; n < values.length; n++) {
      const exact = Math.log(Math.fround(Math.fround(3 * values[n]) + 1e-30));
      expect(Math.abs(found[n] - exact)).toBeLessThan(3e-7 + 1.2e-7 * Math.abs(exact));
    }
  });
});

describe('levels of powers', () => {
  it('are those of Math.log10, down to the floor', () => {
    const powers = Float32Array.from({ length: 1003 }, (_, n) => 10 ** ((n - 700) / 30));
    powers[0] = 0;
    const found = kernelFloats(powers);
    kernels.decibelsOf(found, powers.length, 1e-20);
    for (let n = 0; n < powers.length; n++) {
      const exact = 10 * Math.log10(Math.max(1e-20, powers[n]));
      expect(Math.abs(found[n] - exact)).toBeLessThan(2e-6 + 3e-7 * Math.abs(exact));
    }
  });
});

describe('taking samples from others', () => {
  it.each(LENGTHS)('is the plain loop to the last bit, with its sums, %i samples', (length) => {
    const [one, other] = [noise(length, 1), noise(length, 2)];
    const { samples, sums } = difference(one, other);
    expect(samples).toEqual(one.map((sample, n) => sample - other[n]));
    expect(sums).toEqual(sampleSums(samples));
  });
});

describe('unpacking stored samples', () => {
  const widths = [1, 2, 3, 4];
  const cases = widths.flatMap((width) => [true, false].map((littleEndian) => ({ width, littleEndian })));

  const layoutOf = (
    encoding: 'signed' | 'float',
    width: number,
    littleEndian: boolean,
    channelCount: number,
  ) => ({
    ...{ encoding, bytesPerSample: width, littleEndian, channelCount },
    ...{ containerBytes: width, fullScale: 1, sampleRate: 44100, dataOffset: 0, frameCount: 0 },
    ...{ channelMask: 0, channelOrder: 'tracks' as const },
  });

  it.each(cases)(
    'gives integers of $width bytes exactly, little-endian: $littleEndian',
    ({ width, littleEndian }) => {
      for (const length of [1, 2, 3, 5, 31, 32_768, 40_001]) {
        for (const channelCount of [1, 2]) {
          const random = new Random(length);
          const bytes = Uint8Array.from({ length: length * width * channelCount }, () => random.below(256));
          const { channels } = decodePcm(bytes, layoutOf('signed', width, littleEndian, channelCount));
          const plain = (frame: number, channel: number) => {
            const at = (frame * channelCount + channel) * width;
            const own = [...bytes.subarray(at, at + width)];
            const value = (littleEndian ? own.reverse() : own).reduce((sum, byte) => sum * 256 + byte, 0);
            return Math.fround(
              (value < 256 ** width / 2 ? value : value - 256 ** width) / (256 ** width / 2),
            );
          };
          expect(channels.map((channel) => channel.length)).toEqual(Array(channelCount).fill(length));
          const wrong = channels.flatMap((samples, c) =>
            [...samples.keys()].filter((n) => samples[n] !== plain(n, c)),
          );
          expect(wrong).toEqual([]);
        }
      }
    },
  );

  it.each([true, false])(
    'gives floats as they are, and 0 for what is none, little-endian: %s',
    (littleEndian) => {
      for (const length of [1, 3, 5, 1000]) {
        const samples = noise(2 * length, length);
        const damage = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e6, -2e6].slice(
          0,
          length,
        );
        samples.set(damage, length);
        const view = new DataView(new ArrayBuffer(8 * length));
        for (const [n, sample] of samples.entries()) view.setFloat32(4 * n, sample, littleEndian);
        const bytes = new Uint8Array(view.buffer);
        const { channels, repaired } = decodePcm(bytes, layoutOf('float', 4, littleEndian, 2));
        expect(repaired).toBe(damage.length);
        const expected = samples.map((sample) => (Math.abs(sample) < 1e6 ? sample : 0));
        const wrong = [...expected.keys()].filter((n) => channels[n % 2][n >> 1] !== expected[n]);
        expect(wrong).toEqual([]);
      }
    },
  );
});

describe('bringing integers back', () => {
  it.each([8, 16, 20, 24])('is exact for all that matter at %i bits', (bitDepth) => {
    const half = 2 ** (bitDepth - 1);
    const random = new Random(bitDepth);
    const edges = [0, 1, -1, half - 1, 1 - half, half / 2 + 1];
    const integers = Array.from(
      { length: 4001 },
      (_, n) => edges[n] ?? random.below(2 * half - 1) - half + 1,
    );
    const found = kernelFloats(integers.map((integer) => integer / (half - 1)));
    kernels.rescale(found, integers.length, half - 1, 1 / half);
    const wrong = integers.filter((integer, n) => found[n] !== integer / half);
    expect(wrong).toEqual([]);
  });
});

describe('the sums of a level meter', () => {
  it.each([1, 2, 3, 4, 5, 511, 512])('are those of the plain loop, %i samples', (length) => {
    const samples = noise(length, length);
    const sums = workspace.struct('LevelSums');
    kernels.levelSums(kernelFloats(samples), length, sums);
    expect(sums.sum).toBeCloseTo(
      samples.reduce((total, x) => total + x, 0),
      10,
    );
    expect(sums.energy).toBeCloseTo(
      samples.reduce((total, x) => total + x * x, 0),
      10,
    );
    expect([sums.least, sums.greatest]).toEqual([Math.min(...samples), Math.max(...samples)]);
  });
});

describe('running a filter', () => {
  const SECTIONS = butterworthBandPass(3, 500, 6000, 44_100);

  /** In doubles, one section after the other (transposed direct form II). */
  function filtered(signal: Float32Array): Float32Array {
    const states = SECTIONS.map(() => ({ first: 0, second: 0 }));
    return signal.map((sample) => {
      let x = sample;
      for (const [s, { b0, b1, b2, a1, a2 }] of SECTIONS.entries()) {
        const y = b0 * x + states[s].first;
        states[s] = { first: b1 * x + states[s].second - a1 * y, second: b2 * x - a2 * y };
        x = y;
      }
      return x;
    });
  }

  it.each([1, 2, 3, 4, 5, 1023, 1024, 1025, 5000])(
    'is the plain loop to the last bit, %i samples',
    (length) => {
      for (const channelCount of [1, 2, 3]) {
        const channels = Array.from({ length: channelCount }, (_, c) => noise(length, c + 1));
        expect(filter(channels, SECTIONS)).toEqual(channels.map(filtered));
      }
    },
  );
});

describe('blending', () => {
  const GRAIN = 8;
  /** What rows of samples sum up to from a grain to the next, by pairs of them. */
  const grainsOf = (length: number, pairs: readonly (readonly [Float32Array, Float32Array])[][]) =>
    Array.from({ length: Math.ceil(length / GRAIN) }, (_, grain) =>
      pairs.map((summed) => {
        let sum = 0;
        for (let n = GRAIN * grain; n < Math.min(length, GRAIN * (grain + 1)); n++) {
          for (const [one, other] of summed) sum += one[n] * other[n];
        }
        return sum;
      }),
    ).flat();

  it.each([1, 3, 4, 5, 1000])('is the plain sum to the last bit, %i samples', (length) => {
    const inputs = [1, 2, 3, 4, 5, 6].map((seed) => noise(length, seed));
    const [, , , , rising, levelling] = inputs;
    const plain = [0, 1].map((c) =>
      rising.map((up, n) => (inputs[2 + c][n] + (inputs[c][n] - inputs[2 + c][n]) * up) * levelling[n]),
    );
    const [a, b, c, d, r, l] = inputs.map(kernelFloats);
    const [left, right] = [kernelFloats(rising), kernelFloats(rising)];
    const sums = workspace.doubles(3 * Math.ceil(length / GRAIN));
    kernels.blendSides(a, b, c, d, r, l, left, right, length, GRAIN, sums);
    expect([left, right]).toEqual(plain);
    const [p, q] = plain;
    for (const [k, sum] of grainsOf(length, [[[p, p]], [[q, q]], [[p, q]]]).entries()) {
      expect(sums[k]).toBeCloseTo(sum, 9);
    }
  });

  it.each([1, 3, 4, 5, 1000])('sums the products of two sides, %i samples', (length) => {
    const inputs = [1, 2, 3, 4].map((seed) => noise(length, seed));
    const [a, b, c, d] = inputs.map(kernelFloats);
    const sums = workspace.doubles(7 * Math.ceil(length / GRAIN));
    kernels.sideProducts(a, b, c, d, length, GRAIN, sums);
    const plain = grainsOf(length, [
      [[a, a]],
      [[b, b]],
      [[a, b]],
      [[c, c]],
      [[d, d]],
      [[c, d]],
      [
        [a, c],
        [b, d],
      ],
    ]);
    for (const [k, sum] of plain.entries()) expect(sums[k]).toBeCloseTo(sum, 9);
  });
});

describe('distances of frames', () => {
  it.each([4, 40])('are those of the plain loop, %i bands', (bands) => {
    const frames = 7;
    const [one, other] = [noise(bands * frames, 1, 60), noise(bands * frames, 2, 60)];
    const found = workspace.doubles(frames);
    kernels.frameDistances(kernelFloats(one), kernelFloats(other), bands, frames, found);
    const plain = new Float64Array(frames);
    for (let n = 0; n < one.length; n++) plain[Math.floor(n / bands)] += Math.abs(one[n] - other[n]);
    for (const [frame, distance] of plain.entries()) expect(found[frame]).toBeCloseTo(distance, 10);
  });
});

describe('the levels of cells', () => {
  it.each([1, 511, 512, 513, 1500])('are those of one cell after the other, %i samples', (length) => {
    const samples = noise(length, length);
    const cells = workspace.structs('LevelSums', Math.ceil(length / 512));
    kernels.cellLevels(kernelFloats(samples), length, 512, cells[0]);
    const valuesOf = ({ sum, energy, least, greatest }: (typeof cells)[0]) => [sum, energy, least, greatest];
    for (const [cell, found] of cells.entries()) {
      const alone = workspace.struct('LevelSums');
      const part = samples.subarray(512 * cell, 512 * (cell + 1));
      kernels.levelSums(kernelFloats(part), part.length, alone);
      expect(valuesOf(found)).toEqual(valuesOf(alone));
    }
  });
});

describe('the rise of bands', () => {
  it.each([1, 3, 4, 5, 199])('is that of the plain loop, %i bands', (count) => {
    const [earlier, current] = [noise(count, 1), noise(count, 2)].map((bands) =>
      bands.map((x) => 4 * Math.abs(x)),
    );
    const before = Math.max(...earlier);
    const result = workspace.struct('BandRise');
    result.loudest = before;
    const padding = new Float32Array(4);
    const around = kernelFloats([0, ...earlier, ...padding]);
    kernels.bandRise(kernelFloats([...current, ...padding]), count, around, 2, result);
    const floor = Math.max(before, ...current) - 2;
    let rise = 0;
    for (let b = 0; b < count; b++) {
      const highest = Math.max(earlier[b - 1] ?? 0, earlier[b], earlier[b + 1] ?? 0, floor);
      rise += Math.max(0, current[b] - highest);
    }
    expect(result.sum).toBeCloseTo(rise, 4);
    expect(result.loudest).toBe(Math.max(...current));
  });
});

describe('the compiled module', () => {
  it('is what assembly/ gives', () => {
    const script = fileURLToPath(new URL('../../scripts/build-kernels.mjs', import.meta.url));
    expect(() => execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' })).not.toThrow();
  });
});

describe('products at lags', () => {
  it.each([1, 7, 8, 9, 310])('are those of the plain loop, %i values', (length) => {
    for (const step of [1, 3]) {
      const values = noise(length, length);
      const lags = Math.floor(length / step) + 1;
      const sums = workspace.doubles(lags);
      kernels.lagProducts(kernelFloats(values), length, step, lags, sums);
      const plain = Array.from({ length: lags }, (_, lag) =>
        values.subarray(lag * step).reduce((sum, value, n) => sum + value * values[n], 0),
      );
      for (const [lag, sum] of plain.entries()) expect(sums[lag]).toBeCloseTo(sum, 5);
    }
  });
});

describe('turning two sides by matrices', () => {
  it.each([1, 7, 20, 61])(
    'goes from the middle of a grain straight to that of the next, %i samples',
    (length) => {
      const [grain, grains] = [16, Math.ceil(length / 16)];
      const [left, right] = [noise(length, 1), noise(length, 2)];
      const [turnedLeft, turnedRight] = [kernelFloats(left), kernelFloats(right)];
      const matrices = workspace.doubles(3 * grains);
      matrices.set(noise(3 * grains, 3));
      kernels.turnByGrains(turnedLeft, turnedRight, length, 0, grain, grains, matrices);
      for (let n = 0; n < length; n++) {
        const place = Math.max(0, Math.min(grains - 1, (n + 0.5) / grain - 0.5));
        const before = Math.min(Math.floor(place), Math.max(0, grains - 2));
        const [own, others, cross] = [0, 1, 2].map((k) => {
          const here = matrices[3 * before + k];
          const next = matrices[3 * Math.min(grains - 1, before + 1) + k];
          return here + (place - before) * (next - here);
        });
        expect(turnedLeft[n]).toBeCloseTo(own * left[n] + cross * right[n], 6);
        expect(turnedRight[n]).toBeCloseTo(cross * left[n] + others * right[n], 6);
      }
    },
  );
});

describe('gains of what lasts', () => {
  it('are those of the plain rule, with silence, tones and noise under hits', () => {
    const count = 403;
    const [room, tone, scatteredGain] = [3, 2, 2];
    const random = new Random(9);
    const level = () => (random.uniform() < 0.2 ? 0 : random.uniform());
    const [power, least, noise, hit] = [0, 1, 2, 3].map(() => Float32Array.from({ length: count }, level));
    const [kept, loose] = [kernelFloats(least), kernelFloats(new Float32Array(count))];
    const [powers, noises, hits] = [power, noise, hit].map(kernelFloats);
    kernels.lastingGains(powers, kept, loose, noises, hits, count, room, tone, scatteredGain);
    for (let n = 0; n < count; n++) {
      const lasting = Math.max(least[n], noise[n]);
      const gain =
        lasting > 0 && power[n] > 0
          ? Math.sqrt(Math.min(lasting / (lasting + hit[n]), (room * lasting) / power[n]))
          : 0;
      const noisy = Math.max(0, Math.min(1, (tone - least[n] / noise[n]) / (tone - 1)));
      const scattered = hit[n] > 0 && noise[n] > 0 ? noisy * Math.min(1, hit[n] / noise[n]) : 0;
      expect(kept[n]).toBeCloseTo((1 - scattered) * gain, 5);
      expect(loose[n]).toBeCloseTo(scatteredGain * scattered * gain, 5);
    }
  });
});

describe('rows of numbers', () => {
  const [rows, columns] = [9, 7];
  const values = noise(rows * columns, 11);
  const column = (row: number, at: number, count: number) =>
    Array.from({ length: count }, (_, r) => values[(row + r) * columns + at]);
  const counted = (rows - 5 + 1) * columns;
  const each = (use: (window: number[]) => number) =>
    Float32Array.from({ length: counted }, (_, i) => use(column(Math.floor(i / columns), i % columns, 5)));

  it('have means, ranks and minima of the rows that follow', () => {
    const [from, to, least] = [
      kernelFloats(values),
      kernelFloats(values),
      kernelFloats(new Float32Array(16)),
    ];
    kernels.meanOfRows(from, counted, columns, 5, to);
    expect(to.slice(0, counted)).toEqual(each((five) => five.reduce((sum, x) => sum + x, 0) / 5));
    for (const rank of [0, 1, 3]) {
      kernels.rankOfRows(from, counted, columns, 5, rank, least, to);
      expect(to.slice(0, counted)).toEqual(each((five) => five.toSorted((a, b) => a - b)[rank]));
    }
    kernels.lesserOf(from, kernelFloats(values.slice(columns)), to, counted);
    expect(to.slice(0, counted)).toEqual(
      Float32Array.from({ length: counted }, (_, i) => Math.min(values[i], values[i + columns])),
    );
  });

  it.each([1, 3, 11])('have medians of %i neighbours at every step', (width) => {
    const line = noise(80, 12);
    const [least, medians] = [2 * (width + 1), 8].map((length) => kernelFloats(new Float32Array(length)));
    kernels.mediansEvery(kernelFloats(line), 7, width, 6, least, medians);
    const sorted = (n: number) => line.slice(7 * n, 7 * n + width).sort();
    expect([...medians.slice(0, 6)]).toEqual(Array.from({ length: 6 }, (_, n) => sorted(n)[width >> 1]));
  });
});

describe('turns of what lasts', () => {
  it('add a direction drawn by the place to the gain, as far as a bin is loose', () => {
    const count = 21;
    const [kept, loose] = [noise(count, 13), noise(count, 14).map((x, n) => (n % 3 === 0 ? 0 : Math.abs(x)))];
    const [re, im] = [kernelFloats(kept), kernelFloats(loose)];
    kernels.lastingTurns(re, im, phasors, 5, count);
    for (let n = 0; n < count; n++) {
      expect(Math.hypot(re[n] - kept[n], im[n])).toBeCloseTo(loose[n], 6);
    }
    const [again, other] = [5, 6].map((row) => {
      const [same, turned] = [kernelFloats(kept), kernelFloats(loose)];
      kernels.lastingTurns(same, turned, phasors, row, count);
      return turned;
    });
    expect(again).toEqual(im);
    expect(other).not.toEqual(im);
  });
});
