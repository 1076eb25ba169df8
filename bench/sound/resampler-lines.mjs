/**
 * How the wraps of an export's loops bear the resamplers of other programs, which take silence to lie round a file: the
 * step at the wrap over the 99.9th percentile of the loop's own steps, above 1 a click.
 */
import { join } from 'node:path';
import { byBrowser, bySox, hasBrowser, hasSox } from './other-resamplers.mjs';
import { largest, percentile, share } from './statistics.mjs';
import { shareLine } from './verdicts.mjs';

const MOST_CLICKS = 0.1;

export async function measure(texture, { channels, sampleRate }, project) {
  if (!texture.loops || !project?.exportFolder) return null;
  const path = join(project.exportFolder, texture.path);
  return {
    own: wrapStep(channels),
    sox: hasSox ? wrapStep(bySox({ channels, sampleRate })) : null,
    browser: hasBrowser ? await byBrowser(path) : null,
    control: hasSox ? wrapStep(bySox({ channels: begunAtItsLoudest(channels), sampleRate })) : null,
  };
}

/** The step at the wrap over the 99.9th percentile of a channel's own steps, of the worst channel. */
export function wrapStep(channels) {
  return largest(
    channels.map((channel) => {
      const steps = channel.slice(1).map((x, n) => Math.abs(x - channel[n]));
      return Math.abs(channel[0] - channel.at(-1)) / percentile(steps, 0.999);
    }),
  );
}

/** Where a cut does much harm: at the largest sample. */
export function begunAtItsLoudest(channels) {
  const [first] = channels;
  let loudest = 0;
  for (let n = 0; n < first.length; n++) if (Math.abs(first[n]) > Math.abs(first[loudest])) loudest = n;
  return channels.map((channel) => {
    const turned = new Float32Array(channel.length);
    turned.set(channel.subarray(loudest));
    turned.set(channel.subarray(0, loudest), channel.length - loudest);
    return turned;
  });
}

const FIGURES = [
  ['own', 'wraps that step, as exported', { atMost: 0 }],
  ['sox', 'wraps that step after sox -r 48000', { atMost: MOST_CLICKS }],
  ['browser', 'wraps that step in a browser at 48 kHz', { atMost: MOST_CLICKS }],
  ['control', 'wraps that step after sox, were the loops begun at their loudest', {}],
];

export function lines(kind, measured) {
  const loops = measured.filter(Boolean);
  return FIGURES.flatMap(([key, figure, limits]) => {
    const known = loops.filter((loop) => loop[key] !== null);
    if (known.length === 0) return [];
    return [
      shareLine(
        kind,
        figure,
        share(known, (loop) => loop[key] > 1),
        known.length,
        limits,
      ),
    ];
  });
}
