import { type ForecastFile, forecast } from '../engine/forecast.ts';
import type { Plan } from '../engine/plan.ts';
import { counted } from './counted.ts';
import { EXIT } from './exit-codes.ts';
import { printJson } from './json.ts';
import { nothingToMine } from './summary.ts';
import { printable, type Terminal } from './terminal.ts';

/**
 * `--dry-run`: the files that a run would write. Where listening decides, a line ends in what it decides:
 * whether the file is made at all, or how its name ends.
 */
export function dryRun(plan: Plan, terminal: Terminal, json: boolean): number {
  const files = forecast(plan);
  if (json) {
    printJson({ exportFolder: plan.exportFolder, folders: plan.folders, problems: plan.problems, files });
    return EXIT.done;
  }
  for (const { source, message } of plan.problems) terminal.error(`${source}: ${message}`);
  if (plan.tasks.length === 0) {
    terminal.result(nothingToMine(plan));
    return EXIT.done;
  }
  for (const file of files) terminal.result(printable(file.path) + remark(file));
  const sure = files.filter(({ certain }) => certain).length;
  terminal.info(
    `${counted(sure, 'file')}, and up to ${files.length - sure} more where listening decides; a source that is silent, too short or unreadable gives none (nothing was written)`,
  );
  return EXIT.done;
}

function remark({ certain, heard }: ForecastFile): string {
  if (certain && heard.length === 0) return '';
  const parts = [certain ? '' : 'perhaps', heard.length > 0 ? `* is the ${heard.join(', ')} heard` : ''];
  return `  (${parts.filter((part) => part !== '').join('; ')})`;
}
