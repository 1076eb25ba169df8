/*
 * What kinds of source sound like, fitted by `npm run bench:kinds -- TREE --fit` (bench/kinds/fit.mjs) to half of the packs
 * of known kind that bench/kinds/truth.mjs names. How well it recognises the other half stands in docs/ANALYSIS.md.
 */
import type { KindFigure } from './kind-figures.ts';

/** What each figure says for each of SOURCE_KINDS: logarithms of odds for every unit of it. */
// biome-ignore format: a row a figure, a column a kind
export const KIND_WEIGHTS: Readonly<Record<KindFigure | 'bias', readonly number[]>> = {
  bias: [1.73, 2, -2.7, -3.88, 4.35, -0.846],
  length: [0.174, 0.0334, 0.0782, -0.196, 0.00178, -0.0919],
  'sounding length': [0.135, 0.021, 0.086, -0.185, 0.0128, -0.0704],
  'longer than 2 s': [0.37, 0.145, -0.0387, -0.0846, -0.154, -0.238],
  'longer than 15 s': [0.81, -0.133, -0.218, -0.0123, -0.271, -0.176],
  'longer than 60 s': [1.07, 0.187, -0.487, -0.0066, -0.403, -0.364],
  'attacks a second': [0.0632, -0.156, 0.142, -0.0405, -0.00484, -0.00386],
  'many attacks': [0.292, -0.24, 0.126, -0.244, -0.043, 0.108],
  'firm attacks': [-0.00417, 0.0275, 0.241, 0.0996, -0.181, -0.183],
  'force of attacks': [-0.0213, -0.103, 0.284, 0.283, -0.253, -0.19],
  'one attack': [-0.0706, 0.606, -0.307, 1.05, -0.631, -0.652],
  'sharpness of attacks': [0.0278, -0.104, 0.0492, 0.0928, 0.0145, -0.0798],
  'time to the peak': [0.0298, -0.0283, -0.0155, -0.235, 0.164, 0.085],
  'time to -20 dB': [0.0561, 0.145, 0.0866, -0.304, -0.119, 0.135],
  'steady fall': [-0.0298, 0.23, -1.2, 1.13, -0.442, 0.315],
  'sounding share': [-2.1, -2.66, -0.304, 1.82, -0.0925, 3.34],
  'level spread': [-0.0341, -0.0478, 0.00183, 0.0716, -0.00999, 0.0184],
  'level range': [-0.0132, -0.0282, 0.0141, 0.0227, -0.0112, 0.0159],
  pauses: [-1.15, -1.41, 1.28, 1.49, 0.76, -0.974],
  'pauses a second': [-0.392, -0.222, 0.3, 0.15, 0.274, -0.11],
  flatness: [-0.643, -2.4, 1.3, 0.335, 3.56, -2.15],
  'flatness spread': [-7, -19.6, 5.09, 2.22, 15.8, 3.43],
  centroid: [-0.0501, -0.235, 0.435, 0.124, -0.0627, -0.212],
  'centroid spread': [0.0247, 0.0386, 0.579, 0.262, -1.41, 0.504],
  'low share': [-0.0653, -0.889, 1.3, 0.221, 0.656, -1.22],
  'voice share': [0.333, 0.704, -1.49, -1.19, 0.885, 0.76],
  'high share': [-0.159, -0.986, 0.763, 2.05, -0.748, -0.92],
  'colour change': [-0.00247, -0.0422, 0.049, 0.0208, -0.0745, 0.0494],
  syllables: [-0.068, -0.0975, 0.096, -0.00389, -0.088, 0.161],
  'slow changes': [0.044, 0.053, -0.112, -0.0371, -0.126, 0.178],
  'struck share': [-0.765, -1.04, 1.65, 0.641, -1.57, 1.08],
  beat: [0.565, -0.365, 1.58, -1.25, -0.316, -0.219],
  key: [0.839, 1.86, 0.0528, -0.58, -1.76, -0.409],
  root: [-0.296, 0.66, 0.387, 0.284, -0.946, -0.089],
  'pitch peak': [0.314, 3, -0.156, 2.08, -3.74, -1.51],
  'pitch steadiness': [-2.14, 2.54, -0.369, 0.253, 2.67, -2.96],
  stillness: [0.0199, 1.54, -0.796, -0.439, 1.22, -1.55],
};
