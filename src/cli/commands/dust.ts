import { type DustPlan, planDust } from '../../engine/plan-dust.ts';
import { openProject } from '../../engine/project.ts';
import { freshSeed } from '../../engine/seed.ts';
import { nodePlatform } from '../../platform/node/platform.ts';
import { absolute } from '../absolute.ts';
import { EXIT } from '../exit-codes.ts';
import { exportDir } from '../export-root.ts';
import type { RunFlags } from '../run-flags.ts';
import { openTerminal } from '../terminal.ts';
import { carryOut, introduce } from './excavate.ts';

/** `afterglow dust`: lays hiss and room tone under the pads that the export folder holds. */
export async function dust(flags: RunFlags): Promise<number> {
  const terminal = openTerminal(flags);
  const project = await openProject(nodePlatform, {
    folder: absolute('.'),
    ...(flags.config === undefined ? {} : { config: flags.config }),
    ...(flags.preset === undefined ? {} : { preset: flags.preset }),
    create: false,
  });
  introduce(project, terminal);
  const seed = flags.seed ?? project.settings.reproducibility.random_seed;
  const planned = await planDust(nodePlatform, {
    projectFolder: project.folder,
    settings: {
      ...project.settings,
      paths: { ...project.settings.paths, export_dir: exportDir(project.settings, flags) },
    },
    seed: seed ?? freshSeed(),
    anySeed: seed === null,
    ...(flags.only === undefined ? {} : { only: flags.only }),
  });
  const missing = missingFor(planned);
  if (missing) terminal.warning(missing);
  // Programs are told in the same words as ever: of nothing made.
  if (missing && !flags.json) return EXIT.done;
  return carryOut(planned, flags, terminal);
}

/** What there is none of, and how to come by it; null where there are pads and beds. */
function missingFor({ found, request }: DustPlan): string | null {
  if (found.pads === 0) return 'there are no pads to lay dust under; run mine-pads or make-drones first';
  if (found.beds > 0) return null;
  const phases = request.settings.dust.beds.map((family) =>
    family === 'hiss' ? 'make-hiss' : 'mine-silences',
  );
  return phases.length === 0
    ? 'dust.beds is empty; name hiss, silence, or both'
    : `there is nothing to lay under the pads; run ${phases.join(' or ')} first`;
}
