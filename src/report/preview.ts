import { realFft } from '../dsp/fft.ts';
import { KernelWorkspace } from '../dsp/kernel-memory.ts';
import * as kernels from '../dsp/kernels.ts';
import { atLowerRate, reachAt } from '../dsp/lower-rate.ts';
import { pow } from '../dsp/maths.ts';
import type { Sound } from '../dsp/sound.ts';
import { hann } from '../dsp/windows.ts';
import { encodeAdpcm } from './adpcm-encoder.ts';
import type { PreviewShape } from './page/contract.ts';

/** How much sound a page carries: none; small previews; every texture in stereo at its own rate. */
export type PreviewSize = 'none' | 'small' | 'full';

/** That of a sound that is carried. */
export type SoundingSize = Exclude<PreviewSize, 'none'>;

export interface Preview extends PreviewShape {
  readonly bytes: Uint8Array;
}

/** Rates of small previews, Hz: the lowest is taken that loses too little to be missed, or else the highest. */
const SMALL_RATES = [16_000, 22_050, 32_000];
/** What may be lost, in parts of the whole power: -45 dB. */
const LOST = pow(10, -4.5);
/** Reading loses half a dB here, in parts of the Nyquist frequency (dsp/lower-rate.ts). */
const PASSBAND = 0.8;

/** The shape of a small preview, without making it. */
export function smallShape(sound: Sound): PreviewShape {
  const wanted = smallRate(sound);
  const frameCount = sound.channels[0].length;
  if (wanted >= sound.sampleRate) return { frameCount, channelCount: 1, sampleRate: sound.sampleRate };
  const { frames, ratio } = framesAt(sound, wanted);
  return { frameCount: frames, channelCount: 1, sampleRate: sound.sampleRate / ratio };
}

/** Of a preview in full. */
export function fullShape({ channels, sampleRate }: Sound): PreviewShape {
  return { frameCount: channels[0].length, channelCount: channels.length, sampleRate };
}

/**
 * A texture made small, to be listened to in the page.
 * @param size `small`: mono, at the lowest rate that holds nearly all of its power; `full`: its own channels and rate
 * @param isLoop a loop stays one: it is read round its end, and keeps its length
 */
export function previewOf(sound: Sound, size: SoundingSize, isLoop: boolean): Preview {
  const { sampleRate, channels } = size === 'full' ? sound : atRate(mono(sound), isLoop);
  return {
    frameCount: channels[0].length,
    channelCount: channels.length,
    sampleRate,
    bytes: encodeAdpcm(channels),
  };
}

/** @param sound of one channel or two */
function mono({ sampleRate, channels }: Sound): Sound {
  if (channels.length === 1) return { sampleRate, channels };
  const middle = new Float32Array(channels[0].length);
  mix(channels, 0, middle);
  return { sampleRate, channels: [middle] };
}

/** Fills with the mean of two channels, or with the only one, from a frame on; they go as far. */
function mix([left, right = left]: readonly Float32Array[], start: number, middle: Float32Array): void {
  for (let n = 0; n < middle.length; n++) middle[n] = 0.5 * (left[start + n] + right[start + n]);
}

/** A mono sound at the lowest rate that holds it. */
function atRate(sound: Sound, isLoop: boolean): Sound {
  const wanted = smallRate(sound);
  if (wanted >= sound.sampleRate) return sound;
  const [channel] = sound.channels;
  const { frames, ratio } = framesAt(sound, wanted);
  const reach = reachAt(ratio);
  const surrounded = new Float32Array(channel.length + 2 * reach);
  surrounded.set(channel, reach);
  if (isLoop) {
    for (let n = 0; n < reach; n++) {
      surrounded[reach - 1 - n] = channel[channel.length - 1 - (n % channel.length)];
      surrounded[reach + channel.length + n] = channel[n % channel.length];
    }
  }
  const samples = atLowerRate(surrounded, reach, ratio, frames);
  return { sampleRate: sound.sampleRate / ratio, channels: [samples] };
}

/** Whole frames, so that a loop keeps its length; and by how many of the sound's each goes on. */
function framesAt({ channels: [channel], sampleRate }: Sound, wanted: number) {
  const frames = Math.max(1, Math.round((channel.length * wanted) / sampleRate));
  return { frames, ratio: channel.length / frames };
}

/** The lowest rate of the list whose passband leaves out at most LOST of the power. */
function smallRate(sound: Sound): number {
  const power = meanSpectrum(sound);
  let whole = 0;
  for (const value of power) whole += value;
  const binHz = sound.sampleRate / (2 * (power.length - 1));
  let above = 0;
  let bin = power.length - 1;
  while (bin > 0 && above + power[bin] <= LOST * whole) above += power[bin--];
  return (
    SMALL_RATES.find((rate) => (PASSBAND * rate) / 2 >= bin * binHz) ?? SMALL_RATES[SMALL_RATES.length - 1]
  );
}

const SPECTRUM_SIZE = 1024;
/** Windows that are measured, spread over the sound. */
const SPECTRUM_WINDOWS = 64;

/** Bins that kernels take at once. */
const BINS_AT_ONCE = 4;

const own = new KernelWorkspace();
const window = own.floats(SPECTRUM_SIZE);
const frame = own.floats(SPECTRUM_SIZE);
const spectrum = own.floats(SPECTRUM_SIZE + 2 * BINS_AT_ONCE);
const power = own.floats(SPECTRUM_SIZE / 2 + BINS_AT_ONCE);
window.set(hann(SPECTRUM_SIZE));

/** Of the sound in mono; good until it is asked for again. */
function meanSpectrum({ channels }: Sound): Float32Array {
  const fft = realFft(SPECTRUM_SIZE);
  power.fill(0);
  const last = Math.max(0, channels[0].length - SPECTRUM_SIZE);
  const count = Math.max(1, Math.min(SPECTRUM_WINDOWS, Math.ceil((2 * last) / SPECTRUM_SIZE)));
  for (let i = 0; i < count; i++) {
    const start = Math.round((last * i) / Math.max(1, count - 1));
    const length = Math.min(SPECTRUM_SIZE, channels[0].length - start);
    mix(channels, start, frame.subarray(0, length));
    frame.fill(0, length);
    kernels.multiplyArrays(frame, window, frame, SPECTRUM_SIZE);
    fft.forward(frame, spectrum);
    kernels.addBinPowers(spectrum, power, fft.binCount);
  }
  return power.subarray(0, fft.binCount);
}
