import { log2 } from '../dsp/maths.ts';
import type { TargetTexture } from './target.ts';

/**
 * The root of a texture as a sample of it sounds. A loop at another rate has a whole number of frames there too, which
 * shortens or lengthens it by half a frame at most, and its pitch moves by as much.
 * @param frames of the sample's loop, at `sampleRate`
 */
export function soundingRoot(
  {
    root,
    loops,
    durationSec,
    sampleRate: ownRate,
  }: Pick<TargetTexture, 'root' | 'loops' | 'durationSec' | 'sampleRate'>,
  frames: number,
  sampleRate: number,
): TargetTexture['root'] {
  if (root === null || !loops || sampleRate === ownRate) return root;
  // The manifest rounds to a millionth of a second, which is less than half a frame.
  const ownFrames = Math.round(durationSec * ownRate);
  const faster = (ownFrames * sampleRate) / (ownRate * frames);
  return { ...root, cents: root.cents + 1200 * log2(faster) };
}
