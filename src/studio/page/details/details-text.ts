/** What the details of a texture say. */
import { tuningWords } from '../../../curation/note-names.ts';
import { clock, figure, hertz, seconds } from '../../../report/page/words.ts';
import type { Texture } from '../../protocol.ts';
import { noteOf } from '../state/words.ts';

/** What a row says in a column; empty where it says nothing. */
export type ValueOf = (column: string) => string;

/** Where a texture was found. */
export function whence(value: ValueOf): string {
  const file = value('source_path').split('/').at(-1) ?? '';
  if (file === '') return 'made without a source';
  const [start, end] = [value('source_start_sec'), value('source_end_sec')];
  if (start === '' || end === '') return `from ${file}`;
  return `${clock(Number(start))} to ${clock(Number(end))} of ${file}`;
}

/** The grade's reason; where there is none, what the seam measured, and what stands out in a round. */
export function reasonsOf({ gradeReasons, loop }: Texture, value: ValueOf): string {
  if (gradeReasons.length > 0) return gradeReasons.join('; ').replaceAll('-', '−');
  if (!loop || value('seam_flux') === '') return 'no fault found';
  const level = signed(Number(value('seam_level_db')), 1);
  const seam = `at the loop point it changes ${figure(Number(value('seam_flux')), 1)} times as much as elsewhere, level ${level} dB`;
  if (value('swell_db') === '') return seam;
  const [times, swell] = ['landmark_times', 'swell_db'].map((column) => figure(Number(value(column)), 1));
  return `${seam}; strongest event ${times} times the usual, swell ${swell} dB`;
}

/** The six figures that matter. */
export function factsOf(texture: Texture, value: ValueOf): [string, string][] {
  const { root, lufs, centroidHz, durationSec } = texture;
  const peak = value('true_peak_dbtp');
  return [
    ['length', seconds(durationSec)],
    ['root', root ? `${noteOf(root.note)} ${tuningWords(root.cents)}` : '–'],
    ['key', value('detected_key') || '–'],
    ['loudness', lufs === null ? '–' : `${figure(lufs, 1)} LUFS`],
    ['true peak', peak === '' ? '–' : `${figure(Number(peak), 1)} dB`],
    ['brightness', centroidHz === null ? '–' : hertz(centroidHz)],
  ];
}

function signed(value: number, digits: number): string {
  return `${value < 0 ? '' : '+'}${figure(value, digits)}`;
}

export function spectrumWords({ title, centroidHz }: Texture): string {
  const middle = centroidHz === null ? '' : `, centred at ${hertz(centroidHz)}`;
  return `Spectrogram of ${title}${middle}`;
}
