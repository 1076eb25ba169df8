import { ditherTo16Bit } from '../dsp/dither.ts';
import { KernelWorkspace } from '../dsp/kernel-memory.ts';
import * as kernels from '../dsp/kernels.ts';
import type { Random } from '../dsp/random.ts';
import type { Rooms } from '../dsp/rooms.ts';
import { frameCount, type Sound } from '../dsp/sound.ts';
import { LimitError } from '../errors.ts';
import { type AcidFacts, acidChunk } from './acid-chunk.ts';
import { cueChunk } from './cue-chunk.ts';
import {
  chunk,
  concatenate,
  type InfoFacts,
  infoChunk,
  type Piece,
  type SamplerFacts,
  samplerChunk,
} from './wav-chunks.ts';

/** What a file says of its sound; each is a chunk of its own, and left out it is not said. */
export interface WavFacts {
  /** `smpl`, unless there is neither loop nor root to say. */
  readonly sampler?: SamplerFacts | undefined;
  /** `acid` */
  readonly acid?: AcidFacts | undefined;
  /** `cue `: frames at which slices begin, rising. */
  readonly cues?: readonly number[] | undefined;
  /** `LIST` */
  readonly info?: InfoFacts | undefined;
}

export interface WavOptions extends WavFacts {
  readonly bitDepth: 16 | 24;
  /** The random numbers for the 16-bit dither; unused at 24 bits. */
  readonly random: Random;
}

/** RIFF counts in 32 bits; the rest of the file stays far below the difference. */
const MOST_DATA_BYTES = 0xffff0000;
/** Frames that are packed at a time. */
const FRAMES_PER_BLOCK = 4096;

const own = new KernelWorkspace();
const [leftBlock, rightBlock] = [own.floats(FRAMES_PER_BLOCK), own.floats(FRAMES_PER_BLOCK)];
/** Of two channels, and what a mono block writes past its end. */
const packed = own.bytes(6 * FRAMES_PER_BLOCK + 4);

/**
 * A sound as the bytes of a WAV file. Plain PCM `fmt ` of 16 bytes, then `data` at byte 44 where old hardware
 * expects it, then what is said of the sound. 16 bits are dithered; 24 bits are rounded, so what was read from a 24-bit
 * file is written back to the bit. Samples beyond full scale are clamped.
 *
 * @param sound mono or stereo (more would need WAVE_FORMAT_EXTENSIBLE, which samplers reject)
 * @param rooms in which the bytes lie; left out where they are to last
 * @throws RangeError with other channel counts
 * @throws LimitError over 4 GiB
 */
export function encodeWav(sound: Sound, options: WavOptions, rooms?: Rooms): Uint8Array<ArrayBuffer> {
  const { sampleRate, channels } = sound;
  if (channels.length > 2)
    throw new RangeError(`A WAV of ${channels.length} channels was asked for, not 1 or 2.`);
  const frameBytes = channels.length * (options.bitDepth / 8);
  if (frameCount(sound) * frameBytes > MOST_DATA_BYTES) {
    throw new LimitError('A sound of more than 4 GiB does not fit in a WAV file; make it shorter.');
  }
  const parts = [
    ...chunk('fmt ', [formatBody(sampleRate, channels.length, options.bitDepth)]),
    ...chunk('data', [
      {
        length: frameCount(sound) * frameBytes,
        write(bytes) {
          if (options.bitDepth === 16) write16(channels, options.random, bytes);
          else write24(channels, bytes);
        },
      },
    ]),
  ];
  return concatenate(
    chunk('RIFF', [new TextEncoder().encode('WAVE'), ...parts, ...factChunks(sound, options)]),
    rooms && ((length) => rooms.bytes(length)),
  );
}

/** In the order in which they are written behind the sound. */
function factChunks(sound: Sound, { sampler, acid, cues, info }: WavFacts): Piece[] {
  const { sampleRate } = sound;
  const frames = frameCount(sound);
  const isSampler = sampler && (sampler.loop || sampler.root !== null);
  return [
    ...(isSampler ? samplerChunk(sampleRate, frames, sampler) : []),
    ...(acid ? acidChunk(frames / sampleRate, acid) : []),
    ...(cues ? cueChunk(cues) : []),
    ...(info ? infoChunk(info) : []),
  ];
}

/** PCMWAVEFORMAT, 16 bytes. */
function formatBody(sampleRate: number, channelCount: number, bitDepth: number): Uint8Array {
  const body = new Uint8Array(16);
  const view = new DataView(body.buffer);
  const blockAlign = channelCount * (bitDepth / 8);
  view.setUint16(0, 1, true);
  view.setUint16(2, channelCount, true);
  view.setUint32(4, sampleRate, true);
  view.setUint32(8, sampleRate * blockAlign, true);
  view.setUint16(12, blockAlign, true);
  view.setUint16(14, bitDepth, true);
  return body;
}

/** Interleaved little-endian 16-bit samples; channels draw their dither one after the other. */
function write16(channels: readonly Float32Array[], random: Random, bytes: Uint8Array): void {
  const stride = channels.length * 2;
  channels.forEach((channel, index) => {
    const samples = ditherTo16Bit(channel, random);
    for (let i = 0, at = index * 2; i < samples.length; i++, at += stride) {
      bytes[at] = samples[i];
      bytes[at + 1] = samples[i] >> 8;
    }
  });
}

/** Interleaved little-endian 24-bit samples. */
function write24(channels: readonly Float32Array[], bytes: Uint8Array): void {
  const frames = channels[0].length;
  const frameBytes = 3 * channels.length;
  const [left, right] = channels;
  for (let start = 0; start < frames; start += FRAMES_PER_BLOCK) {
    const count = Math.min(FRAMES_PER_BLOCK, frames - start);
    leftBlock.set(left.subarray(start, start + count));
    if (right) {
      rightBlock.set(right.subarray(start, start + count));
      kernels.packStereo24(leftBlock, rightBlock, packed, count);
    } else kernels.packMono24(leftBlock, packed, count);
    bytes.set(packed.subarray(0, count * frameBytes), start * frameBytes);
  }
}
