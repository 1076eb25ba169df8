import { isInside } from '../../engine/export-clash.ts';
import { shownPath } from '../../engine/shown-path.ts';
import { INSTRUMENT_FORMATS, type InstrumentResult, writeInstruments } from '../../palette/instrument.ts';
import { nodePlatform } from '../../platform/node/platform.ts';
import type { Scope } from '../../targets/zones.ts';
import { counted } from '../../wording/counted.ts';
import { absolute } from '../absolute.ts';
import { warnOfChoice } from '../choice-warnings.ts';
import { instrumentsDocument } from '../documents.ts';
import { EXIT } from '../exit-codes.ts';
import { exportRoot } from '../export-root.ts';
import { allOrNothing } from '../interruption.ts';
import { printJson } from '../json.ts';
import { openExport } from '../open-export.ts';
import { openTerminal } from '../terminal.ts';

export interface InstrumentFlags {
  readonly config?: string;
  readonly export?: string;
  readonly name: string;
  readonly format: string;
  readonly scope?: readonly Scope[];
  readonly rate?: number;
  readonly guardFrames?: boolean;
  readonly out?: string;
  readonly force?: boolean;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

/** `afterglow instrument`: instruments for software samplers from what was chosen. */
export async function instrument(flags: InstrumentFlags): Promise<number> {
  const terminal = openTerminal(flags);
  const { exportFolder } = await openExport(flags);
  const out = flags.out === undefined ? null : absolute(flags.out);
  const written = out === null || isInside(out, exportFolder) ? exportFolder : out;
  return allOrNothing(terminal, async (signal) => {
    const result = await writeInstruments(
      nodePlatform,
      {
        exportFolder,
        out,
        root: exportRoot(written),
        name: flags.name,
        formats: INSTRUMENT_FORMATS.filter((format) => flags.format === 'all' || flags.format === format),
        scopes: flags.scope,
        rate: flags.rate,
        guardFrames: flags.guardFrames,
        force: flags.force ?? false,
        signal,
      },
      (done, all) => terminal.live(`[*] ${done} of ${counted(all, 'sample')}`),
    );
    terminal.live('');
    warnOfChoice({ ...result, isSelected: result.isCurated }, terminal);
    for (const { message } of result.failed) terminal.error(`left out: ${message}`);
    report(result, terminal.result);
    if (flags.json) printJson(instrumentsDocument(result));
    return result.failed.length + result.missing.length > 0 ? EXIT.failed : EXIT.done;
  });
}

function report({ folder, isCurated, instruments }: InstrumentResult, say: (text: string) => void): void {
  const shown = shownPath(folder, absolute('.'));
  const palettes = instruments.filter(({ scope }) => scope === 'palette');
  const widest = Math.max('textures/'.length, ...palettes.map(({ name }) => name.length));
  for (const { name, files, textures } of palettes) {
    say(`${name.padEnd(widest)}  ${counted(textures, 'texture')}: ${files.join(', ')}`);
  }
  for (const [scope, where] of [
    ['source', 'sources/'],
    ['texture', 'textures/'],
  ] as const) {
    const own = instruments.filter((each) => each.scope === scope);
    if (own.length > 0) say(`${where.padEnd(widest)}  ${counted(own.length, 'instrument')}, one a ${scope}`);
  }
  const which = isCurated ? 'what was curated' : 'all of grade A and B';
  say(`${counted(instruments.length, 'instrument')} of ${which}: ${shown}`);
}
