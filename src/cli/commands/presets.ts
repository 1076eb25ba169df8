import { PRESET_NAMES, presetNamed } from '../../config/presets.ts';
import { EXIT } from '../exit-codes.ts';
import { printJson } from '../json.ts';

/** `afterglow presets`: their names and what they are for. */
export function presets(flags: { json?: boolean }): number {
  const all = PRESET_NAMES.map((name) => ({ name, ...presetNamed(name) }));
  if (flags.json) printJson(all);
  else for (const { name, description } of all) process.stdout.write(`${name.padEnd(14)}${description}\n`);
  return EXIT.done;
}
