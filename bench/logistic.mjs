/**
 * Multinomial logistic regression by full-batch gradient descent (Adam; Kingma & Ba, ICLR 2015), ridge on the weights of
 * standardised figures. Rare sorts count more than their number.
 */
const RIDGE = 0.01;
const STEPS = 300;

/**
 * @param rows { figures: [name, value][], sort, weight }, the same names in all of them
 * @returns weights by figure and sort, of figures as they are, and a bias by sort
 */
export function fitLogistic(rows, figureCount, sortCount, { ridge = RIDGE, steps = STEPS } = {}) {
  const scale = standardise(rows, figureCount);
  const width = figureCount + 1;
  const inputs = rows.map(({ figures }) => [
    ...figures.map(([, value], i) => (value - scale.mean[i]) / scale.spread[i]),
    1,
  ]);
  const shares = sortWeights(rows, sortCount);
  const parameters = new Float64Array(width * sortCount);
  const [first, second] = [new Float64Array(parameters.length), new Float64Array(parameters.length)];
  for (let step = 1; step <= steps; step++) {
    const gradient = parameters.map((value, i) => (i < figureCount * sortCount ? ridge * value : 0));
    for (const [r, row] of rows.entries()) {
      addGradient(gradient, parameters, inputs[r], row, shares[r], sortCount);
    }
    for (let i = 0; i < parameters.length; i++) {
      first[i] = 0.9 * first[i] + 0.1 * gradient[i];
      second[i] = 0.999 * second[i] + 0.001 * gradient[i] ** 2;
      const [one, two] = [first[i] / (1 - 0.9 ** step), second[i] / (1 - 0.999 ** step)];
      parameters[i] -= (0.05 * one) / (Math.sqrt(two) + 1e-8);
    }
  }
  return unscaled(parameters, scale, figureCount, sortCount);
}

function addGradient(gradient, parameters, input, { sort }, share, sortCount) {
  const scores = new Float64Array(sortCount);
  for (let i = 0; i < input.length; i++) {
    for (let s = 0; s < sortCount; s++) scores[s] += input[i] * parameters[i * sortCount + s];
  }
  const most = Math.max(...scores);
  const likelihoods = scores.map((score) => Math.exp(score - most));
  const all = likelihoods.reduce((sum, value) => sum + value, 0);
  for (let i = 0; i < input.length; i++) {
    for (let s = 0; s < sortCount; s++) {
      gradient[i * sortCount + s] += share * input[i] * (likelihoods[s] / all - (s === sort ? 1 : 0));
    }
  }
}

function standardise(rows, figureCount) {
  const weight = rows.reduce((sum, row) => sum + row.weight, 0);
  const average = (of) => rows.reduce((sum, row) => sum + row.weight * of(row), 0) / weight;
  const mean = Array.from({ length: figureCount }, (_, i) => average((row) => row.figures[i][1]));
  const spread = mean.map((m, i) => Math.sqrt(average((row) => (row.figures[i][1] - m) ** 2)) + 1e-6);
  return { mean, spread };
}

/** Weights of the rows, of unit sum: rare sorts count more than their number, by its square root. */
function sortWeights(rows, sortCount) {
  const sums = new Float64Array(sortCount);
  for (const { sort, weight } of rows) sums[sort] += weight;
  const raw = rows.map(({ sort, weight }) => weight / Math.sqrt(sums[sort]));
  const all = raw.reduce((sum, value) => sum + value, 0);
  return raw.map((value) => value / all);
}

/** The weights of figures as they are, rather than standardised. */
function unscaled(parameters, { mean, spread }, figureCount, sortCount) {
  const at = (i, s) => parameters[i * sortCount + s];
  const weights = mean.map((_, i) => Array.from({ length: sortCount }, (_, s) => at(i, s) / spread[i]));
  const bias = Array.from({ length: sortCount }, (_, s) =>
    weights.reduce((sum, row, i) => sum - row[s] * mean[i], at(figureCount, s)),
  );
  return { weights, bias };
}
