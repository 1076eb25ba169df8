import { ditherTo16Bit } from '../../dsp/dither.ts';
import { frameCount, type Sound } from '../../dsp/sound.ts';
import { PTI, PTI_AS_SAVED, type PtiHeader, writePti } from '../../formats/pti.ts';
import { chainedSound, layoutOf } from '../chained-sound.ts';
import { roundLoop } from '../round-loop.ts';
import type { LayOut, SampleLayout } from '../sample-layout.ts';
import type { DeviceOptions, FittedSample, OutputFile } from '../target.ts';
import { ptiLoop, slicePositions } from './positions.ts';
import { tuning } from './tuning.ts';

/** The instrument of a sample, or of several as slices. */
export function encodeInstrument(
  samples: readonly FittedSample[],
  { profile }: DeviceOptions,
  layOut: LayOut,
): OutputFile[] {
  const [{ slot, random }] = samples;
  const { texture, file } = slot;
  const { sound, ...playback } = playable(samples, layoutOf(samples, layOut, profile));
  const header = {
    ...PTI_AS_SAVED,
    name: nameOf(file),
    frames: frameCount(sound),
    ...playback,
    ...(samples.length === 1 ? tuning(texture) : {}),
  };
  const channels = sound.channels.map((channel) => ditherTo16Bit(channel, random));
  return [{ path: file, bytes: writePti({ header, channels }) }];
}

/** The sound of the file, and how the device plays it. */
function playable(
  samples: readonly FittedSample[],
  layout: SampleLayout,
): { readonly sound: Sound } & Partial<PtiHeader> {
  if (samples.length > 1) {
    const { sound } = chainedSound(samples, layout);
    const slices = slicePositions(layout);
    return { sound, playback: PTI.playback.slices, slices, sliceCount: samples.length };
  }
  const [{ slot, sound }] = samples;
  if (!slot.texture.loops) return { sound };
  const { loopStart, loopEnd, frames } = ptiLoop(frameCount(sound));
  return { sound: roundLoop(sound, frames), playback: PTI.playback.forward, loopStart, loopEnd };
}

function nameOf(file: string): string {
  return file
    .slice(file.lastIndexOf('/') + 1)
    .replace(/\.pti$/, '')
    .slice(0, PTI.longestName);
}
