/** The sound of a SoundFont's sample as it lies in the file: 16 upper bits of all frames, then 8 lower bits of each. */
import { dbToAmplitude } from '../../dsp/levels.ts';
import { truePeak } from '../../dsp/true-peak.ts';
import { isHit } from '../hits.ts';
import type { FittedSample, OutputFile, TargetOptions, TargetTexture } from '../target.ts';
import { gainOf } from '../zone-layout.ts';

/**
 * Frames of the loop on either side of it: as many as the text wants (SoundFont 2.04, 7.10), so that whoever interpolates there,
 * or reads on past the end as Csound does, finds the loop.
 */
export const GUARD_FRAMES = 8;
/** Of silence behind each sample, which the text wants too. */
const SILENT_FRAMES = 46;

/** Where a sample lies among the frames of one channel. */
export function placeIn(frameCount: number, loops: boolean) {
  const guard = loops ? GUARD_FRAMES : 0;
  return {
    loopStart: guard,
    loopEnd: guard + frameCount,
    end: guard + frameCount + guard,
    /** With the silence behind it. */
    length: guard + frameCount + guard + SILENT_FRAMES,
  };
}

/**
 * A sample at its level, channel after channel. Levels are in the sound, since players take the same attenuation for 10, 4 and
 * 1.6 dB, and none takes a gain.
 */
export function encodeSampleData(
  [{ slot, sound }]: readonly FittedSample[],
  { families }: Pick<TargetOptions, 'families'>,
): OutputFile[] {
  const { texture, file } = slot;
  const gain = Math.min(
    dbToAmplitude(gainDbOf(texture, families)),
    1 / (truePeak(sound, texture.loops) || 1),
  );
  const own = sound.channels[0].length;
  const { loopStart, end, length } = placeIn(own, texture.loops);
  const frames = length * sound.channels.length;
  const bytes = new Uint8Array(3 * frames);
  for (const [c, channel] of sound.channels.entries()) {
    // A loop may be shorter than what stands round it.
    let frame = (own - (loopStart % own)) % own;
    for (let i = 0; i < end; i++, frame = frame + 1 === own ? 0 : frame + 1) {
      const sample = channel[frame];
      const value = Math.max(-0x800000, Math.min(0x7fffff, Math.round(0x800000 * gain * sample)));
      const at = c * length + i;
      bytes[2 * at] = value >> 8;
      bytes[2 * at + 1] = value >> 16;
      bytes[2 * frames + at] = value;
    }
  }
  return [{ path: file, bytes }];
}

/** Hits keep their peaks: they are too short for loudness to say anything. */
function gainDbOf(texture: TargetTexture, families: TargetOptions['families']): number {
  return isHit(texture, families) ? 0 : gainOf(texture);
}
