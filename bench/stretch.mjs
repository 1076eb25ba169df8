/**
 * How well the engine stretches and shifts, beside what is known for it: Signalsmith Stretch (windows as it comes, and
 * twice as long, which suits lasting sounds); Rubber Band's command line
 * (R2 as it comes, crispness 5; R2 for pads: crispness 0, which leaves transients alone, and `--centre-focus`,
 * which keeps common to both channels what is; R3, without and with that) and sox's `tempo` and `pitch`.
 * Those that are not installed are left out.
 *
 *   npm run build
 *   npm run bench:stretch -- [ARCHIVE_DIR] [--json]
 *
 * Signals made in code, whose every property is known; with ARCHIVE_DIR also ten seconds of each file in its
 * pad_sources. It only tells: other programs' figures are nobody's target (the engine's own are in bench:sound).
 */
import { knownFigures } from './stretch/known-figures.mjs';
import { closeWorkshop, installedMethods } from './stretch/methods.mjs';
import { padFigures } from './stretch/pad-figures.mjs';
import { printComparison } from './stretch/table.mjs';

const [archiveFolder] = process.argv.slice(2).filter((word) => !word.startsWith('--'));
/** Longer, shorter, up a fifth, down a fourth. */
const TASKS = [
  { name: '2 × as long', factor: 2, semitones: 0 },
  { name: '0.75 × as long', factor: 0.75, semitones: 0 },
  { name: 'up 7 semitones', factor: 1, semitones: 7 },
  { name: 'down 5 semitones', factor: 1, semitones: -5 },
];

try {
  const methods = await installedMethods();
  const figures = [];
  for (const task of TASKS) {
    for (const method of methods) {
      figures.push(...(await knownFigures(method, task)));
      if (archiveFolder) figures.push(...(await padFigures(method, task, archiveFolder)));
    }
  }
  if (process.argv.includes('--json')) console.log(JSON.stringify(figures, null, 2));
  else printComparison(figures);
} finally {
  closeWorkshop();
}
