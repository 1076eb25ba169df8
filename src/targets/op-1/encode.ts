import { ditherTo16Bit } from '../../dsp/dither.ts';
import type { Random } from '../../dsp/random.ts';
import { frameCount, type Sound } from '../../dsp/sound.ts';
import { type AiffChunk, commonChunk, soundChunk, writeAiff } from '../../formats/aiff-writer.ts';
import { stem } from '../../paths.ts';
import { chainedSound, layoutOf } from '../chained-sound.ts';
import { isHit } from '../hits.ts';
import { playedAlone } from '../played-alone.ts';
import { roundLoop } from '../round-loop.ts';
import type { DeviceOptions, FittedSample, OutputFile } from '../target.ts';
import { formatOf, op1Layout } from './format.ts';
import { drumPatch, samplerPatch } from './patch.ts';

/** The text of a device's own files is filled up to so many bytes (Earthwire, of kits of an OP-1 field). */
const TEXT_BYTES = 4096;
/** AIFF-C of 1990, the only version that there is. */
const VERSION = new Uint8Array([0xa2, 0x80, 0x51, 0x40]);
/** Little-endian. A field slices a kit that is big-endian by its own guess (Earthwire); older devices read both. */
const COMPRESSION = ['sowt', 'Signed integer (little-endian) linear PCM'] as const;

/** The kit of hits that share a file, or the synth sample of a texture. */
export function encodeOp1(samples: readonly FittedSample[], options: DeviceOptions): OutputFile[] {
  const [{ slot, random }] = samples;
  const { texture, file } = slot;
  const format = formatOf(options.profile);
  const layout = layoutOf(samples, op1Layout, options.profile);
  const { sound, slices } = chainedSound(samples, layout);
  const name = stem(file.slice(file.lastIndexOf('/') + 1));
  const patch = isHit(texture, options.families)
    ? drumPatch(name, slices ?? [{ start: 0, end: frameCount(sound) }], format)
    : samplerPatch(name, playedAlone(texture, options), format);
  const whole = texture.loops ? roundLoop(sound, layout.frames) : lengthened(sound, layout.frames);
  return [{ path: file, bytes: aiff(whole, patch, random) }];
}

/** With silence behind it. */
function lengthened({ sampleRate, channels }: Sound, frames: number): Sound {
  return {
    sampleRate,
    channels: channels.map((channel) => {
      const whole = new Float32Array(frames);
      whole.set(channel);
      return whole;
    }),
  };
}

function aiff(sound: Sound, patch: object, random: Random): Uint8Array {
  const { sampleRate, channels } = sound;
  const [frames, channelCount] = [frameCount(sound), channels.length];
  const { chunk, data } = soundChunk(2 * frames * channelCount);
  channels.forEach((channel, c) => {
    const samples = ditherTo16Bit(channel, random);
    for (let i = 0; i < frames; i++) data.setInt16(2 * (i * channelCount + c), samples[i], true);
  });
  return writeAiff('AIFC', [
    ['FVER', VERSION],
    commonChunk({ channelCount, frames, bitDepth: 16, sampleRate }, COMPRESSION),
    patchChunk(patch),
    chunk,
  ]);
}

function patchChunk(patch: object): AiffChunk {
  const text = `${JSON.stringify(patch)}\n`.padEnd(TEXT_BYTES, ' ');
  return ['APPL', new TextEncoder().encode(`op-1${text}`)];
}
