import { frameCount } from '../../dsp/sound.ts';
import { MOST_OT_SLICES, OT, type OtSlice, writeOt } from '../../formats/ot.ts';
import { type ChainedSound, chainedSound, layoutOf, type Slice } from '../chained-sound.ts';
import { tightLayout } from '../sample-layout.ts';
import type { DeviceOptions, FittedSample, OutputFile } from '../target.ts';
import { encodeSample } from '../wav-folder/encode.ts';
import { otTempo } from './tempo.ts';

/** The WAV of a sample, or of several as slices, and its settings beside it. */
export function encodeWithSettings(samples: readonly FittedSample[], options: DeviceOptions): OutputFile[] {
  const [wav] = encodeSample(samples, options);
  const path = wav.path.replace(/\.wav$/, '.ot');
  const whole = chainedSound(samples, layoutOf(samples, tightLayout, options.profile));
  return [wav, { path, bytes: settings(whole) }];
}

/** All of the file, at its own level and speed, however the project's tempo is; what loops, loops whole. */
function settings({ sound, texture, slices }: ChainedSound): Uint8Array {
  const frames = frameCount(sound);
  const { tempo, length } = otTempo(texture, frames, sound.sampleRate);
  return writeOt({
    zeros: [0, 0, 0, 0, 0],
    version: OT.version,
    unknown: 0,
    tempo,
    trimLength: length,
    loopLength: length,
    stretch: OT.stretch.off,
    loop: texture.loops ? OT.loop.on : OT.loop.off,
    gain: OT.unityGain,
    trigQuantize: OT.direct,
    trimStart: 0,
    trimEnd: frames,
    loopPoint: 0,
    slices: Array.from({ length: MOST_OT_SLICES }, (_, i) => otSlice(slices?.[i])),
    sliceCount: slices?.length ?? 0,
  });
}

function otSlice(slice: Slice | undefined): OtSlice {
  return slice ? { ...slice, loopPoint: OT.noLoopPoint } : { start: 0, end: 0, loopPoint: 0 };
}
