import type { Settings } from '../../config/settings.ts';
import { type FoundLayers, planDust } from '../../engine/plan-dust.ts';
import { openProject } from '../../engine/project.ts';
import { freshSeed } from '../../engine/seed.ts';
import type { FamilyId } from '../../families/family.ts';
import { FAMILIES } from '../../families/index.ts';
import { familyOf, familyOfMaker } from '../../families/lookup.ts';
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
  const missing = planned.found.map((found) => missingFor(found, planned.request.settings));
  for (const sentence of missing) if (sentence !== null) terminal.warning(sentence);
  // Programs are told in the same words as ever: of nothing made.
  if (!missing.includes(null) && !flags.json) return EXIT.done;
  return carryOut(planned, flags, terminal);
}

/** What there is none of, and how to come by it; null where there is something above and below. */
function missingFor({ maker, ...found }: FoundLayers, settings: Settings): string | null {
  const above = familyOf<Settings>(maker.above, FAMILIES);
  if (found.above === 0) {
    return `there are no ${above.plural} to lay ${familyOfMaker<Settings>(maker.id, FAMILIES).plural} under; run ${commandsFor([above.id])} first`;
  }
  if (found.below > 0) return null;
  const below = maker.below(settings);
  return below.length === 0
    ? maker.nothingBelow
    : `there is nothing to lay under the ${above.plural}; run ${commandsFor(below)} first`;
}

/** The commands that make textures of these families. */
function commandsFor(families: readonly FamilyId[]): string {
  const phases = families.flatMap((id) =>
    familyOf<Settings>(id, FAMILIES).makers.map(({ phase }) => phase?.id),
  );
  return [...new Set(phases.filter((phase) => phase !== undefined))].join(' or ');
}
