/**
 * Whether a synthesised ring says the same thing twice: every 300 ms piece of it (longer than any grain) is
 * held against every other place of the ring by normalised correlation. 1 is the same samples again. A sound
 * of one or two pure tones is like itself everywhere, so the level says something only where the bandwidth is
 * more than that; the figure of the source itself, measured alike, tells.
 */
import { likenessIn } from './likeness.mjs';
import { largest, median } from './statistics.mjs';
import { line } from './verdicts.mjs';

const PIECE_SEC = 0.3;
const PIECES = 12;
const RINGS = new Set(['cloud', 'hiss loop', 'drone', 'bed']);
/** A bed is held against all of its source: as much of it as this is measured on either side of what is played, s. */
const AROUND_SEC = { bed: 600 };

export async function measure(texture, { channels, sampleRate }, project) {
  if (!RINGS.has(texture.kind)) return null;
  const own = repetition(channels[0], sampleRate, true);
  if (!project?.readRegion || texture.sourcePath === '') return { own, source: 0 };
  const region = await project.readRegion(texture, sampleRate, AROUND_SEC[texture.kind]);
  return { own, source: repetition(region.channels[0], sampleRate, false) };
}

/** The largest likeness of any of twelve pieces to a place that it does not overlap. */
export function repetition(sound, sampleRate, circular) {
  const length = Math.min(Math.round(PIECE_SEC * sampleRate), sound.length >> 2);
  if (length < 64) return 0;
  const likenessOf = likenessIn(sound, length, circular);
  let most = 0;
  for (let p = 0; p < PIECES; p++) {
    const start = Math.floor((p * (sound.length - length)) / PIECES);
    const likeness = likenessOf(sound.subarray(start, start + length));
    for (let at = 0; at < likeness.length; at++) {
      const apart = Math.abs(at - start);
      const isElsewhere = Math.min(apart, circular ? sound.length - apart : apart) >= length;
      if (isElsewhere && likeness[at] > most) most = likeness[at];
    }
  }
  return most;
}

export function lines(kind, measured) {
  const known = measured.filter(Boolean);
  if (known.length === 0) return [];
  const count = known.length;
  return [
    line(kind, 'likeness of a 300 ms piece to another place, median', median(known.map(({ own }) => own)), {
      count,
    }),
    line(kind, 'the same within the source, median', median(known.map(({ source }) => source)), { count }),
    line(
      kind,
      'rings that repeat 300 ms verbatim (likeness over 0.95, source under 0.9)',
      known.filter(({ own, source }) => own > 0.95 && source < 0.9).length,
      { count, atMost: 0 },
    ),
    line(
      kind,
      'largest likeness where the source’s is under 0.9',
      largest(known.filter(({ source }) => source < 0.9).map(({ own }) => own)),
      { count },
    ),
  ];
}
