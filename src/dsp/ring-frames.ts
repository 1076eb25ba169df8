/** Short-time spectra round a ring and their bands, for gains that differ from band to band and change with time. */
import { type BandBank, triangularBands } from './bands.ts';
import { PlacedChannels, realFft } from './fft.ts';
import { keepShape } from './keep-shape.ts';
import { type KernelFloats, type KernelWorkspace, withWorkspace } from './kernel-memory.ts';
import * as kernels from './kernels.ts';
import { exp, log, log2, pow } from './maths.ts';
import { addToRing } from './ring.ts';
import { withRooms } from './rooms.ts';
import { unroll } from './unroll.ts';
import { sineWindow } from './windows.ts';

/** The bands' range: what lies below and above goes with the outermost of them. */
const LOWEST_HZ = 60;
const HIGHEST_HZ = 16_000;
/** The kernels take four bins at a time. */
const BINS_BEHIND = 4;

/** Mean levels of a ring's bands. */
export interface BandLevels {
  readonly centresHz: readonly number[];
  /** Of the mean of amplitudes to the power of 0.3, dB, full scale undefined: only their differences say something. */
  readonly levelsDb: Float32Array;
}

export class RingFrames {
  /** How many lie round the ring. */
  readonly count: number;
  /** Where each band is centred; its triangle begins and ends at the centres of its neighbours. */
  readonly centresHz: readonly number[];
  readonly #size: number;
  readonly #overlap: number;
  /** First sample of each frame. */
  readonly #places: readonly number[];
  readonly #bank: BandBank;
  /** Of each bin: the band whose centre lies under it, and how far it is to the next. */
  readonly #below: Uint8Array;
  readonly #share: Float32Array;

  /**
   * @param length of the ring, samples
   * @param seconds length of a frame; the power of two samples nearest to that is taken
   * @param overlap 2, 4, …: frames over each sample
   * @param bands as many, evenly spaced on the scale of equivalent rectangular bandwidths (Glasberg & Moore 1990)
   */
  constructor(length: number, sampleRate: number, seconds: number, overlap: number, bands: number) {
    this.#size = pow(2, Math.round(log2(seconds * sampleRate)));
    this.#overlap = overlap;
    this.count = Math.max(1, Math.round((overlap * length) / this.#size));
    // Transforms read from every fourth sample on.
    this.#places = Array.from(
      { length: this.count },
      (_, i) => 4 * Math.floor((i * length) / this.count / 4),
    );
    const [low, high] = [warped(LOWEST_HZ), warped(Math.min(HIGHEST_HZ, 0.45 * sampleRate))];
    const spacing = (high - low) / (bands - 1);
    this.centresHz = Array.from({ length: bands }, (_, band) => unwarped(low + spacing * band));
    const binOf = (hertz: number) => (hertz * this.#size) / sampleRate;
    const edges = [unwarped(low - spacing), ...this.centresHz, unwarped(high + spacing)].map(binOf);
    this.#bank = triangularBands(edges, this.#size / 2 - 1);
    this.#below = new Uint8Array(this.#size / 2 + 1);
    this.#share = new Float32Array(this.#size / 2 + 1);
    for (let bin = 0; bin < this.#below.length; bin++) {
      const place = (warped((bin * sampleRate) / this.#size) - low) / spacing;
      const clamped = Math.max(0, Math.min(bands - 1 - 1e-6, place));
      this.#below[bin] = Math.floor(clamped);
      this.#share[bin] = clamped - this.#below[bin];
    }
  }

  /** Power of each band in each frame, summed over channels. */
  powersOf(channels: readonly Float32Array[]): Float32Array[] {
    const powers = Array.from(this.centresHz, () => new Float32Array(this.count));
    const placed = new PlacedChannels();
    placed.placeRound(channels, this.#size);
    withWorkspace((own) => this.#fillPowers(own, placed, channels.length, powers));
    placed.release();
    return powers;
  }

  #fillPowers(
    own: KernelWorkspace,
    placed: PlacedChannels,
    channelCount: number,
    powers: readonly Float32Array[],
  ): void {
    const { firstBins, weightCounts, weights, bandCount } = this.#bank;
    const bins = this.#size / 2;
    const spectrum = own.floats(this.#size + 2 + 2 * BINS_BEHIND);
    const power = own.floats(bins + 2 * BINS_BEHIND);
    const found = own.floats(bandCount);
    const tables = [own.floats(weights.length), own.integers(bandCount), own.integers(bandCount)] as const;
    tables[0].set(weights);
    tables[1].set(firstBins);
    tables[2].set(weightCounts);
    for (let i = 0; i < this.count; i++) {
      power.fill(0);
      for (let c = 0; c < channelCount; c++) this.#addPower(placed, c, i, spectrum, power);
      power.fill(0, bins);
      kernels.bandSums(power, ...tables, bandCount, found);
      for (let band = 0; band < bandCount; band++) powers[band][i] = found[band];
    }
  }

  #addPower(
    placed: PlacedChannels,
    channel: number,
    frame: number,
    spectrum: KernelFloats,
    power: KernelFloats,
  ): void {
    realFft(this.#size).forwardPlaced(placed, channel, this.#places[frame], spectrum);
    // Two bins from below on, into which a Hann window leaks no offset.
    kernels.addHannPower(spectrum, 2, this.#size / 2 - 1, 1 / this.#size, power);
  }

  /**
   * Multiplies the ring by gains, in amplitude, of each band in each frame; between bands and frames they are blended. A frame
   * whose gains are all 1 costs nothing and changes nothing. In place.
   */
  applyTo(channels: readonly Float32Array[], gains: readonly Float32Array[]): void {
    withRooms((rooms) => {
      // What is added must not be read again by the next frame.
      const sources = channels.map((ring) => unroll(ring, 0, rooms.floats(ring.length + this.#size)));
      withWorkspace((own) => this.#addChanged(own, channels, sources, gains));
    });
  }

  /** @param sources the channels as they were, each with a frame more of its own beginning behind it */
  #addChanged(
    own: KernelWorkspace,
    channels: readonly Float32Array[],
    sources: readonly Float32Array[],
    gains: readonly Float32Array[],
  ): void {
    const size = this.#size;
    const fft = realFft(size);
    const [frame, window] = [own.floats(size), own.floats(size)];
    const spectrum = own.floats(size + 2 + 2 * BINS_BEHIND);
    const [bandGains, below] = [own.floats(gains.length), own.integers(this.#below.length)];
    const [share, change] = [own.floats(this.#share.length), own.floats(this.#share.length)];
    window.set(sineWindow(size));
    below.set(this.#below);
    share.set(this.#share);
    const shape = { window, gain: 2 / this.#overlap / size };
    for (let i = 0; i < this.count; i++) {
      if (!gather(gains, i, bandGains)) continue;
      kernels.bandChange(bandGains, below, share, change, change.length);
      const place = this.#places[i];
      for (let c = 0; c < channels.length; c++) {
        frame.set(sources[c].subarray(place, place + size));
        kernels.multiplyArrays(frame, window, frame, size);
        fft.forward(frame, spectrum);
        kernels.scaleBins(spectrum, change, change.length);
        fft.inverseUnscaled(spectrum, frame);
        addToRing(channels[c], place, frame, size, shape);
      }
    }
  }
}

keepShape(new RingFrames(4, 44_100, 0.001, 2, 2));

/** One frame's gains, band after band. @returns whether any of them changes anything */
function gather(gains: readonly Float32Array[], frame: number, output: Float32Array): boolean {
  let changes = false;
  for (let band = 0; band < gains.length; band++) {
    output[band] = gains[band][frame];
    if (output[band] !== 1) changes = true;
  }
  return changes;
}

function warped(hertz: number): number {
  return log(1 + hertz / 228.85);
}

function unwarped(place: number): number {
  return 228.85 * (exp(place) - 1);
}
