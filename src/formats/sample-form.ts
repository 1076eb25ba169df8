import { log2 } from '../dsp/maths.ts';
import { type ByteReader, dataView } from './bytes.ts';
import type { Span } from './chunks.ts';
import { spreadBlocks } from './sound-extent.ts';

/** Whole numbers at the top of four bytes, at their bottom, or floats. */
export type SampleForm = 'left' | 'right' | 'float';

/** Fewer samples other than 0 tell nothing. */
const LEAST_SAMPLES = 64;
/** Of 24 bits at the bottom the lowest byte is 0 in one sample of 256, of 24 at the top in all. */
const LOW_BYTE_SHARE = 1 / 8;

/** Of float samples, the share that may be no plausible float: what a fade leaves behind is smaller. */
const IMPLAUSIBLE_SHARE = 0.02;
/** Powers of two about full scale in which floats of sound lie: -240 to +48 dBFS. */
const LOWEST_POWER = -40;
const HIGHEST_POWER = 8;
/**
 * Sound passes through 0, so its floats have many exponents, each with this share or more; a sine has seven. Whole numbers
 * that look like floats are a held voltage or two, and those have one or two.
 */
const LEAST_EXPONENTS = 5;
const EXPONENT_SHARE = 0.01;

/**
 * What the four-byte samples under format tag 1 of a WAV are. Its header cannot tell: Cool Edit kept floats there (of
 * full scale 2^23 with 24 bits stated, 2^15 with 32; “What 32 bit file formats does Cool Edit support?”,
 * Syntrillium), and some recorders and ALSA's arecord put 24 bits at the bottom. So the samples decide, blocks all
 * over the file, and where they leave a doubt they are what RIFF says: whole numbers at the top.
 *
 * @param bits as stated; only 24 may stand at the bottom, where the top byte is empty and the lowest is not
 */
export async function sampleForm(
  reader: ByteReader,
  sound: Span,
  littleEndian: boolean,
  bits: number,
): Promise<SampleForm> {
  let samples = 0;
  let extended = 0;
  let lowBytes = 0;
  const exponents = new Uint32Array(256);
  for await (const block of spreadBlocks(reader, sound.offset, sound.size, 4)) {
    const view = dataView(block);
    for (let at = 0; at + 4 <= block.length; at += 4) {
      const word = view.getInt32(at, littleEndian);
      if (word === 0) continue;
      samples++;
      // The sign in all of the top byte, or, as some converters leave it, nothing.
      if (word === (word << 8) >> 8 || word >>> 24 === 0) extended++;
      if (word & 0xff) lowBytes++;
      exponents[(word >>> 23) & 0xff]++;
    }
  }
  if (samples < LEAST_SAMPLES) return 'left';
  if (bits === 24 && extended === samples && lowBytes > LOW_BYTE_SHARE * samples) return 'right';
  return isFloat(exponents, samples, coolEditScale(bits)) ? 'float' : 'left';
}

/** Full scale of Cool Edit's floats: “24.0” where 24 bits are stated, else “16.8”. */
export function coolEditScale(bits: number): number {
  return bits === 24 ? 2 ** 23 : 2 ** 15;
}

function isFloat(exponents: Uint32Array, samples: number, fullScale: number): boolean {
  const scalePower = 127 + log2(fullScale);
  let plausible = 0;
  let common = 0;
  for (let exponent = scalePower + LOWEST_POWER; exponent < scalePower + HIGHEST_POWER; exponent++) {
    plausible += exponents[exponent];
    if (exponents[exponent] >= EXPONENT_SHARE * samples) common++;
  }
  return plausible >= (1 - IMPLAUSIBLE_SHARE) * samples && common >= LEAST_EXPONENTS;
}
