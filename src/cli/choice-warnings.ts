import type { Terminal } from './terminal.ts';

/** Tells where what was chosen is no longer what somebody would choose. */
export function warnOfChoice(
  { missing, isOutdated }: { readonly missing: readonly string[]; readonly isOutdated: boolean },
  terminal: Terminal,
): void {
  for (const path of missing) {
    terminal.warning(`${path} was chosen, but is gone; run "afterglow curate --force" to choose anew`);
  }
  if (isOutdated) {
    terminal.warning(
      'curation.json decides otherwise than when curate chose; run "afterglow curate --force" to choose by it, then this again',
    );
  }
}
