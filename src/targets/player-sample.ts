/** The WAV file of a sample for a software sampler, where it is not the texture's own. */
import { frameCount } from '../dsp/sound.ts';
import { encodeWav } from '../formats/wav-writer.ts';
import { roundLoop } from './round-loop.ts';
import { soundingRoot } from './sounding-root.ts';
import type { FittedSample, OutputFile, PlayerOptions } from './target.ts';
import { clearRoot } from './wav-facts.ts';

/**
 * Some players interpolate over three frames at the end of a loop and read on in the file: there they find the loop's
 * first three.
 */
export const GUARD_FRAMES = 3;

/** With loop and root in its `smpl` chunk; the loop's points are the same with guard frames as without. */
export function encodePlayerSample(
  [{ slot, sound, random }]: readonly FittedSample[],
  { software, guardFrames }: PlayerOptions,
): OutputFile[] {
  const { texture, shape, file } = slot;
  const loopFrames = frameCount(sound);
  const root = soundingRoot(texture, loopFrames, sound.sampleRate);
  const bytes = encodeWav(
    guardFrames && texture.loops ? roundLoop(sound, loopFrames + GUARD_FRAMES) : sound,
    {
      bitDepth: shape!.bitDepth,
      sampler: { loop: texture.loops, loopFrames, root: clearRoot({ root }) },
      info: { name: texture.name ?? texture.fileName, software, source: texture.sourcePath },
      random,
    },
  );
  return [{ path: file, bytes }];
}
