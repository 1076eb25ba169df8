/** Dust of a chord and noise: between both as a texture. The control is the same struck four times a second, which neither is. */
import { layDust } from '../../../dist/families/dust/mix.js';
import { distanceFromLayers, MOST_FROM_LAYERS } from '../likeness-lines.mjs';
import { line } from '../verdicts.mjs';
import { chord, RATE, whiteNoise } from './signals.mjs';

const LEVEL_DB = -18;
const FIGURE = 'distance from pad and bed, over theirs from each other';

export function dustLines() {
  const [pad, bed] = [chord([45, 52, 60], 4 * RATE), whiteNoise(3 * RATE, 0.1, 'bed')];
  const [above, below] = [pad, bed].map((samples) => ({ sampleRate: RATE, channels: [samples] }));
  const [dust] = layDust(above, below, LEVEL_DB).channels;
  const struck = dust.map((x, n) => x * (n % 11_025 < 2205 ? 4 : 1));
  const distance = (texture) => distanceFromLayers(texture, [pad, bed], RATE);
  return [
    line('dust of a chord', FIGURE, distance(dust), { atMost: MOST_FROM_LAYERS }),
    line('control: dust that is struck', FIGURE, distance(struck), { atLeast: MOST_FROM_LAYERS }),
  ];
}
