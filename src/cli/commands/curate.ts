import { shownPath } from '../../engine/shown-path.ts';
import type { FamilyId } from '../../families/family.ts';
import { pluralOf } from '../../families/lookup.ts';
import type { FamilyChoice, LeastGrade } from '../../palette/choose.ts';
import { type Curated, curate as curateExport } from '../../palette/curate.ts';
import { nodePlatform } from '../../platform/node/platform.ts';
import { whyNotChosen, whyTaken } from '../../wording/choices.ts';
import { counted } from '../../wording/counted.ts';
import { absolute } from '../absolute.ts';
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
  readonly family?: readonly FamilyId[];
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
        onProgress: (done, all) => terminal.live(`[*] analysed ${done} of ${counted(all, 'texture')}`),
      },
    );
    terminal.live('');
    for (const warning of curated.warnings) terminal.warning(warning);
    for (const { message } of curated.failed) terminal.error(message);
    for (const choice of curated.families) terminal.result(familyText(choice, flags.explain ?? false));
    terminal.result(closing(curated, shownPath(curated.outFolder, absolute('.')), flags.dryRun ?? false));
    if (flags.json) printJson(curatedDocument(curated, exportFolder, flags.explain ?? false));
    const isEmpty = curated.families.every(({ chosen }) => chosen.length === 0);
    return curated.failed.length > 0 || (isEmpty && flags.failOnEmpty) ? EXIT.failed : EXIT.done;
  });
}

function familyText({ family, chosen, notChosen }: FamilyChoice, explain: boolean): string {
  const all = chosen.length + notChosen.length;
  const copies = notChosen.filter(({ why }) => why === 'near-copy').length;
  const aside = copies === 0 ? '' : ` (${copies} near-${copies === 1 ? 'copy' : 'copies'} left out)`;
  const head = `${pluralOf(family)}: ${chosen.length} of ${all}${aside}`;
  if (!explain) return head;
  const taken = chosen.map(
    (one) => `  ${String(one.rank).padStart(2, '0')} ${one.texture.name}: ${whyTaken(one)}`,
  );
  const left = notChosen.map((one) => `   - ${one.texture.name}: ${whyNotChosen(one)}`);
  return [head, ...taken, ...left].join('\n');
}

function closing({ selection, families, isAsBefore }: Curated, where: string, dryRun: boolean): string {
  const all = families.reduce((sum, { chosen, notChosen }) => sum + chosen.length + notChosen.length, 0);
  const chosen = families.reduce((sum, family) => sum + family.chosen.length, 0);
  const verb = dryRun ? 'would go into' : 'in';
  const others = selection.textures.length - chosen;
  const beside = others === 0 ? '' : `, beside ${others} of other families that stay chosen there`;
  return `${chosen} of ${counted(all, 'texture')} ${verb} ${where}${beside}${isAsBefore ? ', chosen as before' : ''}`;
}
