/**
 * How an export sounds, in figures, each with its target (SOUND.md) and a verdict.
 *
 *   npm run build
 *   npm run bench:sound -- [EXPORT_DIR [PROJECT_DIR]] [--json]
 *
 * PROJECT_DIR is the folder that the manifest's source paths start from; without it, what needs the sources
 * (stereo, crossfades) is left out. Without EXPORT_DIR only the known signals are measured. Ends with 1 where
 * a figure misses its target.
 */
import { exportLines } from './sound/export-lines.mjs';
import { knownLines } from './sound/known-lines.mjs';
import { printTable } from './sound/verdicts.mjs';

const [exportFolder, projectFolder] = process.argv.slice(2).filter((word) => !word.startsWith('--'));

const lines = [
  ...(exportFolder ? await exportLines(exportFolder, projectFolder) : []),
  ...(await knownLines()),
];
if (process.argv.includes('--json')) console.log(JSON.stringify(lines, null, 2));
else printTable(lines);
if (lines.some(({ verdict }) => verdict === 'MISS')) process.exitCode = 1;
