/** What a method makes of real pads: ten seconds from the middle of each file in pad_sources. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { resampled } from '../../dist/archive/resampled.js';
import { openSource } from '../../dist/index.js';
import { RATE } from '../sound/known/signals.mjs';
import { largest, median } from '../sound/statistics.mjs';
import { colourChange, inner, levelChangeShifted, likenessOfSides, movementChange } from './measures.mjs';

const LONGEST_SEC = 10;
const pads = [];

export async function padFigures(method, task, archiveFolder) {
  if (pads.length === 0) pads.push(...(await readPads(join(archiveFolder, 'pad_sources'))));
  const levels = [];
  const sides = [];
  const colours = [];
  const movements = [];
  let [cpuSec, sourceSec] = [0, 0];
  for (const pad of pads) {
    const { sound, cpuSec: taken } = await method.run(pad, task);
    cpuSec += taken;
    sourceSec += pad.channels[0].length / RATE;
    levels.push(Math.abs(levelChangeShifted(sound.channels, pad.channels, task)));
    if (pad.channels.length === 2) {
      const after = likenessOfSides(sound.channels.map((side) => inner(side, task.factor)));
      const before = likenessOfSides(pad.channels.map((side) => inner(side)));
      sides.push(Math.abs(after - before));
    }
    if (task.semitones === 0) {
      colours.push(colourChange(inner(sound.channels[0], task.factor), inner(pad.channels[0]), RATE));
      movements.push(movementChange(sound.channels[0], pad.channels[0], task.factor));
    }
  }
  return Object.entries({
    [`${pads.length} pads: level error, median (dB)`]: median(levels),
    [`${pads.length} pads: level error, worst (dB)`]: largest(levels),
    [`${sides.length} stereo pads: L/R correlation error, median`]: median(sides),
    [`${sides.length} stereo pads: L/R correlation error, worst`]: largest(sides),
    ...(colours.length > 0 && {
      [`${pads.length} pads: third-octave spectrum, RMS change, median (dB)`]: median(colours),
      [`${pads.length} pads: short-time levels, RMS change, median (dB)`]: median(movements),
    }),
    [`${pads.length} pads: speed (× real time, one core)`]: sourceSec / cpuSec,
  }).map(([figure, value]) => ({ task: task.name, method: method.name, figure, value }));
}

async function readPads(folder) {
  const found = [];
  for (const name of readdirSync(folder).sort()) {
    const source = await openSource(join(folder, name));
    const reader = resampled(source, RATE);
    const length = Math.min(reader.frameCount, LONGEST_SEC * RATE);
    const { channels } = await reader.read((reader.frameCount - length) >> 1, length);
    await source.close();
    // Head room: a method that moves phases raises peaks, and Rubber Band turns down what would clip.
    found.push({ sampleRate: RATE, channels: channels.slice(0, 2).map((side) => side.map((x) => 0.25 * x)) });
  }
  return found;
}
