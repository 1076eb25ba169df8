/** What a profile knows, in words that a musician understands: for its table and for the note that lies beside a kit. */
import { groupedBy } from '../groups.ts';
import type { KnownKey, LOOPS, Profile } from './profile.ts';

type Loops = (typeof LOOPS)[number];

/** One word for how a device loops, as the table has it. */
export function loopsWord(loops: Loops): string {
  const words: Record<Loops, string> = {
    file: 'whole',
    points: 'points',
    hand: 'by hand',
    doubtful: 'doubtful',
  };
  return words[loops];
}

/** The figures that decide whether a kit can be loaded and played. */
const DECISIVE = [
  'sample_rates_hz',
  'bit_depths',
  'channels',
  'longest_sample_sec',
  'most_samples',
  'longest_name',
  'loops',
] as const satisfies readonly KnownKey[];

const SOURCE_WORDS = {
  measured: 'device',
  manual: 'manual',
  reported: 'owners',
  unknown: 'nobody',
  choice: 'us',
  own: 'us',
} as const;
type SourceWord = (typeof SOURCE_WORDS)[keyof typeof SOURCE_WORDS];

/**
 * One word for who checked most of what decides: the `device` itself, where any of it was measured there; the maker's `manual`;
 * `owners` and others; `nobody`, where most is unknown; `us`, where it is our own choice, or a user's.
 */
export function sourceWord(profile: Profile): SourceWord {
  const words = DECISIVE.map((key) => SOURCE_WORDS[profile[key].confidence]);
  if (words.includes('device')) return 'device';
  const counts = groupedBy(words, (word) => word);
  const [[most]] = [...counts].sort(([, a], [, b]) => b.length - a.length);
  return most;
}
