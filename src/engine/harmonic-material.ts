/** What lasts in a source as material of its own: separated once, analysed once, then read by ranges. */
import { analyse } from '../analysis/analyse.ts';
import { partReader } from '../analysis/harmonic-reader.ts';
import { keepDecoded } from '../archive/decoded-store.ts';
import type { SoundReader } from '../dsp/sound.ts';
import type { Material } from '../families/texture.ts';
import type { Platform } from '../platform/platform.ts';

/** Frames separated at a time: 12 s at 44.1 kHz, of which the surroundings that each block needs are a sixth. */
const BLOCK_FRAMES = 2 ** 19;
/** Of the time that it all takes, how much goes into separation. */
const SEPARATION_SHARE = 0.9;

/**
 * Separates the harmonic part and keeps it (in memory while short, then in a nameless temporary file), so that
 * makers who read the same place again and again do not pay for it again.
 * Its tempo is the whole source's, since the beat was in the drums. Where the source clips is forgotten: what a hit
 * clips goes with the hit (measured: chords under drums clipped at a third of their peak come out as they do
 * unclipped, to 0.4 dB).
 *
 * @param material the source as it is, its DC removed
 * @param onProgress called with the share done, 0 to 1; what it throws ends the work
 * @throws DiskFullError, NotAllowedError, FileSystemError when the temporary folder cannot be written
 */
export async function openHarmonicMaterial(
  platform: Platform,
  { name, reader, analysis: whole }: Material,
  onProgress: (share: number) => void,
): Promise<{ readonly material: Material; close(): Promise<void> }> {
  const blocks = inBlocks(partReader(reader, 'harmonic'), (share) => onProgress(SEPARATION_SHARE * share));
  const store = await keepDecoded(platform, blocks, reader.sampleRate);
  try {
    const analysed = await analyse(store, (share) =>
      onProgress(SEPARATION_SHARE + (1 - SEPARATION_SHARE) * share),
    );
    const { tempo, gain, ceiling } = whole;
    const analysis = { ...analysed, tempo, gain, ceiling };
    return { material: { name, reader: store, analysis }, close: () => store.close() };
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function* inBlocks(
  reader: SoundReader,
  onProgress: (share: number) => void,
): AsyncGenerator<readonly Float32Array[]> {
  const { frameCount } = reader;
  for (let start = 0; start < frameCount; start += BLOCK_FRAMES) {
    const { channels } = await reader.read(start, Math.min(BLOCK_FRAMES, frameCount - start));
    yield channels;
    onProgress(Math.min(1, (start + BLOCK_FRAMES) / frameCount));
  }
}
