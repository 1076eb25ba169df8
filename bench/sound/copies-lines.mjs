/**
 * Textures of one kind that are the same again: by the time they share in the source, by their colour, and by
 * their samples.
 */
import { likenessAlong } from './likeness.mjs';
import { colour, logMel, melDistance } from './log-mel.mjs';
import { repetition } from './repetition-lines.mjs';
import { largest } from './statistics.mjs';
import { line } from './verdicts.mjs';

/** No two kept pads of one length share more than half their time: more is the same moment twice. */
const MOST_SHARED = 0.5;
/** Lengths that differ by less than this count as one length: pads may be 10 % off either way. */
const LIKE_LENGTH = 1.25;
/** Mean colours closer than this are near copies, dB a band. */
const NEAR_COLOUR_DB = 0.75;
/** Samples that correlate more than this are the same moment. */
const SAME_SAMPLES = 0.9;
/**
 * A source of one or two pure tones is like itself everywhere, and any two rings made of it are: as in repetition-lines, those
 * whose source has a piece as like another place are not held to this.
 */
const SOURCE_ALIKE = 0.9;
const RINGS = new Set(['cloud']);
/** As much of a texture as is searched for in another, s. */
const PIECE_SEC = 0.25;
/** Different textures of one source by design; variants of one loop are not. */
const KINDS = new Set(['mined pad', 'cloud', 'hiss loop', 'flicker', 'drum', 'silence']);

export async function measure(texture, { channels, sampleRate }, project) {
  if (!KINDS.has(texture.kind)) return null;
  const mono = channels[0];
  const region =
    RINGS.has(texture.kind) && project?.readRegion && (await project.readRegion(texture, sampleRate));
  // The loudest piece: what a copy could not hide.
  const length = Math.min(mono.length, Math.round(PIECE_SEC * sampleRate));
  const middle = (mono.length - length) >> 1;
  return {
    texture,
    mono,
    lengthSec: mono.length / sampleRate,
    piece: mono.subarray(middle, middle + length),
    ownLikeness: region ? repetition(region.channels[0], sampleRate, false) : 0,
    colour: mono.length > 4 * 2048 ? colour(logMel(mono, sampleRate)) : null,
  };
}

export function lines(kind, measured) {
  const all = pairsOfOneSource(measured.filter(Boolean));
  const pairs = all.filter(([a, b]) => Math.max(a.ownLikeness, b.ownLikeness) < SOURCE_ALIKE);
  if (pairs.length === 0) return [];
  const count = pairs.length;
  const longest = kind === 'mined pad' || kind === 'flicker' ? pairs.filter(ofLikeLength) : [];
  const likenesses = pairs.map(sampleLikeness);
  const colours = pairs
    .filter(([a, b]) => a.colour && b.colour)
    .map(([a, b]) => melDistance(a.colour, b.colour));
  const result = [
    line(
      kind,
      'pairs with the same samples (correlation of 250 ms over 0.9)',
      likenesses.filter((r) => r > SAME_SAMPLES).length,
      { count, atMost: 0 },
    ),
    line(kind, 'largest correlation of a pair', largest(likenesses), { count }),
  ];
  if (longest.length > 0) {
    const shared = longest.map(sharedTime);
    result.push(
      line(
        kind,
        'pairs of one length that share more than half their time',
        shared.filter((s) => s > MOST_SHARED).length,
        { count: longest.length, atMost: 0 },
      ),
      line(kind, 'largest shared time of such a pair', 100 * largest(shared), {
        unit: '%',
        count: longest.length,
      }),
    );
  }
  if (kind === 'mined pad' && colours.length > 0) {
    result.push(
      line(
        kind,
        'pairs of nearly one colour (under 0.75 dB a band)',
        colours.filter((d) => d < NEAR_COLOUR_DB).length,
        { count, atMost: 0 },
      ),
      line(kind, 'least difference of colour in a pair', Math.min(...colours), { unit: 'dB', count }),
    );
  }
  return result;
}

function pairsOfOneSource(measured) {
  return measured.flatMap((a, i) =>
    measured
      .slice(i + 1)
      .filter((b) => b.texture.source === a.texture.source)
      .map((b) => [a, b]),
  );
}

function ofLikeLength([a, b]) {
  return Math.max(a.lengthSec, b.lengthSec) < LIKE_LENGTH * Math.min(a.lengthSec, b.lengthSec);
}

/** Time in common as a share of the shorter. */
function sharedTime([{ texture: a }, { texture: b }]) {
  const shared = Math.min(a.endSec, b.endSec) - Math.max(a.startSec, b.startSec);
  return Math.max(0, shared) / Math.min(a.endSec - a.startSec, b.endSec - b.startSec);
}

function sampleLikeness([a, b]) {
  const [long, short] = a.mono.length >= b.mono.length ? [a, b] : [b, a];
  return largest(likenessAlong(long.mono, short.piece, long.texture.loops));
}
