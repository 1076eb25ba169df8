/**
 * The slow gain by which the engine evens out a channel of a pad: in dB a constant and one to four whole cycles round the loop. It is
 * found again from blocks of the pad against the same blocks of the source, by least squares.
 */
const CYCLES = 4;
const BLOCK_SEC = 0.005;
/** A block of less than this share of the mean energy tells no gain. */
const LEAST_SHARE = 1e-4;

/**
 * @param pad a channel, @param region the same stretch of source
 * @param from, to frames between which the two are the same but for the gain
 * @returns {(frame: number) => number} the gain at any frame, a factor
 */
export function slowGain(pad, region, from, to, sampleRate) {
  const { length } = pad;
  const block = Math.round(BLOCK_SEC * sampleRate);
  const rows = [];
  for (let start = from; start + block <= to; start += block) {
    let [product, square] = [0, 0];
    for (let n = start; n < start + block; n++) {
      product += pad[n] * region[n];
      square += region[n] ** 2;
    }
    rows.push({ terms: termsAt((start + block / 2) / length), product, square });
  }
  const least = (LEAST_SHARE * rows.reduce((sum, { square }) => sum + square, 0)) / rows.length;
  const told = rows.filter(({ product, square }) => square > least && product > 0);
  const weights = solve(
    told.map(({ terms, product, square }) => ({ terms, value: Math.log(product / square) })),
  );
  // Asked of every frame of a pad: into one array, and by a loop, in a fifth of the time.
  const terms = new Float64Array(2 * CYCLES + 1);
  return (frame) => {
    termsAt(frame / length, terms);
    let sum = 0;
    for (let i = 0; i < terms.length; i++) sum += terms[i] * weights[i];
    return Math.exp(sum);
  };
}

/** Of the first cycle by itself, of those above it by turning on. */
function termsAt(place, terms = new Float64Array(2 * CYCLES + 1)) {
  const cos = Math.cos(2 * Math.PI * place);
  const sin = Math.sin(2 * Math.PI * place);
  terms[0] = 1;
  let re = cos;
  let im = sin;
  for (let k = 1; k <= CYCLES; k++) {
    terms[2 * k - 1] = re;
    terms[2 * k] = im;
    const next = re * cos - im * sin;
    im = re * sin + im * cos;
    re = next;
  }
  return terms;
}

/** Least squares by normal equations and elimination. */
function solve(rows) {
  const count = 2 * CYCLES + 1;
  const table = Array.from({ length: count }, (_, i) => {
    const line = Array.from({ length: count + 1 }, () => 0);
    for (const { terms, value } of rows) {
      for (let k = 0; k < count; k++) line[k] += terms[i] * terms[k];
      line[count] += terms[i] * value;
    }
    return line;
  });
  for (let i = 0; i < count; i++) {
    const pivot = table
      .slice(i)
      .reduce((best, line) => (Math.abs(line[i]) > Math.abs(best[i]) ? line : best));
    table.splice(table.indexOf(pivot), 1);
    table.splice(i, 0, pivot);
    if (pivot[i] === 0) continue;
    for (const line of table) {
      if (line === pivot) continue;
      const factor = line[i] / pivot[i];
      for (let k = i; k <= count; k++) line[k] -= factor * pivot[k];
    }
  }
  return table.map((line, i) => (line[i] === 0 ? 0 : line[count] / line[i]));
}
