/**
 * How audible a crossfade will be, from the fade alone: only the few frames that it changes are looked at,
 * so that many can be tried before one loop is built.
 */
import type { Sound } from '../dsp/sound.ts';
import type { Alignment } from './align.ts';
import { crossfadeGains } from './crossfade.ts';
import { type EnergyTrack, meanSquare } from './energy.ts';
import { type LogMelFrames, logMelFrames } from './log-mel.ts';
import { fadeFlux, levelAgainst, levelWindow, type Seam, worstOf } from './seam.ts';

/**
 * Level and flux of the crossfade that would close sound[start … start+length), foreseen with one correlation
 * for all frequencies; there is no step to speak of. The loop is then closed in bands (`closeInBands`), which
 * costs too much to do for every place that is tried; `measureSeam` judges what that gave.
 * @param frames log-mel frames of each channel of the sound
 */
export function measureFade(
  sound: Sound,
  frames: readonly LogMelFrames[],
  energies: EnergyTrack,
  { start, length }: Alignment,
  fade: number,
  correlation: number,
): Seam {
  const { fadeIn, fadeOut } = crossfadeGains(fade, correlation);
  const window = Math.min(fade, levelWindow(sound.sampleRate));
  const margin = frames[0].windowLength;
  return worstOf(
    sound.channels.map((channel, c) => {
      const body = energies.meanSquare(c, start, length - fade);
      const end = start + length;
      const blended = new Float32Array(fade + 2 * margin);
      blended.set(channel.subarray(Math.max(0, end - fade - margin), end));
      for (let k = 0; k < fade; k++) {
        blended[margin + k] = blended[margin + k] * fadeOut[k] + channel[start - fade + k] * fadeIn[k];
      }
      blended.set(channel.subarray(start, start + margin), margin + fade);
      const middle = margin + ((fade - window) >> 1);
      const zones = [meanSquare(blended, margin, fade), meanSquare(blended, middle, window)];
      return {
        step: 0,
        stepOfPeak: 0,
        levelDb: levelAgainst(body, zones),
        flux: fadeFlux(
          fluxes(frames[c], start, end - fade),
          fluxes(logMelFrames([blended], sound.sampleRate, { circular: false }), margin, margin + fade),
        ),
      };
    }),
  );
}

/** Flux of every frame centred in samples [from, to). */
function fluxes(frames: LogMelFrames, from: number, to: number): number[] {
  const values: number[] = [];
  const last = Math.min(frames.count, Math.ceil(to / frames.hop));
  for (let i = Math.max(1, Math.ceil(from / frames.hop)); i < last; i++)
    values.push(frames.distance(i, i - 1));
  return values;
}
