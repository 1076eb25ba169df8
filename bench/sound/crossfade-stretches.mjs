/**
 * Whether a crossfade is found out among stretches of the same loop that are as long: by its level (power of all channels)
 * and by its stereo image (correlation of the sides). A figure is found out where it lies further from the median of the
 * stretches than 95 of 100 of them do. Stretches that overlap the crossfade by more than half are left out. By chance one
 * in twenty is; of fades near half the loop, which have few stretches to lie among, more. What nobody hears finds nothing out:
 * two channels that differ by the noise of a codec have a correlation that moves by a millionth.
 */
import { median, share } from './statistics.mjs';
import { shareLine } from './verdicts.mjs';

const BLOCK_SEC = 0.01;
const FOUND_OUT = 0.95;
/**
 * Differences that nobody hears: of level, dB, and of correlation, of which 0.004 is the least that was ever told apart (K. J. Gabriel,
 * H. S. Colburn, "Interaural correlation discrimination: I. Bandwidth and level dependence", JASA 69(5), 1981).
 */
const UNHEARD = { level: 0.1, correlation: 0.004 };
/** Largest share of crossfades that are, and least of those whose image was spoilt. */
const MOST_FOUND_OUT = 0.08;
const LEAST_SPOILT = 0.5;

/** @param crossfade `{ start, length }` in the loop @returns {{ level: boolean, stereo: boolean }} */
export function foundOut(channels, sampleRate, { start, length: fade }) {
  const block = Math.round(BLOCK_SEC * sampleRate);
  const count = Math.floor(channels[0].length / block);
  const products = Array.from({ length: count }, (_, i) => blockProducts(channels, i * block, block));
  const width = Math.max(1, Math.round(fade / block));
  const here = Math.round(start / block) % count;
  const figures = Array.from({ length: count }, (_, from) => stretch(products, from, width));
  const others = figures.filter((_, i) => {
    const apart = (i - here + count) % count;
    return apart >= width / 2 && count - apart >= width / 2;
  });
  const isOut = (name) => {
    const middle = median(others.map((other) => other[name]));
    const off = Math.abs(figures[here][name] - middle);
    if (off < UNHEARD[name]) return false;
    return share(others, (other) => Math.abs(other[name] - middle) <= off + 1e-9) > FOUND_OUT;
  };
  return { level: isOut('level'), stereo: channels.length > 1 && isOut('correlation') };
}

function blockProducts([left, right], from, size) {
  const sums = { left: 0, right: 0, both: 0 };
  for (let n = from; n < from + size; n++) {
    sums.left += left[n] ** 2;
    if (!right) continue;
    sums.right += right[n] ** 2;
    sums.both += left[n] * right[n];
  }
  return sums;
}

function stretch(products, from, width) {
  let [left, right, both] = [0, 0, 0];
  for (let k = 0; k < width; k++) {
    const block = products[(from + k) % products.length];
    left += block.left;
    right += block.right;
    both += block.both;
  }
  return {
    level: 10 * Math.log10(left + right + 1e-12),
    correlation: both / Math.sqrt(left * right + 1e-20),
  };
}

/** The loop with its crossfade halfway to the middle, as a blend narrows what is wide: it must be found out. */
function narrowed([left, right], { start, length }) {
  const sides = [left.slice(), right.slice()];
  for (let k = 0; k < length; k++) {
    const n = (start + k) % left.length;
    const middle = (left[n] + right[n]) / 2;
    sides[0][n] = (left[n] + middle) / 2;
    sides[1][n] = (right[n] + middle) / 2;
  }
  return sides;
}

/** Of a loop as it is, and with its image spoilt; null where it has none. */
export function crossfadeLooks(channels, sampleRate, crossfade) {
  const isWide = channels.length > 1 && channels[0].some((x, n) => x !== channels[1][n]);
  return {
    look: foundOut(channels, sampleRate, crossfade),
    spoilt: isWide ? foundOut(narrowed(channels, crossfade), sampleRate, crossfade) : null,
  };
}

/** @param looks as {@link crossfadeLooks} gives them @param most share of crossfades that may be found out */
export function looksLines(kind, looks, most = MOST_FOUND_OUT) {
  const either = ({ level, stereo }) => level || stereo;
  const spoilt = looks.map((each) => each.spoilt).filter(Boolean);
  const told = (figure, test, wanted) =>
    shareLine(
      kind,
      figure,
      share(looks, ({ look }) => test(look)),
      looks.length,
      wanted,
    );
  return [
    told('crossfade found out among stretches as long by its level', ({ level }) => level),
    told('the same by its stereo image', ({ stereo }) => stereo),
    told('the same by either', either, { atMost: most }),
    ...(spoilt.length > 0
      ? [
          shareLine(
            kind,
            'control: the same of crossfades that are brought halfway to the middle',
            share(spoilt, either),
            spoilt.length,
            { atLeast: LEAST_SPOILT },
          ),
        ]
      : []),
  ];
}
