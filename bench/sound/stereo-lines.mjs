/** Whether the stereo image of the source survived, by kind. */
import { findCrossfade } from './crossfade-place.mjs';
import { largest, median, percentile, share } from './statistics.mjs';
import { stereoError } from './stereo-error.mjs';
import { line, shareLine } from './verdicts.mjs';

/** Of the correlation between the sides, texture against source; "Stereo error" in docs/SOUND-QUALITY.md. */
const MOST_ERROR = 0.05;
/** A crossfade takes at most half of the loop from before it; with some room, as part of the loop. */
const LEAD_IN = 0.55;

/** @returns {Promise<null | { error: number, doubled: boolean, channels: number }>} null where the source is mono */
export async function measure(texture, { channels, sampleRate }, project) {
  if (!project?.readRegion || texture.sourcePath === '' || texture.kind === 'flicker') return null;
  const lead = texture.kind === 'mined pad' ? (LEAD_IN * channels[0].length) / sampleRate : 0;
  const region = await project.readRegion(texture, sampleRate, lead);
  if (region.channels.length < 2 || isDoubled(region.channels)) return null;
  if (channels.length < 2) return { error: 1, doubled: true };
  const error = stereoError(
    channels,
    partsHeard(texture, channels, region, sampleRate),
    sampleRate,
    transposition(texture),
  );
  return { error, doubled: isDoubled(channels) };
}

/**
 * What of the source is heard in a texture. In a mined pad that is the stretch up to its crossfade, the rest of
 * it fading out, and what stood before it fading in, which may lie elsewhere between left and right.
 */
function partsHeard(texture, channels, region, sampleRate) {
  const { before, after } = region;
  const stretch = region.channels.map((channel) => channel.subarray(before, channel.length - after));
  if (texture.kind !== 'mined pad') return [stretch];
  const fade = findCrossfade(channels, region, sampleRate)?.length ?? 0;
  if (fade === 0 || fade > before) return [stretch];
  const cut = stretch[0].length - fade;
  return [
    stretch.map((channel) => channel.subarray(0, cut)),
    stretch.map((channel) => faded(channel.subarray(cut), (t) => 1 - t)),
    region.channels.map((channel) => faded(channel.subarray(before - fade, before), (t) => t)),
  ];
}

/** A side of a crossfade by its share in the power, f²/(f² + (1-f)²) with a raised cosine f. */
function faded(samples, direction) {
  return samples.map((x, n) => {
    const f = 0.5 - 0.5 * Math.cos(Math.PI * direction((n + 0.5) / samples.length));
    return (x * f) / Math.sqrt(f * f + (1 - f) * (1 - f));
  });
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
