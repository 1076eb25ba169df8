/**
 * How an export sounds, in figures, each with its target (docs/SOUND-QUALITY.md, "What the bench measures") and a verdict.
 *
 *   npm run build
 *   npm run bench:sound -- [EXPORT_DIR [PROJECT_DIR]] [--run=FILE] [--json | --docs]
 *   npm run bench:sound -- --faults
 *
 * PROJECT_DIR is the folder that the manifest's source paths start from and that holds config.yaml; without it,
 * what needs the sources (stereo, crossfades) is left out, and lengths are held against the defaults. FILE holds
 * what `afterglow all --json` printed: the reasons for pads that were not found. Without EXPORT_DIR only the known
 * signals are measured, with --faults only the deliberate faults. --docs also puts the tables of this run into
 * docs/SOUND-QUALITY.md. Ends with 1 where a figure misses its target.
 */
import { writeDocument } from './sound/document.mjs';
import { exportLines } from './sound/export-lines.mjs';
import { faultLines } from './sound/known/faults.mjs';
import { knownLines } from './sound/known-lines.mjs';
import { openProject } from './sound/project.mjs';
import { printTable } from './sound/verdicts.mjs';

const words = process.argv.slice(2);
const [exportFolder, projectFolder] = words.filter((word) => !word.startsWith('--'));
const runDocument = words.find((word) => word.startsWith('--run='))?.slice('--run='.length);

const lines = words.includes('--faults')
  ? await faultLines()
  : [
      ...(exportFolder ? await exportLines(exportFolder, openProject(projectFolder, runDocument)) : []),
      ...(await knownLines()),
    ];
if (words.includes('--docs')) writeDocument(lines);
if (words.includes('--json')) console.log(JSON.stringify(lines, null, 2));
else printTable(lines);
if (lines.some(({ verdict }) => verdict === 'MISS')) process.exitCode = 1;
