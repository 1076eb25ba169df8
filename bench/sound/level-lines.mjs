/** Levels of an export: DC, true peak and loudness, by kind. */
import { loudness } from '../../dist/dsp/loudness.js';
import { largest, percentile } from './statistics.mjs';
import { truePeakDb } from './true-peak.mjs';
import { line } from './verdicts.mjs';

/** SOUND.md: DC under -60 dBFS in what is written. */
const MOST_DC_DB = -60;
/** Textures of one kind meet either one true peak or one loudness; so closely, dB. */
const MOST_SPREAD_DB = 0.1;

export function measure(texture, sound) {
  const { channels } = sound;
  return {
    dc: largest(channels.map((channel) => Math.abs(channel.reduce((sum, x) => sum + x, 0) / channel.length))),
    truePeak: truePeakDb(channels, texture.loops),
    lufs: loudness(sound, texture.loops),
    toldTruePeak: Number(texture.row.true_peak_dbtp),
    finite: channels.every((channel) => channel.every(Number.isFinite)),
  };
}

export function lines(kind, measured) {
  const count = measured.length;
  const peaks = measured.map(({ truePeak }) => truePeak);
  const loudnesses = measured.map(({ lufs }) => lufs).filter(Number.isFinite);
  const peakSpread = largest(peaks) + largest(peaks.map((peak) => -peak));
  const loudnessSpread = percentile(loudnesses, 1) - percentile(loudnesses, 0);
  return [
    line(kind, 'files with a sample that is no number', measured.filter(({ finite }) => !finite).length, {
      count,
      atMost: 0,
    }),
    line(kind, 'largest DC', 20 * Math.log10(largest(measured.map(({ dc }) => dc)) + 1e-10), {
      unit: 'dBFS',
      count,
      atMost: MOST_DC_DB,
    }),
    line(kind, 'largest true peak', largest(peaks), { unit: 'dBTP', count, atMost: 0 }),
    line(
      kind,
      'spread of true peak or of loudness, whichever is kept to',
      Math.min(peakSpread, loudnessSpread),
      {
        unit: 'dB',
        count,
        atMost: MOST_SPREAD_DB,
      },
    ),
    line(
      kind,
      'true peak, largest difference from the manifest',
      largest(measured.map(({ truePeak, toldTruePeak }) => Math.abs(truePeak - toldTruePeak))),
      { unit: 'dB', count, atMost: 0.1 },
    ),
    line(kind, 'loudness, 5th percentile', percentile(loudnesses, 0.05), { unit: 'LUFS', count }),
    line(kind, 'loudness, 95th percentile', percentile(loudnesses, 0.95), { unit: 'LUFS', count }),
  ];
}
