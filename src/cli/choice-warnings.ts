import type { ManifestFault } from '../archive/manifest-fault.ts';
import { faultSentences } from '../archive/manifest-fault.ts';
import type { DecidedSince } from '../palette/decided-selection.ts';
import { counted } from '../wording/counted.ts';
import type { Terminal } from './terminal.ts';

interface Choice {
  readonly missing: readonly string[];
  readonly since: DecidedSince;
  /** Somebody chose, or a selection did. */
  readonly isSelected: boolean;
  readonly impossible: readonly ManifestFault[];
}

/** Reports what is gone, and where what is used is not what curate chose, or not what it would choose now. */
export function warnOfChoice({ missing, since, isSelected, impossible }: Choice, terminal: Terminal): void {
  for (const sentence of faultSentences(impossible)) terminal.warning(sentence);
  for (const path of missing) {
    terminal.warning(
      isSelected
        ? `${path} was chosen, but is gone; run "afterglow curate --force" to choose again`
        : `${path} is listed in manifest.csv, but is gone; run again to make it anew`,
    );
  }
  if (since.isOutdated) {
    const changes = [
      since.added.length === 0 ? '' : `${counted(since.added.length, 'texture')} kept since then added`,
      since.dropped.length === 0
        ? ''
        : `${counted(since.dropped.length, 'texture')} rejected since then left out`,
    ].filter((part) => part !== '');
    const honoured = changes.length === 0 ? '' : `: ${changes.join(', ')}`;
    terminal.warning(
      `curation.json decides otherwise than when curate chose${honoured}; "afterglow curate --force" chooses again, by the stars too`,
    );
  }
}
