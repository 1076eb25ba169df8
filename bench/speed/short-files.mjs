/** A project of many short sounds, each with bytes of its own. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { wavHeader16 } from '../wav-header.mjs';

const RATE = 44100;
/** Frames of one: 50 ms, too short for anything but a hit. */
const FRAMES = 2205;
const FILES_PER_FOLDER = 1000;

/** @returns the project's folder, with so many sounds under source_audio/ */
export function shortFilesProject(scratch, count) {
  const project = join(scratch, `files-${count}`);
  const samples = new Int16Array(2 * FRAMES);
  for (let n = 0; n < FRAMES; n++) {
    const value = 8000 * Math.exp((-3 * n) / FRAMES) * Math.sin((2 * Math.PI * 220 * n) / RATE);
    samples.fill(Math.round(value), 2 * n, 2 * n + 2);
  }
  for (let file = 0; file < count; file++) {
    const folder = join(project, 'source_audio', String(Math.floor(file / FILES_PER_FOLDER)));
    if (file % FILES_PER_FOLDER === 0) mkdirSync(folder, { recursive: true });
    // The last two samples count the files.
    samples[2 * FRAMES - 2] = file & 0x7fff;
    samples[2 * FRAMES - 1] = file >> 15;
    writeFileSync(
      join(folder, `sound ${file}.wav`),
      Buffer.concat([wavHeader16(FRAMES, 2, RATE), Buffer.from(samples.buffer)]),
    );
  }
  return project;
}
