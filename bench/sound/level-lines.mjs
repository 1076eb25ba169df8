/** Levels of an export: DC, true peak and loudness, by kind. */
import { loudnessOf } from './loudness.mjs';
import { largest, percentile } from './statistics.mjs';
import { truePeakDb } from './true-peak.mjs';
import { line } from './verdicts.mjs';

/** DC of what is written, dBFS: a thousandth of full scale. */
const MOST_DC_DB = -60;

export function measure(texture, sound) {
  const { channels } = sound;
  return {
    loops: texture.loops,
    dc: largest(channels.map((channel) => Math.abs(channel.reduce((sum, x) => sum + x, 0) / channel.length))),
    truePeak: truePeakDb(channels, texture.loops),
    lufs: loudnessOf(channels, sound.sampleRate, texture.loops),
    toldLufs: texture.row.lufs === undefined ? Number.NaN : Number(texture.row.lufs),
    toldTruePeak: Number(texture.row.true_peak_dbtp),
    finite: channels.every((channel) => channel.every(Number.isFinite)),
  };
}

/** What plays once meets one true peak, unless loudness is asked of everything; so closely, dB. */
const MOST_SPREAD_DB = 0.1;
/** Rounding of the manifest and the two ways to oversample, dB. */
const TOLERANCE_DB = 0.05;

/** The ceiling of a kind, dBTP. */
export function ceilingOf(kind, settings) {
  if (kind === 'cloud') return settings.clouds.target_peak_dbfs;
  if (kind === 'silence') return settings.room_tone.target_peak_dbfs;
  return settings.global.target_peak_dbfs;
}

export function lines(kind, measured, project) {
  const ceiling = project ? ceilingOf(kind, project.settings) : 0;
  const told = measured.filter(({ lufs, toldLufs }) => Number.isFinite(lufs) && Number.isFinite(toldLufs));
  const count = measured.length;
  const peaks = measured.map(({ truePeak }) => truePeak);
  const loudnesses = measured.map(({ lufs }) => lufs).filter(Number.isFinite);
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
    line(kind, 'largest true peak', largest(peaks), { unit: 'dBTP', count, atMost: ceiling + TOLERANCE_DB }),
    line(
      kind,
      'true peak, largest difference from the manifest',
      largest(measured.map(({ truePeak, toldTruePeak }) => Math.abs(truePeak - toldTruePeak))),
      { unit: 'dB', count, atMost: 0.1 },
    ),
    line(
      kind,
      'loudness, largest difference from the manifest',
      told.length > 0 ? largest(told.map(({ lufs, toldLufs }) => Math.abs(lufs - toldLufs))) : 0,
      { unit: 'LU', count: told.length, atMost: 0.2 },
    ),
    ...oneShotLines(kind, measured, project),
    ...loudnessModeLines(kind, measured, ceiling, project),
    line(kind, 'loudness, 5th percentile', percentile(loudnesses, 0.05), { unit: 'LUFS', count }),
    line(kind, 'loudness, 95th percentile', percentile(loudnesses, 0.95), { unit: 'LUFS', count }),
  ];
}

/** One-shots stand at one peak. */
function oneShotLines(kind, measured, project) {
  const peaks = measured.filter(({ loops }) => !loops).map(({ truePeak }) => truePeak);
  if (peaks.length === 0 || project?.settings.global.normalization === 'loudness') return [];
  return [
    line(kind, 'true peak: spread of what plays once', Math.max(...peaks) - Math.min(...peaks), {
      unit: 'dB',
      count: peaks.length,
      atMost: MOST_SPREAD_DB,
    }),
  ];
}

/** Where loudness was asked for: each file has it, or stands at its ceiling. */
function loudnessModeLines(kind, measured, ceiling, project) {
  if (project?.settings.global.normalization !== 'loudness') return [];
  const target = project.settings.global.target_lufs;
  const off = measured
    .filter(({ truePeak }) => truePeak < ceiling - 2 * TOLERANCE_DB)
    .map(({ lufs }) => Math.abs(lufs - target));
  return [
    line(
      kind,
      `loudness off ${target} LUFS, worst of those under their ceiling`,
      off.length > 0 ? largest(off) : 0,
      {
        unit: 'LU',
        count: off.length,
        atMost: 0.2,
      },
    ),
  ];
}
