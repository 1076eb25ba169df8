/**
 * How smoothly the studio's map is zoomed, and how soon it is seen: CPU milliseconds of the page's main thread, by the width of the
 * screen, with 1,700 textures made for it. Prints the table of docs/PERFORMANCE.md.
 *
 *   npm run build
 *   npm run bench:studio-frames -- [EXPORT] [--widths 390,1280,2560] [--turns 3] [--docs]     an export of yours instead
 *
 * Pictures are drawn by the processor, as on a machine without a graphics card. A frame is all that the thread does from one to the next.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { studioPages } from '../scripts/pictures/studio.mjs';
import { largest, median, percentile } from './sound/statistics.mjs';
import { writeDocument } from './speed/document.mjs';
import { machine } from './speed/machine.mjs';
import { madeBy, markdown } from './speed/tables.mjs';
import { marksWhile } from './studio-frames/marked.mjs';

const COUNT = 1700;
/** Each way; wheel travel doubles the zoom in twenty of them. */
const FRAMES = 60;
const TRAVEL = 12;
/** Heights of usual screens, by the least width that has them, CSS pixels. */
const HEIGHTS = [
  [2000, 1440],
  [1000, 720],
  [0, 844],
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    widths: { type: 'string', default: '390,1280,2560' },
    turns: { type: 'string', default: '3' },
    docs: { type: 'boolean' },
  },
});
const turns = Number(values.turns);
const scratch = mkdtempSync(join(tmpdir(), 'afterglow-frames-'));
const exportFolder = positionals[0] ?? join(scratch, 'export');
const rows = [];
try {
  if (positionals.length === 0) {
    const make = fileURLToPath(new URL('studio-frames/made-export.mjs', import.meta.url));
    execFileSync(process.execPath, [make, exportFolder, String(COUNT)]);
  }
  const studio = await studioPages(exportFolder, ['--disable-gpu']);
  try {
    for (const width of values.widths.split(',').map(Number)) rows.push(await measured(studio, width));
  } finally {
    await studio.close();
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
const ways = ['in', 'out'].flatMap((way) => [`${way}: p50`, 'p95', 'most']);
const table = markdown([['width', 'first paint', 'palette shown', ...ways], ...rows]);
const text = `${table}\n\n${madeBy({ ...machine(), runs: turns })}`;
console.log(text);
if (values.docs) writeDocument([{ name: 'studio-frames', text }]);

/** @returns the cells of a row: of loads the median, of zooming all frames of all turns */
async function measured(studio, width) {
  const height = HEIGHTS.find(([from]) => width >= from)[1];
  const page = await studio.open({ viewport: { width, height }, colorScheme: 'dark' });
  await page.addInitScript(markLoading);
  const loads = [];
  const frames = { in: [], out: [] };
  for (let turn = 0; turn < turns; turn++) {
    loads.push(await loaded(page));
    const zoomed = await framesOf(page);
    for (const way of ['in', 'out']) frames[way].push(...zoomed[way]);
  }
  await page.context().close();
  const figures = ['paint', 'shown'].map((moment) => median(loads.map((load) => load[moment])));
  for (const way of ['in', 'out']) {
    figures.push(percentile(frames[way], 0.5), percentile(frames[way], 0.95), largest(frames[way]));
  }
  return [String(width), ...figures.map((ms) => ms.toFixed(1))];
}

/** What the page takes to be there, once what it shows was analysed. */
async function loaded(page) {
  const marks = await marksWhile(page, async () => {
    await page.reload();
    await page.waitForFunction(() => performance.getEntriesByName('palette shown').length > 0);
    await page.waitForTimeout(3000); // places are known, and pictures of cells drawn
  });
  const at = (name) => marks.find((mark) => mark.name === name).cpuMs;
  const begun = at('begun');
  return { paint: at('painted') - begun, shown: at('palette shown') - begun };
}

/** To be run before the page's own scripts. */
function markLoading() {
  performance.mark('begun');
  new PerformanceObserver(() => performance.mark('painted')).observe({ type: 'paint' });
}

/** Turns the wheel in every frame, nearer and back. @returns what each frame took, by the way */
async function framesOf(page) {
  const marks = await marksWhile(page, () => page.evaluate(turnWheel, { frames: FRAMES, travel: TRAVEL }));
  const frames = { in: [], out: [] };
  const own = marks.filter(({ name }) => name in frames || name === 'done');
  for (const [i, { name, cpuMs }] of own.slice(0, -1).entries()) frames[name].push(own[i + 1].cpuMs - cpuMs);
  return frames;
}

/** To be run in the page; marks where each frame begins. */
function turnWheel({ frames, travel }) {
  const map = document.getElementById('map');
  const { left, top, width, height } = map.getBoundingClientRect();
  const [clientX, clientY] = [left + 0.4 * width, top + 0.4 * height];
  return new Promise((resolve) => {
    let i = 0;
    const frame = () => {
      const isNearing = i < frames;
      performance.mark(i === 2 * frames ? 'done' : isNearing ? 'in' : 'out');
      if (i++ === 2 * frames) return resolve();
      const deltaY = isNearing ? -travel : travel;
      map.dispatchEvent(new WheelEvent('wheel', { deltaY, clientX, clientY, cancelable: true }));
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
}
