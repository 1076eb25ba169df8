/** What plays once: begins and ends in silence; flickers keep to their lengths. */
import { largest } from './statistics.mjs';
import { line } from './verdicts.mjs';

/** An end below this against the peak cannot click, dB. */
const MOST_END_DB = -60;
const FLICKER_MS = [50, 300];

export function measure(texture, { channels, sampleRate }) {
  if (texture.loops) return null;
  const peak = largest(channels.map((channel) => largest(channel.map(Math.abs))));
  const ends = largest(channels.map((channel) => Math.max(Math.abs(channel[0]), Math.abs(channel.at(-1)))));
  return { endDb: 20 * Math.log10(ends / peak + 1e-9), lengthMs: (1000 * channels[0].length) / sampleRate };
}

export function lines(kind, measured) {
  const known = measured.filter(Boolean);
  if (known.length === 0) return [];
  const count = known.length;
  const result = [
    line(kind, 'largest first or last sample against the peak', largest(known.map(({ endDb }) => endDb)), {
      unit: 'dB',
      count,
      atMost: MOST_END_DB,
    }),
  ];
  if (kind === 'flicker') {
    const outside = known.filter(
      ({ lengthMs }) => lengthMs < FLICKER_MS[0] - 1 || lengthMs > FLICKER_MS[1] + 1,
    );
    result.push(line(kind, 'lengths outside 50 to 300 ms', outside.length, { count, atMost: 0 }));
  }
  return result;
}
