/**
 * The picture of CURATION.md: the textures of one family as curate hears them, and which it takes.
 *
 *   npm run build
 *   node scripts/curation-picture.mjs EXPORT_FOLDER FAMILY
 *
 * The two axes are those along which the embeddings differ most (principal components). Writes
 * docs/pictures/curation.svg.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { EMBEDDING_SIZE, embedSound, openPalette, readTexture } from '../dist/index.js';

const [exportFolder, family] = process.argv.slice(2);
const afterglow = fileURLToPath(new URL('../bin/afterglow.js', import.meta.url));
const words = [
  'curate',
  '--export',
  exportFolder,
  '--family',
  family,
  '--dry-run',
  '--explain',
  '--json',
  '--quiet',
];
const told = JSON.parse(
  execFileSync(process.execPath, [afterglow, ...words], { encoding: 'utf8', maxBuffer: 1e8 }),
);
const [{ chosen, passed_over: passedOver }] = told.families;
const ranks = new Map(chosen.map(({ path, rank }) => [path, rank]));
const copies = new Set(passedOver.filter(({ why }) => why === 'near-copy').map(({ path }) => path));

const { textures } = await openPalette(exportFolder);
const points = [];
for (const texture of textures.filter((each) => each.family === family)) {
  points.push({ path: texture.path, place: embedSound(await readTexture(texture), texture.isLoop) });
}
const axes = principalAxes(points.map(({ place }) => place));
writeFileSync(new URL('../docs/pictures/curation.svg', import.meta.url), picture());

/** Two directions of most variance, by power iteration. */
function principalAxes(rows) {
  const mean = new Float64Array(EMBEDDING_SIZE);
  for (const row of rows) addTo(mean, row, 1 / rows.length);
  const centred = rows.map((row) => Array.from(row, (value, k) => value - mean[k]));
  const found = [];
  for (let axis = 0; axis < 2; axis++) {
    let direction = Array.from({ length: EMBEDDING_SIZE }, (_, k) => 1 / (1 + k));
    for (let turn = 0; turn < 200; turn++) {
      const next = new Array(EMBEDDING_SIZE).fill(0);
      for (const row of centred) {
        addTo(next, row, dot(row, direction));
      }
      for (const other of found) {
        addTo(next, other, -dot(next, other));
      }
      const size = Math.sqrt(dot(next, next));
      direction = next.map((value) => value / size);
    }
    found.push(direction);
  }
  return found;
}

function addTo(sums, values, gain) {
  for (let k = 0; k < sums.length; k++) sums[k] += gain * values[k];
}

function dot(a, b) {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}

function picture() {
  const [width, height, margin] = [720, 420, 30];
  const placed = points.map(({ path, place }) => ({ path, at: axes.map((axis) => dot(place, axis)) }));
  const scale = [0, 1].map((k) => {
    const values = placed.map(({ at }) => at[k]);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    const room = (k === 0 ? width : height) - 2 * margin;
    return (value) => (margin + (room * (value - least)) / (most - least)).toFixed(1);
  });
  const drops = placed
    .sort((a, b) => (ranks.has(a.path) ? 1 : 0) - (ranks.has(b.path) ? 1 : 0))
    .map(({ path, at }) => {
      const [x, y] = [scale[0](at[0]), scale[1](at[1])];
      const rank = ranks.get(path);
      if (rank !== undefined) {
        return `<circle cx="${x}" cy="${y}" r="11" fill="#e0a04a"/><text x="${x}" y="${Number(y) + 4}" fill="#161310">${rank}</text>`;
      }
      const hollow = copies.has(path);
      return `<circle cx="${x}" cy="${y}" r="5" fill="${hollow ? 'none' : '#8a8378'}" stroke="#8a8378"/>`;
    });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="11" text-anchor="middle"><rect width="100%" height="100%" fill="#161310"/>${drops.join('')}</svg>\n`;
}
