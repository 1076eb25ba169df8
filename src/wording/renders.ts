/** Why a texture was not made again, or is not what it was. */
import type { NotRenderedReason, RenderNote } from '../palette/rendered.ts';
import type { EditedColumn } from '../palette/row-edited.ts';
import { listed } from '../reasons/listed.ts';
import { type WordsFor, wordsOf } from '../reasons/words.ts';

const NOT_RENDERED_WORDS: WordsFor<NotRenderedReason> = {
  'making-unknown': ({ path }) =>
    `The manifest does not say how “${path}” was made, since an older version wrote it; run what made it once more.`,
  'seed-unknown': ({ path, command }) =>
    `The manifest no longer says with which seed “${path}” was made; run what made it (${command}, or batch) once more, or name one.`,
  'settings-unknown': ({ path, command }) =>
    `The settings that made “${path}” are not in .afterglow-settings.json of its export folder; run what made it (${command}, or batch) once more, and they are.`,
  'not-made-again': ({ path }) =>
    `“${path}” did not come again: with this source and these settings no such texture is made.`,
  error: ({ sentence }) => sentence,
};

/** What a texture is made otherwise with; nothing gives it other channels. */
const FLAGS: Partial<Record<EditedColumn, string>> = {
  duration_sec: '--length',
  sample_rate: '--rate',
  bit_depth: '--depth',
};

const NOTE_WORDS: WordsFor<RenderNote> = {
  'source-changed': ({ source }) => `its source, “${source}”, has changed since`,
  'layer-changed': ({ above, below }) => `“${above}” or “${below}”, of which it is laid, has changed since`,
  'other-version': ({ madeBy, version }) => `afterglow ${madeBy} made it, and this is ${version}`,
  'other-bytes': () => 'it is not byte for byte what lies in the export folder',
  'row-edited': ({ columns }) => {
    const flags = columns.flatMap((column) => FLAGS[column] ?? []);
    const use = flags.length === 0 ? '' : `; use ${listed(flags, 'or')}`;
    return `manifest.csv states ${columns.join(', ')} otherwise than the file: these are a record and change nothing${use}`;
  },
  'other-moment': ({ startSec, formerSec }) =>
    `made so, its moment at ${formerSec.as((sec) => sec.toFixed(1))} s of the source is not found again; the one at ${startSec.as((sec) => sec.toFixed(1))} s is used instead`,
};

/** A sentence. */
export function notRenderedWords(reason: NotRenderedReason): string {
  return wordsOf(NOT_RENDERED_WORDS, [reason]);
}

/** Part of a sentence, behind the name of what was rendered: no capital and no full stop. */
export function renderNoteWords(note: RenderNote): string {
  return wordsOf(NOTE_WORDS, [note]);
}
