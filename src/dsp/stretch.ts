import { dbToAmplitude, scale } from './levels.ts';
import { pow } from './maths.ts';
import { timeStretch } from './phase-vocoder.ts';
import { type Resampler, resampler } from './resample.ts';
import { type Lender, withRoomsUntil } from './rooms.ts';
import { frameCount, type Sound, type SoundReader, soundReader } from './sound.ts';
import { correlationOf, matchCorrelation, stereoCovariance } from './stereo.ts';

/** How to change a sound's time and pitch. */
export interface StretchOptions {
  /** Output length over input length, > 0: 2 is twice as long. */
  readonly factor: number;
  /** Shift of every partial, semitones; need not be whole. */
  readonly semitones: number;
}

/** What the first window that is heard looks back at, s: half a window at either speed, and the hop before. */
const MARGIN_SEC = 0.17;

/**
 * A shift down brings partials nearer to one another: windows as long as before in the source's own time part them again.
 * Longer than this, over those of a sound at its own pitch, attacks suffer. A partial 20 Hz and 25 dB from another, both low,
 * loses 2 dB at -5 semitones; without, up to 26.
 */
const MOST_LENGTHENED = 4 / 3;

/**
 * Largest denominator of a pitch ratio above 1: so many phases the resampler stores exactly. Measured over
 * all whole semitones from -48 to 48: within 0.03 cents; over fractions of one within 1.3.
 */
const LARGEST_DENOMINATOR = 640;

/** Overlapped phases that disagree lose level; more than this is not their doing and is left alone, dB. */
const MOST_LEVEL_CORRECTION_DB = 3;
/** Largest gain of the side signal and 1 over the smallest, to the same end. */
const WIDTH_LIMIT = 1.5;

/**
 * Stretches and shifts a whole sound, all channels at once, so that the stereo image stays.
 * Beyond its ends lie mirror images of what is inside. Where there is more of the source, {@link stretchRange}
 * does better.
 * @returns round(frames · factor) frames; the sound itself when there is nothing to do
 * @throws RangeError unless factor > 0
 */
export async function stretch(sound: Sound, options: StretchOptions): Promise<Sound> {
  if (options.factor === 1 && options.semitones === 0) return sound;
  return stretchRange(soundReader(sound), 0, frameCount(sound), options);
}

/**
 * Stretches and shifts frames [start, start + count) of a longer sound. Reads what lies around them as
 * well (at 2×, 0.26 s on either side), so that the ends sound as if the whole had been stretched.
 *
 * A shift is a resampling that the stretch makes good for. Measured on sines at +7 semitones: within 0.01 cents and
 * 0.03 dB.
 * @param lender as of {@link SoundReader.read}
 * @returns round(count · factor) frames
 * @throws RangeError unless factor > 0 and the range lies inside the sound
 */
export async function stretchRange(
  reader: SoundReader,
  start: number,
  count: number,
  options: StretchOptions,
  lender?: Lender,
): Promise<Sound> {
  const { factor, semitones } = options;
  if (!(factor > 0)) throw new RangeError(`A stretch factor must be above 0; this one is ${factor}.`);
  if (factor === 1 && semitones === 0) return reader.read(start, count, lender);
  const { sampleRate } = reader;
  const [advance, phases] = pitchRatio(semitones);
  const ratio = advance / phases;
  const windowRate = sampleRate * Math.min(MOST_LENGTHENED, Math.max(1, 1 / ratio));
  const margin = Math.ceil(MARGIN_SEC * windowRate * ratio * (1 + 1 / (factor * ratio)));
  const from = Math.max(0, start - margin);
  const until = Math.min(reader.frameCount, start + count + margin);
  return withRoomsUntil(async (rooms) => {
    const source = await reader.read(from, until - from, rooms);
    const shifted = semitones === 0 ? source.channels : faster(source.channels, resampler(advance, phases));
    const length = Math.round(count * factor);
    const inside = Math.round((start - from) / ratio);
    const channels = timeStretch(shifted, inside, factor * ratio, length, windowRate);
    restore(channels, shifted, inside, Math.round(count / ratio));
    return { sampleRate, channels };
  });
}

function faster(channels: readonly Float32Array[], { outputLength, render }: Resampler): Float32Array[] {
  return channels.map((channel) => render(channel, 0, 0, outputLength(channel.length)));
}

/** The fraction that comes nearest to 2^(semitones/12). */
function pitchRatio(semitones: number): [numerator: number, denominator: number] {
  const ratio = pow(2, semitones / 12);
  let best: [number, number] = [1, 1];
  let bestError = Infinity;
  for (let denominator = 1; denominator * Math.min(1, ratio) <= LARGEST_DENOMINATOR; denominator++) {
    const numerator = Math.round(ratio * denominator);
    const error = Math.abs(numerator / denominator - ratio);
    if (error < bestError) {
      best = [numerator, denominator];
      bestError = error;
    }
  }
  return best;
}

/**
 * Gives the output the power of source frames [start, start + count), by one gain for all channels, and where it is
 * stereo their correlation. What does not hold loses up to 1.3 dB of power, and noise up to 0.08 of its correlation.
 */
function restore(
  output: readonly Float32Array[],
  source: readonly Float32Array[],
  start: number,
  count: number,
): void {
  if (output.length === 2) {
    const [left, right] = source;
    const wanted = correlationOf(stereoCovariance(left, right, start, Math.min(left.length, start + count)));
    matchCorrelation(output[0], output[1], wanted, WIDTH_LIMIT);
  }
  const wanted = meanPower(source, start, start + count);
  const found = meanPower(output, 0, output[0].length);
  if (!(wanted > 0 && found > 0)) return;
  const limit = dbToAmplitude(MOST_LEVEL_CORRECTION_DB);
  const gain = Math.min(limit, Math.max(1 / limit, Math.sqrt(wanted / found)));
  for (const channel of output) scale(channel, gain);
}

function meanPower(channels: readonly Float32Array[], start: number, end: number): number {
  let sum = 0;
  for (const channel of channels) {
    for (let i = start; i < end && i < channel.length; i++) sum += channel[i] * channel[i];
  }
  return sum / (end - start);
}
