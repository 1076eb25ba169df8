/** How far apart the loops of one kind and source are in loudness, and how near to what the settings ask for. */

import { ceilingOf } from './level-lines.mjs';
import { loudnessOf } from './loudness.mjs';
import { largest, share } from './statistics.mjs';
import { line, shareLine } from './verdicts.mjs';

/** Within a family and source, LU. */
const MOST_SPREAD_LU = 2;
/** Of the loops of an archive. Where a moment has a hard attack its peak keeps it softer, and nothing is limited. */
const LEAST_SHARE = 0.98;

export function measure({ source, loops }, { channels, sampleRate }) {
  return { source, lufs: loops ? loudnessOf(channels, sampleRate, true) : null };
}

/** The loudness of loops with this ceiling, LUFS. */
export function wantedLufs(ceilingDb, { global }) {
  return global.target_lufs + ceilingDb - global.target_peak_dbfs;
}

export function lines(kind, measured, project) {
  const loops = measured.filter(({ lufs }) => lufs !== null && Number.isFinite(lufs));
  if (loops.length === 0 || !project || project.settings.global.normalization === 'loudness') return [];
  const sources = [...new Set(loops.map(({ source }) => source))];
  const spreads = sources.map((wanted) => {
    const ofSource = loops.filter(({ source }) => source === wanted).map(({ lufs }) => lufs);
    return Math.max(...ofSource) - Math.min(...ofSource);
  });
  const target = wantedLufs(ceilingOf(kind, project.settings), project.settings);
  const near = loops.map(({ lufs }) => Math.abs(lufs - target) <= MOST_SPREAD_LU);
  return [
    line(kind, 'loudness: spread of loops within a source, worst', largest(spreads), {
      unit: 'LU',
      count: sources.length,
      atMost: MOST_SPREAD_LU,
    }),
    shareLine(
      kind,
      `loudness: loops within ${MOST_SPREAD_LU} LU of their target`,
      share(near, Boolean),
      loops.length,
      {
        atLeast: LEAST_SHARE,
      },
    ),
  ];
}
