/** What the details of a texture say. */
import { tuningWords } from '../../curation/note-names.ts';
import type { SheetTexture } from './contract.ts';
import { clock, figure, hertz, seconds } from './words.ts';

/** What a row says in a column; empty where it says nothing. */
export type ValueOf = (texture: SheetTexture, column: string) => string;

/** Where a texture was found. */
export function whence(texture: SheetTexture, value: ValueOf): string {
  const path = value(texture, 'source_path');
  const file = path.slice(path.lastIndexOf('/') + 1);
  if (file === '') return 'made without a source';
  const start = value(texture, 'source_start_sec');
  const end = value(texture, 'source_end_sec');
  if (start === '' || end === '') return `from ${file}`;
  return `${clock(Number(start))} to ${clock(Number(end))} of ${file}`;
}

export function reasonsOf({ gradeReasons, grade }: SheetTexture): string {
  if (gradeReasons.length > 0) return gradeReasons.join('; ').replaceAll('-', '−');
  return grade === 'A' ? 'comfortably inside every threshold' : '';
}

/** @param many the name of its family's textures */
export function rankWords({ rank }: SheetTexture, many: string): string {
  return rank === null ? '' : `chosen, number ${rank} of the ${many}`;
}

/** The six figures that matter. */
export function factsOf(texture: SheetTexture, value: ValueOf): [string, string][] {
  const number = (column: string, digits: number, unit = '') => {
    const text = value(texture, column);
    return text === '' ? '–' : `${figure(Number(text), digits)}${unit}`;
  };
  const cents = texture.root === '' ? '' : ` ${tuningWords(Number(value(texture, 'root_cents')))}`;
  return [
    ['length', seconds(texture.durationSec)],
    ['root', texture.root === '' ? '–' : `${texture.root}${cents}`],
    ['key', value(texture, 'detected_key') || '–'],
    ['loudness', number('lufs', 1, ' LUFS')],
    ['true peak', number('true_peak_dbtp', 1, ' dB')],
    ['brightness', texture.centroidHz === null ? '–' : hertz(texture.centroidHz)],
  ];
}

export function spectrumText({ title, centroidHz }: SheetTexture): string {
  const middle = centroidHz === null ? '' : `, centred at ${hertz(centroidHz)}`;
  return `Spectrogram of ${title}${middle}`;
}

/** What plays here is not the file; this says so. */
export function previewText({ preview, isLoop, path }: SheetTexture): string {
  if (!preview)
    return `What plays here is the file itself, which lies beside this page: ${path}.${isLoop ? ' Your browser takes it round, perhaps with a gap that the file does not have.' : ''}`;
  const width = preview.channelCount === 1 ? 'mono' : 'stereo';
  const rate = `${figure(preview.sampleRate / 1000, 0)} kHz`;
  return `What plays here is a preview (${width}, ${rate}, 4 bit)${isLoop ? ', looped to the sample' : ''}. Judge by the full file.`;
}

export function missingText({ path }: SheetTexture): string {
  return `It cannot be played here: this page carries no preview of it, and its file does not lie beside it. In the export folder it is ${path}`;
}
