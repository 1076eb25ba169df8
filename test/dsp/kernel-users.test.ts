/**
 * All that works in the kernels' memory, while all others work there too: whatever runs between two steps of one, its numbers
 * are those that it finds alone.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { analyse } from '../../src/analysis/analyse.ts';
import { CellAnalyser } from '../../src/analysis/cell-analyser.ts';
import { LevelMeter } from '../../src/analysis/levels.ts';
import { createPeaks, findPeaks, findPlacedPeaks } from '../../src/analysis/peaks.ts';
import { createSpectrumShape } from '../../src/analysis/shape.ts';
import { createSpectrometer, powersFor } from '../../src/analysis/spectrum.ts';
import { triangularBands } from '../../src/dsp/bands.ts';
import { butterworthBandPass } from '../../src/dsp/butterworth.ts';
import { PlacedChannels } from '../../src/dsp/fft.ts';
import { filter, filterCircular, filterZeroPhase } from '../../src/dsp/filter.ts';
import { GrainReader } from '../../src/dsp/interpolate.ts';
import { KernelWorkspace, withWorkspace } from '../../src/dsp/kernel-memory.ts';
import { addHump, addOffset, amplify } from '../../src/dsp/levels.ts';
import { loudness } from '../../src/dsp/loudness.ts';
import { atLowerRate } from '../../src/dsp/lower-rate.ts';
import { Random } from '../../src/dsp/random.ts';
import { randomisePhases } from '../../src/dsp/randomise-phases.ts';
import { resample } from '../../src/dsp/resample.ts';
import { evenLevel } from '../../src/dsp/riding.ts';
import { normaliseOverlap } from '../../src/dsp/ring.ts';
import { matchWidth } from '../../src/dsp/ring-width.ts';
import { type Sound, type SoundReader, soundReader } from '../../src/dsp/sound.ts';
import { matchCorrelation } from '../../src/dsp/stereo.ts';
import { stretch } from '../../src/dsp/stretch.ts';
import { changeSamples, difference, runningEnergies, sampleSums, sumProducts } from '../../src/dsp/sums.ts';
import { truePeak } from '../../src/dsp/true-peak.ts';
import { renderCloud } from '../../src/families/clouds/ring.ts';
import { noiseRing } from '../../src/families/hiss/ring.ts';
import { hissSpectra } from '../../src/families/hiss/spectra.ts';
import { decodePcm } from '../../src/formats/pcm.ts';
import type { PcmLayout } from '../../src/formats/pcm-layout.ts';
import { encodeWav, type WavOptions } from '../../src/formats/wav-writer.ts';
import { blendSides, splitRegion } from '../../src/loops/band-crossfade.ts';
import { risingCurve } from '../../src/loops/crossfade.ts';
import { addLaggedDistances, frameFluxes } from '../../src/loops/frame-distance.ts';
import { logMelFrames } from '../../src/loops/log-mel.ts';
import { largestFree } from '../kernel-arrays.ts';
import { noise } from '../signals.ts';
import { renderGrains } from './render-grains.ts';

const RATE = 44_100;

/** Two channels of noise; another sound for each seed. */
function soundOf(seed: string, frames = 9000): Sound {
  return {
    sampleRate: RATE,
    channels: [noise(frames, 0.3, `${seed} left`), noise(frames, 0.2, `${seed} right`)],
  };
}

const SECTIONS = butterworthBandPass(3, 500, 6000, RATE);
const BAND = { lowHz: 2000, highHz: 12_000, sections: SECTIONS };
const LAYOUT: PcmLayout = {
  encoding: 'signed',
  bytesPerSample: 2,
  containerBytes: 2,
  littleEndian: true,
  fullScale: 1,
  channelCount: 2,
  sampleRate: RATE,
  dataOffset: 0,
  frameCount: 0,
  channelMask: 0,
  channelOrder: 'tracks',
};
const WAV: Omit<WavOptions, 'random'> = {
  bitDepth: 24,
};

/** Everything that uses kernels within one call, as a function of a sound that gives numbers. */
const USERS: Readonly<Record<string, (sound: Sound, seed: string) => unknown>> = {
  sums: ({ channels: [left, right] }) => [
    sampleSums(left),
    sumProducts(left, right),
    difference(left, right),
    runningEnergies(left),
  ],
  levels: ({ channels: [left] }) => [amplify(left, 0.7), addOffset(left, 0.1), addHump(left, 0.2), left],
  filters: ({ channels }) => [filter, filterZeroPhase, filterCircular].map((run) => run(channels, SECTIONS)),
  loudness: (sound) => [loudness(sound), loudness(sound, true)],
  'true peak': (sound) => truePeak(sound, true),
  resampling: (sound) => [resample(sound, 48_000), resample(sound, 22_050)],
  grains: ({ channels: [left] }) => [0.7, 1.5].map((ratio) => renderGrains([left], 3.3, ratio, 999)[0]),
  'lower rate': ({ channels: [left] }) => [1.4, 2.7].map((ratio) => atLowerRate(left, 3.3, ratio, 999)),
  riding: ({ channels }) => {
    evenLevel(channels, { width: 900, limitDb: 6, passes: 2 });
    return channels;
  },
  overlap: ({ channels: [left, right] }) => {
    normaliseOverlap([left], right.map(Math.abs));
    return left;
  },
  'ring width': (sound, seed) => {
    matchWidth(sound.channels, soundOf(`${seed} source`, 20_000).channels, RATE, 2);
    return sound.channels;
  },
  correlation: ({ channels: [left, right] }) => {
    matchCorrelation(left, right, 0.5, 2);
    return [left, right];
  },
  'phase randomisation': (sound, seed) => randomisePhases(sound, 12_000, new Random(seed)),
  random: (_, seed) =>
    withWorkspace((own) => {
      const drawn = own.integers(99);
      new Random(seed).drawInto(drawn, 99);
      return drawn.slice();
    }),
  bands: ({ channels: [left] }) => {
    const sums = new Float32Array(3);
    triangularBands([2, 9, 30, 60, 99], 200).apply(left.subarray(0, 201), sums);
    return sums;
  },
  spectra: ({ channels }) => {
    const spectrometer = createSpectrometer(1024, RATE);
    const own = new KernelWorkspace();
    const power = powersFor(spectrometer, own);
    spectrometer.measure(channels, 77, power);
    const shape = createSpectrumShape(spectrometer, own);
    shape.measure(power);
    const peaks = createPeaks(spectrometer.lastBin);
    findPeaks(power, spectrometer, peaks);
    const found = [power.slice(), shape.centroidHz, peaks];
    own.release();
    return found;
  },
  crossfades: (sound) => {
    const [incoming, outgoing] = [splitRegion(sound, 1000, 4000), splitRegion(sound, 5000, 8000)];
    return blendSides({ incoming, incomingEnd: 3900, outgoing, outgoingEnd: 7900 }, risingCurve(2000));
  },
  'log-mel frames': ({ channels }) => {
    const frames = logMelFrames(channels, RATE, { circular: false });
    const lagged = [new Float64Array(9), new Float64Array(9)];
    addLaggedDistances(frames, 0, 2, lagged);
    return [frames.levels, frames.frameAt(3000), frameFluxes(frames), lagged];
  },
  noise: (sound, seed) => noiseRing(hissSpectra(sound, BAND, -90)!, 20_000, RATE, new Random(seed)),
  clouds: (sound) => {
    const grain = { pan: 0.5, gain: 0.8, stretch: 0, amplitude: 1 };
    const grains = [
      { ...grain, place: 0, start: 500, length: 3000, semitones: 3 },
      { ...grain, place: 4000, start: 700, length: 2500, semitones: -2 },
    ];
    return renderCloud(grains, [{ start: 0, sound }], 6000, 0.7, 4000, 0);
  },
  'stored samples': ({ channels: [left] }) =>
    decodePcm(new Uint8Array(Int16Array.from(left, (x) => 3e4 * x).buffer), LAYOUT),
  'WAV files': (sound, seed) => encodeWav(sound, { ...WAV, random: new Random(seed) }),
};

/** What a user finds in a sound of its own; typed arrays as they are then. */
const numbersOf = (user: string, seed: string) => structuredClone(USERS[user](soundOf(seed), seed));

/** All others at work, and everything that is nobody's written over. */
function disturb(): void {
  for (const user of Object.keys(USERS)) numbersOf(user, 'disturbance');
  withWorkspace((own) => own.floats(2 ** 21).fill(Number.NaN));
}

const alone = new Map<string, unknown>();
beforeAll(() => {
  for (const user of Object.keys(USERS)) alone.set(user, numbersOf(user, 'own'));
});

describe.each(Object.keys(USERS))('%s', (user) => {
  it('are the same after all others were at work', () => {
    disturb();
    expect(numbersOf(user, 'own')).toEqual(alone.get(user));
  });

  it('are the same inside another’s change of samples, which is the same too', () => {
    const plain = soundOf('outside').channels[0].map((x) => 0.5 * x);
    const samples = soundOf('outside').channels[0];
    const found: unknown[] = [];
    const sums = changeSamples(samples, samples, (block, count) => {
      for (let n = 0; n < count; n++) block[n] *= 0.5;
      found.push(numbersOf(user, 'own'));
    });
    for (const numbers of found) expect(numbers).toEqual(alone.get(user));
    expect(samples).toEqual(plain);
    expect(sums).toEqual(sampleSums(plain));
  });
});

/** The steps of a user that keeps numbers from one to the next, and what it has found at the end. */
type Steps = Generator<void, unknown>;

const STEPPING: Readonly<Record<string, (seed: string) => Steps>> = {
  *cells(seed) {
    const spectrometer = createSpectrometer(2048, RATE);
    const analyser = new CellAnalyser(spectrometer, 10, 512, RATE);
    const placed = new PlacedChannels();
    placed.place(soundOf(seed).channels);
    for (let cell = 0; cell < 10; cell++) {
      yield;
      spectrometer.measurePlaced(placed, 2, 512 * cell, analyser.power);
      yield;
      analyser.analyse(cell);
    }
    const { onsetStrength, flatness, centroid } = analyser;
    const found = structuredClone({ onsetStrength, flatness, centroid, timbre: analyser.finishTimbre() });
    analyser.release();
    placed.release();
    return found;
  },
  *'placed peaks'(seed) {
    const spectrometer = createSpectrometer(4096, RATE);
    const [own, placed] = [new KernelWorkspace(), new PlacedChannels()];
    const power = powersFor(spectrometer, own);
    const peaks = createPeaks(spectrometer.lastBin);
    placed.place(soundOf(seed).channels);
    yield;
    spectrometer.measurePlaced(placed, 2, 2000, power);
    yield;
    findPlacedPeaks(power, spectrometer, peaks);
    own.release();
    placed.release();
    return structuredClone(peaks);
  },
  *'levels of cells'(seed) {
    const meter = new LevelMeter(2, 9000, 100);
    for (let start = 0; start < 9000; start += 1500) {
      yield;
      meter.add(soundOf(seed).channels, start, 1500);
    }
    meter.release();
    return structuredClone(meter.finish());
  },
  *'a grain reader'(seed) {
    const [own, reader] = [new KernelWorkspace(), new GrainReader()];
    const outputs = [own.floats(800), own.floats(800)];
    const found = [];
    for (const ratio of [seed === 'own' ? 0.8 : 1.3, 2.2]) {
      reader.setRatio(ratio);
      yield;
      reader.read(soundOf(seed).channels, 30.7, outputs, 800);
      yield;
      found.push(outputs.map((output) => output.slice()));
    }
    own.release();
    reader.release();
    return found;
  },
};

function finish(steps: Steps, between: () => void): unknown {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    between();
  }
}

describe.each(Object.keys(STEPPING))('%s', (user) => {
  const start = (seed: string) => STEPPING[user](seed);

  it('are the same when another of their kind takes a step between each two', () => {
    const expected = finish(start('own'), () => {});
    const expectedOfOther = finish(start('other'), () => {});
    const other = start('other');
    let last: IteratorResult<void, unknown> = other.next();
    const found = finish(start('own'), () => {
      if (!last.done) last = other.next();
    });
    while (!last.done) last = other.next();
    expect(found).toEqual(expected);
    expect(last.value).toEqual(expectedOfOther);
  });

  it('are the same when all others are at work between each two steps', () => {
    const expected = finish(start('own'), () => {});
    expect(finish(start('own'), disturb)).toEqual(expected);
  });
});

describe('two whole analyses and two time stretches at once', () => {
  /** Answers a little later, as a disk does. */
  function slowly(reader: SoundReader): SoundReader {
    return {
      ...reader,
      async read(start, count) {
        await new Promise((resolve) => setTimeout(resolve, 1));
        return reader.read(start, count);
      },
    };
  }

  it('find what each finds alone', async () => {
    // Two blocks of the analysis and a little more.
    const tasks = ['one', 'other'].flatMap((seed) => [
      () => analyse(slowly(soundReader(soundOf(seed, 270_000)))),
      () => stretch(soundOf(seed, 20_000), { factor: 1.3, semitones: 2 }),
    ]);
    const expected: unknown[] = [];
    for (const task of tasks) expected.push(await task());
    expect(await Promise.all(tasks.map((task) => task()))).toEqual(expected);
  });

  it('leave no memory behind, also where a source breaks off', async () => {
    const broken: SoundReader = {
      ...soundReader(soundOf('broken', 300_000)),
      read: () => Promise.reject(new Error('broken off')),
    };
    await expect(analyse(broken)).rejects.toThrow('broken off');
    const before = largestFree();
    for (let n = 0; n < 5; n++) await expect(analyse(broken)).rejects.toThrow('broken off');
    expect(largestFree()).toBe(before);
  });
});
