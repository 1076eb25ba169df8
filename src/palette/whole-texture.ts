import { numberIn } from '../curation/row-facts.ts';
import { MalformedFileError } from '../errors.ts';
import type { KitTexture } from './texture-choice.ts';

/** By how many frames a length may be off: the manifest prints it to the microsecond. */
const ROUNDING_FRAMES = 1;

/** How long a file is. */
interface Extent {
  readonly frameCount: number;
  readonly sampleRate: number;
}

/**
 * A file that was cut off still reads as sound, and a loop of it would click at its wrap.
 * @throws MalformedFileError where it is shorter than its row says
 */
export function assertWhole(
  { file, row }: Pick<KitTexture, 'file' | 'row'>,
  { frameCount, sampleRate }: Extent,
): void {
  // Of a texture that is moved in pitch, its own length is another.
  const durationSec = numberIn(row.duration_sec) ?? 0;
  if (frameCount >= Math.round(durationSec * sampleRate) - ROUNDING_FRAMES) return;
  const seconds = (frameCount / sampleRate).toFixed(3);
  throw new MalformedFileError(
    `“${file}” is ${seconds} s long, and manifest.csv says ${durationSec.toFixed(3)}: it was cut off or changed; copy it again, or run again to make it anew.`,
    { context: { path: file } },
  );
}
