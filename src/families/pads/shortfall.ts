/** Why fewer pads were found than asked for, in one sentence that says which setting to relax. */
import type { Gate, MomentSearch } from '../../analysis/moments.ts';
import type { SharedSettings } from '../../settings/shared.ts';
import type { WantedLength } from '../shared/wanted-lengths.ts';

/** What became of the moments that were tried. */
export interface MiningTally {
  made: number;
  /** No loop near them closes unheard. */
  heard: number;
  /** Where they close, the music moves. */
  restless: number;
}

export interface Shortfall {
  readonly search: MomentSearch;
  readonly tally: Readonly<MiningTally>;
  readonly wanted: WantedLength;
  readonly wantedCount: number;
  readonly sampleRate: number;
  /** What was searched: the source as it is, or its harmonic part. */
  readonly separate: SharedSettings['pre_analysis']['separate'];
}

/** What to change when a gate refused too much. */
const ADVICE: Record<Gate, string> = {
  'too quiet': 'lower pad_miner.min_rms_db',
  'too loud': 'raise pad_miner.max_rms_db',
  onsets: 'raise pad_miner.max_onset_rate_per_second',
  noisy: 'raise pad_miner.spectral_flatness_threshold',
  crest: 'raise pre_analysis.max_crest_factor',
  DC: 'raise pre_analysis.max_dc_offset',
  clipped: 'set pre_analysis.skip_clipped_regions to false',
  centroid: 'widen pre_analysis.centroid_low_hz and centroid_high_hz',
  fading: 'give it a part that holds its level, or ask for shorter pads in pad_miner.target_durations_sec',
  restless: 'lower pad_miner.min_stability',
};

/** Refused for its onsets in more than this share of its windows, a source is likely to have drums throughout. */
const DRUMMED = 0.5;

export function explainShortfall(shortfall: Shortfall): string {
  const { search, tally, wanted, wantedCount, sampleRate, separate } = shortfall;
  const seconds = Number((wanted.frames / sampleRate).toFixed(2));
  const searched = separate === 'harmonic' ? ' from its harmonic part' : '';
  const found = `only ${tally.made} of ${wantedCount} pads of ${seconds} s${searched}`;
  if (search.windowCount === 0) {
    return `${found}: it is shorter than a pad and its crossfade; ask for shorter pads in pad_miner.target_durations_sec`;
  }
  const still = search.moments.length;
  const gates = [...search.refused].sort((a, b) => b[1] - a[1]);
  const refusals = gates.map(([gate, count]) => `${gate} ${count}`).join(', ');
  const advice = gates.length > 0 ? adviceFor(gates[0][0], search, separate) : '';
  if (still === 0)
    return `${found}: none of ${search.windowCount} windows holds still (${refusals}); ${advice}`;
  const lost = [
    tally.heard > 0 ? `${tally.heard} could be heard to loop` : '',
    tally.restless > 0 ? `${tally.restless} moved where they would loop` : '',
    still > tally.made + tally.heard + tally.restless ? 'the rest overlap or sound alike' : '',
  ].filter(Boolean);
  const held = `${still} of ${search.windowCount} windows ${still === 1 ? 'holds' : 'hold'} still`;
  const others = refusals ? ` (refused: ${refusals})` : '';
  return `${found}: ${[held + others, ...lost].join('; ')}${advice && `; to find more, ${advice}`}`;
}

/** What to change, the gate that refused most first; and where drums are in the way, that they can be left out. */
function adviceFor(gate: Gate, { refused, windowCount }: MomentSearch, separate: Shortfall['separate']) {
  const drummed = (refused.get('onsets') ?? 0) > DRUMMED * windowCount;
  if (separate === 'harmonic' || !drummed) return ADVICE[gate];
  return `set pre_analysis.separate to harmonic, which leaves drums out, or ${ADVICE[gate]}`;
}
