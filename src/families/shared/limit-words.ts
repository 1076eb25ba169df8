/** What stretches of a source were left out for, as one says it. */
import type { Spanned } from '../../reasons/span.ts';

/** Behind how many there are: `40 with too many attacks`. */
const LIMIT_WORDS = {
  'digital silence': 'digitally silent',
  'too quiet': 'too quiet',
  'too loud': 'too loud',
  onsets: 'with too many attacks',
  noisy: 'too noisy',
  crest: 'with too much peak over RMS',
  DC: 'with a DC offset',
  clipped: 'clipped',
  centroid: 'too dark or too bright',
  fading: 'fading',
  'fade-out': 'in its fade-out',
  unsteady: 'with a level that moves',
  restless: 'not stable enough',
} as const;

/** How many stretches a limit left out. */
interface LeftOut {
  readonly gate: keyof typeof LIMIT_WORDS;
  readonly count: number;
}

/** `40 with too many attacks, 3 too quiet`, in the order given. */
export function leftOutWords(leftOut: Spanned<readonly LeftOut[]>): string {
  return leftOut.map(({ gate, count }) => `${count} ${LIMIT_WORDS[gate]}`).join(', ');
}
