import { FAMILY_FOLDERS } from '../../engine/family-folders.ts';
import { shownPath } from '../../engine/shown-path.ts';
import type { ChosenOne, FamilyChoice, LeastGrade, PassedOverOne } from '../../palette/choose.ts';
import { type Curated, curate as curateExport } from '../../palette/curate.ts';
import { nodePlatform } from '../../platform/node/platform.ts';
import type { Family } from '../../textures/texture.ts';
import { absolute } from '../absolute.ts';
import { counted } from '../counted.ts';
import { curatedDocument } from '../documents.ts';
import { EXIT } from '../exit-codes.ts';
import { exportRoot } from '../export-root.ts';
import { allOrNothing } from '../interruption.ts';
import { printJson } from '../json.ts';
import { openExport } from '../open-export.ts';
import { openTerminal } from '../terminal.ts';

export interface CurateFlags {
  readonly config?: string;
  readonly export?: string;
  readonly top?: number;
  readonly family?: readonly Family[];
  readonly grade: LeastGrade;
  readonly out?: string;
  readonly explain?: boolean;
  readonly dryRun?: boolean;
  readonly force?: boolean;
  readonly failOnEmpty?: boolean;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

/** `afterglow curate`: the best and most varied textures of each family, in a folder of their own. */
export async function curate(flags: CurateFlags): Promise<number> {
  const terminal = openTerminal(flags);
  const { settings, exportFolder } = await openExport(flags);
  return allOrNothing(terminal, async (signal) => {
    const curated = await curateExport(
      nodePlatform,
      {
        exportFolder,
        exportRoot: exportRoot(exportFolder),
        count: flags.top ?? settings.curation.per_family,
        families: flags.family ?? null,
        leastGrade: flags.grade,
        ...(flags.out === undefined ? {} : { outFolder: absolute(flags.out) }),
        force: flags.force ?? false,
        dryRun: flags.dryRun ?? false,
      },
      {
        signal,
        onProgress: (done, all) => terminal.live(`[*] listened to ${done} of ${counted(all, 'texture')}`),
      },
    );
    terminal.live('');
    for (const warning of curated.warnings) terminal.warning(warning);
    for (const { message } of curated.failed) terminal.error(message);
    for (const choice of curated.families) terminal.result(familyText(choice, flags.explain ?? false));
    terminal.result(closing(curated, shownPath(curated.outFolder, absolute('.')), flags.dryRun ?? false));
    if (flags.json) printJson(curatedDocument(curated, exportFolder, flags.explain ?? false));
    const isEmpty = curated.selection.textures.length === 0;
    return curated.failed.length > 0 || (isEmpty && flags.failOnEmpty) ? EXIT.failed : EXIT.done;
  });
}

function familyText({ family, chosen, passedOver }: FamilyChoice, explain: boolean): string {
  const all = chosen.length + passedOver.length;
  const copies = passedOver.filter(({ why }) => why === 'near-copy').length;
  const aside = copies === 0 ? '' : ` (${copies} near-${copies === 1 ? 'copy' : 'copies'} left out)`;
  const head = `${FAMILY_FOLDERS[family]}: ${chosen.length} of ${all}${aside}`;
  if (!explain) return head;
  const taken = chosen.map(
    (one) => `  ${String(one.rank).padStart(2, '0')} ${one.texture.name}: ${whyTaken(one)}`,
  );
  const left = passedOver.map((one) => `   - ${one.texture.name}: ${whyPassedOver(one)}`);
  return [head, ...taken, ...left].join('\n');
}

function whyTaken(one: ChosenOne): string {
  const place =
    one.decision.decision === 'keep'
      ? 'kept by hand'
      : one.nearest
        ? `${one.nearest.distance.toFixed(2)} from ${nameIn(one.nearest.path)}`
        : 'the best';
  return `${place}; ${qualityText(one)}`;
}

function whyPassedOver(one: PassedOverOne): string {
  const { texture, why, nearest } = one;
  const near = nearest ? `${nearest.distance.toFixed(2)} from ${nameIn(nearest.path)}` : '';
  if (why === 'rejected') return 'rejected by hand';
  if (why === 'unreadable') return 'cannot be read';
  if (why === 'grade') return `grade ${texture.grade}: ${texture.gradeReasons.join('; ')}`;
  if (why === 'near-copy') return `a near-copy, ${near}; ${qualityText(one)}`;
  return `outdone${near === '' ? '' : `, ${near}`}; ${qualityText(one)}`;
}

function qualityText({ quality, decision }: ChosenOne | PassedOverOne): string {
  const parts = Object.entries(quality.parts).map(([part, value]) => `${part} ${value.toFixed(2)}`);
  const stars = decision.stars ? `, ${counted(decision.stars, 'star')}` : '';
  return `quality ${quality.quality.toFixed(2)}${stars} (${parts.join(', ')})`;
}

function nameIn(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.wav$/i, '');
}

function closing({ selection, families }: Curated, where: string, dryRun: boolean): string {
  const all = families.reduce((sum, { chosen, passedOver }) => sum + chosen.length + passedOver.length, 0);
  const verb = dryRun ? 'would go into' : 'in';
  return `${selection.textures.length} of ${counted(all, 'texture')} ${verb} ${where}`;
}
