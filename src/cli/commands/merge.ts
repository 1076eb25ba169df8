import { type MergeResult, merge as mergeShards } from '../../engine/merge.ts';
import { shownPath } from '../../engine/shown-path.ts';
import { nodePlatform } from '../../platform/node/platform.ts';
import { counted } from '../../wording/counted.ts';
import { noticeWords } from '../../wording/notices.ts';
import { WHY_PROTECTED } from '../../wording/protected.ts';
import { absolute } from '../absolute.ts';
import { EXIT } from '../exit-codes.ts';
import { exportRoot } from '../export-root.ts';
import { interruption } from '../interruption.ts';
import { printJson } from '../json.ts';
import { openExport } from '../open-export.ts';
import { openTerminal } from '../terminal.ts';

export interface MergeFlags {
  readonly config?: string;
  readonly into?: string;
  readonly force?: boolean;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

/** `afterglow merge DIR…`: joins the export folders of shards into one. */
export async function merge(folders: readonly string[], flags: MergeFlags): Promise<number> {
  const terminal = openTerminal(flags);
  const { folder, exportFolder } = await openExport({
    ...(flags.config === undefined ? {} : { config: flags.config }),
    ...(flags.into === undefined ? {} : { export: flags.into }),
  });
  const interrupted = interruption(terminal);
  try {
    const result = await mergeShards(
      nodePlatform,
      folders.map((each) => absolute(each)),
      { exportFolder, exportRoot: exportRoot(exportFolder) },
      {
        projectFolder: folder,
        force: flags.force ?? false,
        signal: interrupted.signal,
        onProgress: (done, all) => terminal.live(`[*] ${done} of ${counted(all, 'texture')}`),
      },
    );
    terminal.live('');
    const warnings = result.warnings.map(noticeWords);
    for (const warning of warnings) terminal.warning(warning);
    for (const { path, why } of result.protected) {
      terminal.warning(`${path} stays as it is (${WHY_PROTECTED[why]}); --force replaces it`);
    }
    for (const { message } of result.failed) terminal.error(message);
    for (const gap of result.gaps) terminal.error(gap);
    terminal.result(closing(result, shownPath(exportFolder, absolute('.'))));
    if (flags.json) printJson({ exportFolder, ...result, warnings });
    if (result.isInterrupted) return EXIT.interrupted;
    return result.gaps.length + result.failed.length > 0 ? EXIT.failed : EXIT.done;
  } finally {
    terminal.live('');
    interrupted.stopListening();
  }
}

function closing(
  { shards, textures, alreadyThere, decisions, manifestRows, isInterrupted }: MergeResult,
  where: string,
) {
  if (isInterrupted) return `Interrupted; the next merge into ${where} goes on from here.`;
  const there = alreadyThere === 0 ? '' : `, ${alreadyThere} of them there already`;
  const along = decisions === 0 ? '' : `, with ${counted(decisions, 'decision')} on them`;
  const what = `${counted(textures, 'texture')} of ${counted(shards.length, 'folder')}${there}${along}`;
  return `${what}: ${where} (manifest.csv lists ${manifestRows})`;
}
