import type { MomentLimit } from '../../analysis/moments.ts';
import type { Spanned } from '../../reasons/span.ts';
import type { WordsFor } from '../../reasons/words.ts';
import { leftOutWords } from '../shared/limit-words.ts';
import { TEMPO_WORDS } from '../shared/tempo-words.ts';
import type { PadReason } from './make.ts';
import type { PadLoopReason } from './pad-loops.ts';
import type { Excluded, TooFew } from './shortfall.ts';

export const PAD_WORDS: WordsFor<PadReason | PadLoopReason> = {
  ...TEMPO_WORDS,
  'too-short-for-pads': (few) =>
    `${only(few)}: it is shorter than a pad and its crossfade; ask for shorter pads in pad_miner.target_durations_sec`,
  'no-steady-pitches': (few) =>
    `${only(few)}: its pitch classes hold nowhere so long; ask for shorter pads in pad_miner.target_durations_sec, or set pre_analysis.separate to off`,
  'nothing-holds-still': (few) =>
    `${only(few)}: none of ${few.windows} windows is steady (${leftOutWords(few.refused)}); ${advice(few)}`,
  'too-few-pads'(few) {
    const { still, heardToLoop, moving, recurring, alike } = few;
    const found = `${still} of ${few.windows} windows ${still.most === 1 ? 'is' : 'are'} steady`;
    const parts = [
      found + (few.refused.length > 0 ? ` (excluded: ${leftOutWords(few.refused)})` : ''),
      ...(heardToLoop ? [`${heardToLoop} would loop audibly`] : []),
      ...(moving ? [`${moving} moved where they would loop`] : []),
      ...(recurring ? [`${recurring} hold one event or a swell that would come back with the loop`] : []),
      ...(alike ? ['the rest overlap or sound alike'] : []),
    ];
    const change = few.refused.length > 0 ? `; to find more, ${advice(few)}` : '';
    return `${only(few)}: ${parts.join('; ')}${change}`;
  },
  'loop-too-long': ({ seconds, mostSec }) =>
    `it would be ${seconds} s long, and ${mostSec} s is the most; lower drones.pad_loop_duration_sec or drones.time_stretch_factors`,
  'colour-empty': ({ setting, hz }) =>
    setting === 'airy_highpass_hz'
      ? `nothing sounds above ${hz} Hz; lower drones.${setting}`
      : `nothing sounds below ${hz} Hz; raise drones.${setting}`,
};

function only({ made, wanted, seconds, separate, fromHarmonic }: Spanned<TooFew>): string {
  const searched = separate === 'harmonic' ? ' from its harmonic part' : '';
  const count = fromHarmonic?.most === 0 ? 'none' : fromHarmonic;
  const ofThem = count ? `, ${count} from its harmonic part` : '';
  return `only ${made} of ${wanted} pads of ${seconds} s${searched}${ofThem}`;
}

type WithExcluded = Spanned<TooFew & Excluded>;

/** What to change when a limit excluded too much. */
const ADVICE: Readonly<Record<MomentLimit, string>> = {
  'too quiet': 'state a lower level in pad_miner.min_rms_db',
  'too loud': 'raise pad_miner.max_rms_db',
  onsets: 'raise pad_miner.max_onset_rate_per_second',
  noisy: 'raise pad_miner.spectral_flatness_threshold',
  crest: 'raise pre_analysis.max_crest_factor',
  DC: 'raise pre_analysis.max_dc_offset',
  clipped: 'set pre_analysis.skip_clipped_regions to false',
  centroid: 'widen pre_analysis.centroid_low_hz and pre_analysis.centroid_high_hz',
  fading: 'give it a part that holds its level, or ask for shorter pads in pad_miner.target_durations_sec',
  restless: 'lower pad_miner.min_stability',
};

/** What to change, the limit that excluded most first; and where drums are in the way, that they can be left out. */
function advice({ refused, hasDrums, separate }: WithExcluded): string {
  if (refused.length === 0) return '';
  const change = ADVICE[refused[0].gate];
  if (separate !== 'off' || !hasDrums) return change;
  return `set pre_analysis.separate to auto, which leaves drums out where they are in the way, or ${change}`;
}
