import { writeDemoArchive } from '../../engine/demo/archive.ts';
import { plan } from '../../engine/plan.ts';
import { openProject } from '../../engine/project.ts';
import type { RunResult } from '../../engine/run.ts';
import { shownPath } from '../../engine/shown-path.ts';
import type { TallyTexture } from '../../engine/tally.ts';
import { FAMILIES } from '../../families/index.ts';
import { phasesOfAll } from '../../families/lookup.ts';
import { join } from '../../paths.ts';
import { nodePlatform } from '../../platform/node/platform.ts';
import { absolute } from '../absolute.ts';
import { runDocument } from '../documents.ts';
import { printJson } from '../json.ts';
import type { RunFlags } from '../run-flags.ts';
import { summary } from '../summary.ts';
import { openTerminal } from '../terminal.ts';
import { exitCode, runPlan } from './excavate.ts';

/** The seed of the demo, so that everybody hears the same. */
const DEMO_SEED = 7;

/** `afterglow demo`: a small archive made in code, excavated, with a few files to listen to first. */
export async function demo(where: string, flags: RunFlags): Promise<number> {
  const terminal = openTerminal(flags);
  const folder = absolute(where);
  terminal.info(`making a small archive in ${where}`);
  await writeDemoArchive(nodePlatform, folder);
  const project = await openProject(nodePlatform, { folder, create: true });
  const planned = await plan(nodePlatform, {
    projectFolder: folder,
    settings: project.settings,
    seed: DEMO_SEED,
    phases: phasesOfAll(),
  });
  const result = await runPlan(planned, flags, terminal);
  terminal.result(summary(planned, result));
  terminal.result(`\n${whereToListen(result, planned.exportFolder)}`);
  if (flags.json) printJson({ folder, ...runDocument(planned, result) });
  return exitCode(result);
}

/** One texture of each family: of the best grade the longest, since one listens longer than a sampler needs. */
function whereToListen({ textures, upToDate }: RunResult, exportFolder: string): string {
  const best = new Map<string, TallyTexture>();
  for (const texture of [...textures, ...upToDate]) {
    const known = best.get(texture.family);
    if (!known || isBetter(texture, known)) best.set(texture.family, texture);
  }
  const files = [...best.values()].map(
    ({ family, path }) => `  ${family.padEnd(7)}${shownPath(join(exportFolder, path), absolute('.'))}`,
  );
  const looping = FAMILIES.filter(({ id, loops }) => loops && best.has(id)).map(({ plural }) => plural);
  const some = looping.slice(0, -1).join(', ');
  const all = some === '' ? looping.join('') : `${some} and ${looping.at(-1)}`;
  return [`Listen to these first (${all} loop without a seam):`, ...files].join('\n');
}

function isBetter(texture: TallyTexture, known: TallyTexture): boolean {
  if (texture.grade !== known.grade) return texture.grade < known.grade;
  return texture.durationSec > known.durationSec;
}
