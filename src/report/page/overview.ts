/** The small pictures of a texture: how they lie in their bytes. */

/** Ranges of time of the waveform, each with its lowest and highest sample. */
export const PEAK_COUNT = 240;
/** By how much a reduced picture is coarser, both ways: 1 kB of 3.6, enough for a cell of the sheet. */
export const REDUCTION = 2;
/** Moments of the spectrogram. */
export const COLUMN_COUNT = 96;
/** Bands of the spectrogram, evenly spaced by {@link erbRate}: what lies a step apart sounds a step apart. */
export const BAND_COUNT = 64;
const LOW_HZ = 40;
const HIGH_HZ = 16_000;
/** The spectrogram's steps of level, of four bits. */
export const STEPS = 16;
/** What lies this far under the loudest band is dark, dB. */
export const RANGE_DB = 64;

export interface Overview {
  /** Lowest and highest of each range, in turn, ±127 is full scale. */
  readonly peaks: Int8Array;
  /** Levels 0 to STEPS - 1, a column after the other, each from low to high. */
  readonly levels: Uint8Array;
  /** Moments of the levels; a reduced picture has half of them. */
  readonly columnCount: number;
}

/**
 * Place of a frequency on the axis of the spectrogram, 0 at its foot to 1 at its top; it may lie outside. The scale is
 * the ERB-rate scale (Glasberg and Moore, Derivation of auditory filter shapes from notched-noise data, 1990): 1 kHz lies
 * at two fifths, and an octave takes more room the higher it lies, as it does in the ear.
 */
export function axisPlace(hertz: number): number {
  return (erbRate(hertz) - erbRate(LOW_HZ)) / (erbRate(HIGH_HZ) - erbRate(LOW_HZ));
}

/** The inverse of {@link axisPlace}, Hz. */
export function axisHertz(place: number): number {
  const rate = erbRate(LOW_HZ) + place * (erbRate(HIGH_HZ) - erbRate(LOW_HZ));
  return (10 ** (rate / 21.4) - 1) / 0.00437;
}

function erbRate(hertz: number): number {
  return 21.4 * Math.log10(1 + 0.00437 * hertz);
}

/** Bytes of the peaks of a picture of so many columns, in which their number is in proportion. */
function peakBytes(columnCount: number): number {
  return (2 * PEAK_COUNT * columnCount) / COLUMN_COUNT;
}

/** Of a reduced picture. */
export const REDUCED_BYTES =
  peakBytes(COLUMN_COUNT / REDUCTION) + (COLUMN_COUNT * BAND_COUNT) / (2 * REDUCTION * REDUCTION);

/** Peaks first, then levels, two a byte, the earlier in the upper half. */
export function packOverview({ peaks, levels }: Overview): Uint8Array {
  const bytes = new Uint8Array(peaks.length + levels.length / 2);
  for (let i = 0; i < peaks.length; i++) bytes[i] = peaks[i] & 0xff;
  for (let i = 0; i < levels.length; i += 2) bytes[peaks.length + i / 2] = (levels[i] << 4) | levels[i + 1];
  return bytes;
}

/** The inverse of {@link packOverview}. */
export function unpackOverview(bytes: Uint8Array): Overview {
  const columnCount = bytes.length === REDUCED_BYTES ? COLUMN_COUNT / REDUCTION : COLUMN_COUNT;
  const start = peakBytes(columnCount);
  const levels = new Uint8Array(2 * (bytes.length - start));
  for (let i = 0; i < levels.length; i += 2) {
    const pair = bytes[start + i / 2];
    levels[i] = pair >> 4;
    levels[i + 1] = pair & 15;
  }
  return { peaks: new Int8Array(bytes.slice(0, start).buffer), levels, columnCount };
}
