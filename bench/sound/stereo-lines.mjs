/** Whether the stereo image of the source survived, by kind. */
import { readRegion } from './export-folder.mjs';
import { largest, median, percentile, share } from './statistics.mjs';
import { stereoError } from './stereo-error.mjs';
import { line, shareLine } from './verdicts.mjs';

/** SOUND.md §3. */
const MOST_ERROR = 0.05;

/** @returns {Promise<null | { error: number, doubled: boolean, channels: number }>} null where the source is mono */
export async function measure(texture, { channels, sampleRate }, projectFolder) {
  if (!projectFolder || texture.sourcePath === '' || texture.kind === 'flicker') return null;
  const region = await readRegion(projectFolder, texture, sampleRate);
  if (region.channels.length < 2 || isDoubled(region.channels)) return null;
  if (channels.length < 2) return { error: 1, doubled: true };
  const error = stereoError(channels, region.channels, sampleRate, transposition(texture));
  return { error, doubled: isDoubled(channels) };
}

/** Semitones in the variant's name: `airy_pitch+7` is 7; null where there is no one number. */
function transposition({ kind, variant }) {
  // Grains lie at many pitches: no band of a cloud stands for one band of its source.
  if (kind === 'cloud') return null;
  return Number(/pitch([+-][\d.]+)/.exec(variant)?.[1] ?? 0);
}

function isDoubled([left, right]) {
  return left.every((sample, n) => sample === right[n]);
}

export function lines(kind, measured) {
  const stereo = measured.filter(Boolean);
  if (stereo.length === 0) return [];
  const errors = stereo.map(({ error }) => Math.abs(error));
  const count = stereo.length;
  return [
    shareLine(
      kind,
      'stereo source, left = right to the bit',
      share(stereo, ({ doubled }) => doubled),
      count,
      { atMost: 0 },
    ),
    line(kind, 'stereo error, median', median(errors), { count, atMost: MOST_ERROR }),
    line(kind, 'stereo error, 90th percentile', percentile(errors, 0.9), { count, atMost: MOST_ERROR }),
    line(kind, 'stereo error, worst', largest(errors), { count }),
  ];
}
