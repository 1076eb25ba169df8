/** What `afterglow demo` makes and says, made once a run of the tests. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { madeOnce } from '../made-once.ts';
import { afterglow, type Outcome } from './afterglow.ts';

/** Where it ran and what came of it; not to be changed (copy it for that, with its times). */
export async function demoMade(): Promise<{ readonly folder: string; readonly outcome: Outcome }> {
  const made = await madeOnce('demo by command', async (folder) => {
    await mkdir(join(folder, PLACE));
    const outcome = await afterglow(['demo'], { folder: join(folder, PLACE) });
    await writeFile(join(folder, TOLD), JSON.stringify(outcome));
  });
  return { folder: join(made, PLACE), outcome: JSON.parse(await readFile(join(made, TOLD), 'utf8')) };
}

const PLACE = 'place';
const TOLD = 'outcome.json';
