/** Instruments for software samplers from the page: made by what the command `instrument` makes. */

import { safeName } from '../../config/safe-name.ts';
import { KITS_FOLDER } from '../../engine/export-folder.ts';
import { shownPath } from '../../engine/shown-path.ts';
import { INSTRUMENT_FORMATS, writeInstruments } from '../../palette/instrument.ts';
import { join } from '../../paths.ts';
import { playerTargets, TARGETS } from '../../targets/index.ts';
import { counted } from '../../wording/counted.ts';
import type { InstrumentAnswer, InstrumentFormatsAnswer, InstrumentRequest } from '../protocol.ts';
import type { Jobs } from './jobs.ts';
import type { Library } from './library.ts';
import { notFound } from './request-error.ts';
import type { StudioMachine } from './studio-machine.ts';

export interface Instruments {
  formats(): InstrumentFormatsAnswer;
  /** Of what curation chose, else of all of grade A and B. @throws RequestError; as {@link writeInstruments} */
  make(request: InstrumentRequest): Promise<InstrumentAnswer>;
}

/** @param folder paths are shown as seen from here */
export function openInstruments(
  { platform, say }: Pick<StudioMachine, 'platform' | 'say'>,
  library: Library,
  jobs: Jobs,
  folder: string,
): Instruments {
  return {
    formats: () => ({ formats: playerTargets(TARGETS).map(({ id, sampler }) => ({ id, sampler })) }),
    async make({ export: exportId, format, name, force = false }) {
      if (!INSTRUMENT_FORMATS.includes(format)) throw notFound('There is no such instrument format.');
      const { exportFolder, exportRoot } = library.exportIndex(exportId);
      const out = join(exportFolder, KITS_FOLDER, safeName(`${name} ${format}`, 60, 'instrument'));
      const job = { kind: 'kit', export: exportId, title: `instruments, ${format}` } as const;
      const made = await jobs.start(job, async ({ signal, report }) => {
        const result = await writeInstruments(
          platform,
          { exportFolder, name, formats: [format], out, root: exportRoot, force, signal },
          (done, all) => report({ share: done / Math.max(1, all), message: `${done} of ${all} samples` }),
        );
        const message = `${counted(result.instruments.length, 'instrument')} in “${shownPath(out, folder)}”.`;
        const problems = result.failed.map((one) => `Left out: ${one.message}`);
        return { message, problems, count: result.instruments.length };
      });
      return { folder: shownPath(out, folder), count: made.count, problems: made.problems.map(say) };
    },
  };
}
