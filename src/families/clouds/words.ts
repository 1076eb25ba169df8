import type { WordsFor } from '../../reasons/words.ts';
import { TEMPO_WORDS } from '../shared/tempo-words.ts';
import type { CloudReason } from './make.ts';

export const CLOUD_WORDS: WordsFor<CloudReason> = {
  ...TEMPO_WORDS,
  'nothing-but-silence': () => 'the source is silent',
  'nothing-clean-enough'({ gates }) {
    // Digital silence is no limit that can be set.
    const limits = gates.filter((gate) => gate !== 'silent').map((gate) => `pre_analysis.${gate}`);
    return `no stretch is clean enough for grains; relax ${limits.join(', ') || 'the limits of pre_analysis'}`;
  },
  'regions-too-short': ({ longestSec }) =>
    `the longest stretch to cut grains from is ${longestSec.as((sec) => sec.toFixed(3))} s, too short for the shortest grain; lower clouds.grain_length_min_ms or clouds.pitch_shift_range.max`,
  'silent-grains': () => 'every grain drawn was silent; pre_analysis.min_rms_db says what counts as silent',
};
