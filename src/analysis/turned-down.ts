import { log10 } from '../dsp/maths.ts';
import type { SoundReader } from '../dsp/sound.ts';
import type { Analysis } from './analysis.ts';
import { FLOOR_DB } from './timbre.ts';

/**
 * A source that goes above full scale, as floats may, turned down until it just reaches it, and what was found in it
 * likewise. Its level is an accident then, and limits on level would exclude it for nothing. All others
 * stay as they are.
 */
export function turnedDown(
  reader: SoundReader,
  analysis: Analysis,
): { readonly reader: SoundReader; readonly analysis: Analysis } {
  if (analysis.ceiling === 1) return { reader, analysis };
  const gain = 1 / analysis.ceiling;
  const quieter: SoundReader = {
    sampleRate: reader.sampleRate,
    channelCount: reader.channelCount,
    frameCount: reader.frameCount,
    async read(start, count) {
      const { sampleRate, channels } = await reader.read(start, count);
      return { sampleRate, channels: channels.map((channel) => scaled(channel, gain)) };
    },
  };
  return { reader: quieter, analysis: analysisTurnedDown(analysis) };
}

/** What is found in a source that {@link turnedDown} gives. */
export function analysisTurnedDown(analysis: Analysis): Analysis {
  if (analysis.ceiling === 1) return analysis;
  const gain = 1 / analysis.ceiling;
  const gainDb = 20 * log10(gain);
  const { dc, power, peak, drift, remainingDc, timbre } = analysis;
  const values = timbre.values.map((level) => Math.max(FLOOR_DB, level + gainDb));
  return {
    ...analysis,
    dc: dc.map((offset) => offset * gain),
    power: scaled(power, gain * gain),
    peak: scaled(peak, gain),
    drift: scaled(drift, gain),
    remainingDc: scaled(remainingDc, gain),
    timbre: { ...timbre, values },
    ceiling: 1,
  };
}

function scaled(values: Float32Array, gain: number): Float32Array {
  return values.map((value) => value * gain);
}
