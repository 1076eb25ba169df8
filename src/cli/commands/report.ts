import { faultSentences } from '../../archive/manifest-fault.ts';
import { shownPath } from '../../engine/shown-path.ts';
import { type ReportResult, writeReport } from '../../palette/report.ts';
import { join } from '../../paths.ts';
import { nodePlatform } from '../../platform/node/platform.ts';
import type { PreviewSize } from '../../report/preview.ts';
import { counted } from '../../wording/counted.ts';
import { absolute } from '../absolute.ts';
import { EXIT } from '../exit-codes.ts';
import { exportRoot } from '../export-root.ts';
import { printJson } from '../json.ts';
import { openExport } from '../open-export.ts';
import { openTerminal } from '../terminal.ts';

export interface ReportFlags {
  readonly config?: string;
  readonly export?: string;
  readonly out?: string;
  readonly previews: PreviewSize;
  readonly maxMb: number;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

/** `afterglow report`: a page that shows and plays every texture. */
export async function report(flags: ReportFlags): Promise<number> {
  const terminal = openTerminal(flags);
  const { exportFolder } = await openExport(flags);
  const path = flags.out === undefined ? join(exportFolder, 'report.html') : absolute(flags.out);
  try {
    const result = await writeReport(nodePlatform, {
      exportFolder,
      path,
      root: exportRoot(exportFolder),
      previews: flags.previews,
      mostBytes: 1e6 * flags.maxMb,
      onProgress: (done, all) => terminal.live(`[*] ${done} of ${counted(all, 'texture')}`),
    });
    terminal.live('');
    for (const sentence of faultSentences(result.impossible)) terminal.warning(sentence);
    for (const { message } of result.failed) terminal.error(message);
    const size = `${(result.bytes / 1e6).toFixed(1)} MB`;
    terminal.result(
      `${counted(result.textures, 'texture')}, ${size}: ${shownPath(path, absolute('.'))} (open it in a browser)`,
    );
    const rest = restWords(result, flags.previews);
    if (rest !== '') terminal.result(rest);
    if (flags.json) printJson({ exportFolder, ...result });
    return result.failed.length > 0 ? EXIT.failed : EXIT.done;
  } finally {
    terminal.live('');
  }
}

/** What the page had no room for; empty where it holds all that was asked for. */
function restWords({ textures, all, pictures, sounds, failed }: ReportResult, previews: PreviewSize): string {
  const unlisted = all - textures - failed.length;
  const parts = [
    ...(previews !== 'none' && sounds < textures
      ? [`the sound of ${sounds} (the others play from their files beside it)`]
      : []),
    ...(pictures < textures ? [`the picture of ${pictures}`] : []),
    ...(unlisted > 0
      ? [`the rows of ${textures} of ${all} (manifest.csv and “afterglow studio” have all)`]
      : []),
  ];
  if (parts.length === 0) return '';
  return `It holds ${parts.join(', ')}; --max-mb lets it be larger.`;
}
