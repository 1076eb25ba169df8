/** What the ear tells drums apart by: where their energy lies at first and on the whole, and how fast it goes. */
import { realFft } from '../../dsp/fft.ts';
import { multiply } from '../../dsp/levels.ts';
import { log, log2, log10, pow, square } from '../../dsp/maths.ts';
import { frameCount, type Sound } from '../../dsp/sound.ts';
import { hann } from '../../dsp/windows.ts';

/** Octaves, Hz: skins have their lowest tone in the first four, wires and sticks lie in the middle, metal in the last. */
const EDGES = [20, 80, 160, 320, 640, 1250, 2500, 5000, 10_000, 20_000];
const BANDS = EDGES.length - 1;
type Span = readonly [from: number, to: number];
/** Bands that belong together, by name: what a drum's skin, its shell, its wires and metal sound in. */
const REGISTERS: Readonly<Record<string, Span>> = {
  sub: [0, 2],
  low: [2, 4],
  mid: [4, 6],
  high: [6, 8],
  air: [8, BANDS],
};
/** Bands that decay together. */
const PARTS: Readonly<Record<string, Span>> = { skin: [0, 3], body: [3, 6], metal: [6, BANDS] };
/** Frames of 23 ms at any rate, a quarter apart. */
const FRAME_AT_44100 = 1024;
/** The attack is the first so many frames, which reach 29 ms into the hit. */
const ATTACK_FRAMES = 4;
/** Decays are followed this far down, dB, and given within these bounds, dB a second. */
const DECAY_RANGE_DB = 40;
const SLOWEST_DECAY = 9;
const FASTEST_DECAY = 665;
/** The tail is what rings in the time after the attack, s: of a snare its wires, of a tom its skin alone. */
const TAIL_SEC = 0.12;
/** Late is what comes after this, s. */
const LATE_SEC = 0.06;
const LATENESS_DB = 25;
/** What is this far down counts as this far down, dB. */
const FLOOR_DB = -45;
/** And of a register's share. */
const SHARE_FLOOR_DB = -35;
/** The long window that tells tones: 0.19 s at any rate; a shorter hit is filled up with silence. */
const TONE_AT_44100 = 8192;

/** Between these decays of metal lie open hats: a cymbal is slower, a closed hat faster, ln dB a second. */
const CYMBAL_DECAY = 3.4;
const CLOSED_DECAY = 4.6;

/**
 * The figures of a hit, by name: shares of registers in the whole, its attack and its tail (dB, at least -35), how fast
 * its parts decay (ln dB a second), centres (octaves), tones (dB re the whole, and octaves above 100 Hz). Its level does
 * not count.
 * @param hit from its attack on
 */
export function drumShape(hit: Sound): ReadonlyMap<string, number> {
  const frameLength = pow(2, Math.round(log2((FRAME_AT_44100 * hit.sampleRate) / 44_100)));
  const frames = bandPowers(hit, frameLength);
  const hopSec = frameLength / 4 / hit.sampleRate;
  const whole = sumOf(frames, 0, frames.length);
  const attack = sumOf(frames, 0, ATTACK_FRAMES);
  const tail = sumOf(frames, ATTACK_FRAMES, ATTACK_FRAMES + Math.round(TAIL_SEC / hopSec));
  const figures = new Map<string, number>();
  for (const [time, powers] of Object.entries({ whole, attack, tail })) {
    for (const [name, register] of Object.entries(REGISTERS)) {
      const share = total(powers, ...register) / total(powers);
      figures.set(`${time} ${name}`, Math.max(SHARE_FLOOR_DB, decibels(share)));
    }
  }
  for (const [name, part] of Object.entries(PARTS)) {
    figures.set(`${name} decay`, decay(frames, part, hopSec));
    figures.set(`${name} late`, lateness(frames, part, hopSec));
  }
  const metal = figures.get('metal decay')!;
  figures.set('slower than a hat', Math.max(0, CYMBAL_DECAY - metal));
  figures.set('faster than an open hat', Math.max(0, metal - CLOSED_DECAY));
  figures.set('centre', centre(whole));
  figures.set('centre from the middle', square(centre(whole) - BANDS / 2 + 0.5));
  figures.set('attack centre', centre(attack));
  figures.set('spread', spread(whole));
  const long = longSpectrum(hit);
  const [low, high] = [tone(long, 30, 400), tone(long, 400, 6000)];
  figures.set('low tone', low.share).set('low tone pitch', low.pitch);
  figures.set('low tone off 200 Hz', Math.abs(low.pitch - 1));
  figures.set('high tone', high.share).set('high tone pitch', high.pitch);
  figures.set('body flatness', flatness(long, 300, 2000));
  figures.set('metal flatness', flatness(long, 2000, 12_000));
  return figures;
}

/** Power of each band in each frame, channels together. The first frame is centred on the attack. */
function bandPowers(hit: Sound, frameLength: number): Float64Array[] {
  const fft = realFft(frameLength);
  const window = hann(frameLength);
  const frame = new Float32Array(frameLength);
  const spectrum = new Float32Array(frameLength + 2);
  const bandOf = bandsOfBins(frameLength / 2 + 1, hit.sampleRate / frameLength);
  const hop = frameLength / 4;
  const count = Math.max(ATTACK_FRAMES, 2 + Math.ceil(frameCount(hit) / hop));
  const all = new Float64Array(BANDS * count);
  const frames = Array.from({ length: count }, (_, i) => all.subarray(BANDS * i, BANDS * (i + 1)));
  for (const [i, powers] of frames.entries()) {
    const start = (i - 2) * hop;
    for (const channel of hit.channels) {
      frame.fill(0);
      const from = Math.max(0, start);
      frame.set(channel.subarray(from, Math.max(from, start + frameLength)), from - start);
      multiply(frame, window);
      fft.forward(frame, spectrum);
      for (let bin = 1; bin < bandOf.length; bin++) {
        if (bandOf[bin] < 0) continue;
        powers[bandOf[bin]] += square(spectrum[2 * bin]) + square(spectrum[2 * bin + 1]);
      }
    }
  }
  return frames;
}

/** The band of each bin; -1 outside of all. */
function bandsOfBins(bins: number, binHz: number): Int8Array {
  return Int8Array.from({ length: bins }, (_, bin) => {
    const hertz = bin * binHz;
    return hertz < EDGES[0] || hertz >= EDGES[BANDS] ? -1 : EDGES.findLastIndex((edge) => hertz >= edge);
  });
}

function sumOf(frames: readonly Float64Array[], from: number, to: number): Float64Array {
  const sum = new Float64Array(BANDS);
  for (const powers of frames.slice(from, to))
    for (let band = 0; band < BANDS; band++) sum[band] += powers[band];
  return sum;
}

function total(powers: Float64Array, from = 0, to = powers.length): number {
  let sum = 1e-20;
  for (let i = from; i < to; i++) sum += powers[i];
  return sum;
}

function decibels(ratio: number): number {
  return Math.max(FLOOR_DB, 10 * log10(ratio + 1e-12));
}

/**
 * How fast a register dies away from its loudest frame on, natural logarithm of dB a second: the straight line through
 * its levels until it is 40 dB down or the hit ends. A hit that is cut short dies away no faster for that.
 */
function decay(frames: readonly Float64Array[], register: Span, hopSec: number): number {
  const course = frames.map((powers) => 10 * log10(total(powers, ...register)));
  let first = 0;
  course.forEach((level, i) => {
    if (level > course[first]) first = i;
  });
  let [count, times, levels, squares, products] = [0, 0, 0, 0, 0];
  for (let i = first; i < course.length && course[i] > course[first] - DECAY_RANGE_DB; i++) {
    const time = (i - first) * hopSec;
    count++;
    times += time;
    levels += course[i];
    squares += time * time;
    products += time * course[i];
  }
  const variance = squares - (times * times) / count;
  const slope = variance > 0 ? -(products - (times * levels) / count) / variance : FASTEST_DECAY;
  return log(Math.min(FASTEST_DECAY, Math.max(SLOWEST_DECAY, slope)));
}

/** Energy after the first 60 ms against that before, dB. */
function lateness(frames: readonly Float64Array[], register: Span, hopSec: number) {
  const early = Math.round(LATE_SEC / hopSec);
  const energy = (from: number, to: number) => total(sumOf(frames, from, to), ...register);
  return Math.max(-LATENESS_DB, Math.min(10, decibels(energy(early, frames.length) / energy(0, early))));
}

/** Mean band, in octaves. */
function centre(powers: Float64Array): number {
  const amplitudes = powers.map(Math.sqrt);
  return amplitudes.reduce((sum, amplitude, band) => sum + amplitude * band, 0) / total(amplitudes);
}

/** Standard deviation about that, octaves. */
function spread(powers: Float64Array): number {
  const middle = centre(powers);
  const amplitudes = powers.map(Math.sqrt);
  const squares = amplitudes.reduce((sum, amplitude, band) => sum + amplitude * square(band - middle), 0);
  return Math.sqrt(squares / total(amplitudes));
}

interface Spectrum {
  readonly binHz: number;
  readonly power: Float64Array;
}

/** One spectrum of the hit's first 0.19 s, channels together, under the falling half of a Hann window. */
function longSpectrum({ channels, sampleRate }: Sound): Spectrum {
  const size = pow(2, Math.round(log2((TONE_AT_44100 * sampleRate) / 44_100)));
  const fft = realFft(size);
  const frame = new Float32Array(size);
  const falling = hann(2 * size).subarray(size);
  const power = new Float64Array(size / 2 + 1);
  for (const channel of channels) {
    frame.fill(0).set(channel.subarray(0, size));
    multiply(frame, falling);
    const spectrum = fft.forward(frame);
    for (let bin = 0; bin < power.length; bin++) {
      power[bin] += square(spectrum[2 * bin]) + square(spectrum[2 * bin + 1]);
    }
  }
  return { binHz: sampleRate / size, power };
}

/** Of the strongest partial in a range: how much of all power lies within 20 Hz of it, dB, and octaves above 100 Hz. */
function tone({ binHz, power }: Spectrum, lowHz: number, highHz: number) {
  let best = Math.ceil(lowHz / binHz);
  for (let bin = best; bin < highHz / binHz && bin < power.length; bin++)
    if (power[bin] > power[best]) best = bin;
  const reach = Math.ceil(20 / binHz);
  const share = total(power, Math.max(1, best - reach), best + reach + 1) / total(power);
  return { share: decibels(share), pitch: log2((best * binHz) / 100) };
}

/** Geometric over arithmetic mean of the power in a range, dB: about -2.5 for noise, far less for tones. */
function flatness({ binHz, power }: Spectrum, lowHz: number, highHz: number): number {
  const first = Math.ceil(lowHz / binHz);
  const end = Math.min(power.length, Math.floor(highHz / binHz));
  let [sum, logs] = [1e-20, 0];
  for (let bin = first; bin < end; bin++) {
    sum += power[bin];
    logs += log(power[bin] + 1e-20);
  }
  const count = Math.max(1, end - first);
  return Math.max(FLOOR_DB, (10 / Math.LN10) * (logs / count - log(sum / count)));
}
