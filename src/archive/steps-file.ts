import { join } from '../paths.ts';

/** What an export folder remembers of the steps of a batch: see `palette/step-memory.ts`. */
export function stepsPath(exportFolder: string): string {
  return join(exportFolder, '.afterglow-steps.json');
}
