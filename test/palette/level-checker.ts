/** Judges the levels of a kit by its files and KIT.csv alone, with the bench's own loudness. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { readWav } from './kit-checker.ts';

const bench = new URL('../../bench/sound/', import.meta.url).href;
const { loudnessOf } = await import(`${bench}loudness.mjs`);
const { truePeakDb } = await import(`${bench}true-peak.mjs`);

export interface KitRow extends Record<string, string> {}

/** The rows of a kit's table, those that were left out too. */
export function rowsOf(folder: string): KitRow[] {
  return parse(readFileSync(join(folder, 'KIT.csv')), { columns: true });
}

export interface JudgedSample {
  readonly family: string;
  readonly lufs: number;
  readonly truePeakDb: number;
  readonly row: KitRow;
}

/** What each file of a kit measures, a loop going round. */
export function judged(folder: string): JudgedSample[] {
  return rowsOf(folder)
    .filter(({ file }) => file !== '')
    .map((row) => {
      const { channels, sampleRate } = readWav(readFileSync(join(folder, row.file)));
      const loops = row.loop === 'true';
      return {
        family: row.family,
        lufs: loudnessOf(channels, sampleRate, loops),
        truePeakDb: truePeakDb(channels, loops),
        row,
      };
    });
}

/** Between the softest and the loudest, LU. */
export function spread(samples: readonly JudgedSample[]): number {
  const levels = samples.map(({ lufs }) => lufs);
  return Math.max(...levels) - Math.min(...levels);
}
