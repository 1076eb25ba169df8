/**
 * Brings a source to one level before anything is measured in it. A gain is an accident of recording and mastering, and
 * much that is measured is not free of it: logarithms have a floor, a flux is compressed, a filter counts as empty under
 * some level. Where all sources come at one level, all of that is, for every family, the same whatever their gain.
 */
import { scale } from '../dsp/levels.ts';
import { square } from '../dsp/maths.ts';
import { withRoomsUntil } from '../dsp/rooms.ts';
import type { SoundReader } from '../dsp/sound.ts';
import { sampleSums } from '../dsp/sums.ts';
import { gatedPower } from './song-level.ts';

/** Amplitude of the working level, -18 dBFS RMS: that of the median of 28 songs, so that most are moved by little. */
const WORKING_AMPLITUDE = 0.125;
/** Mean squares under this are silence, which no gain makes sound: -110 dBFS RMS, under the dither of 16 bits. */
const SILENT_POWER = 1e-11;
/** A block whose level is taken, s. */
const BLOCK_SEC = 0.1;
/** Blocks read at once, and how often at most, evenly spread: half a minute of a source tells its level. */
const BLOCKS_PER_PIECE = 5;
const MOST_PIECES = 60;

/**
 * The gain that brings a source to the working level; 1 where it is silent. Reads half a minute of it at most.
 * It follows the source's gain exactly: a source of a quarter the amplitude gets four times the gain, to the last bit.
 */
export async function workingGain(reader: SoundReader): Promise<number> {
  const power = gatedPower(await surveyedPowers(reader));
  return power > SILENT_POWER ? WORKING_AMPLITUDE / Math.sqrt(power) : 1;
}

/** Mean squares of blocks from all over a source, each about its own mean: an offset is no level. */
async function surveyedPowers(reader: SoundReader): Promise<Float64Array> {
  const { frameCount, sampleRate, channelCount } = reader;
  const length = Math.max(1, Math.min(frameCount, Math.round(BLOCK_SEC * sampleRate)));
  const blocks = Math.floor(frameCount / length);
  const pieces = Math.min(MOST_PIECES, Math.ceil(blocks / BLOCKS_PER_PIECE));
  const powers: number[] = [];
  for (let piece = 0; piece < pieces; piece++) {
    const first = Math.floor((piece * blocks) / pieces);
    const count = Math.min(BLOCKS_PER_PIECE, Math.floor(((piece + 1) * blocks) / pieces) - first);
    await withRoomsUntil(async (rooms) => {
      const { channels } = await reader.read(first * length, count * length, rooms);
      for (let block = 0; block < count; block++) {
        let power = 0;
        for (const channel of channels)
          power += variance(channel.subarray(block * length, (block + 1) * length));
        powers.push(power / channelCount);
      }
    });
  }
  return Float64Array.from(powers);
}

function variance(samples: Float32Array): number {
  const { sum, energy } = sampleSums(samples);
  return Math.max(0, energy / samples.length - square(sum / samples.length));
}

/** A reader of the same sound times a gain. */
export function amplified(reader: SoundReader, gain: number): SoundReader {
  const { sampleRate, channelCount, frameCount } = reader;
  return {
    sampleRate,
    channelCount,
    frameCount,
    async read(start, count, lender) {
      const sound = await reader.read(start, count, lender);
      // A range that was read is the reader's to change.
      for (const channel of sound.channels) scale(channel, gain);
      return sound;
    },
  };
}
