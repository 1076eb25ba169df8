/** Why clouds, hiss, hits, room tone and dust were not made. */
import type { LayerSilent } from '../engine/layers.ts';
import type { CloudReason } from '../families/clouds/make.ts';
import type { DrumReason } from '../families/drums/make.ts';
import type { HissReason } from '../families/hiss/make.ts';
import type { RoomToneLimit } from '../families/room-tone/find.ts';
import type { RoomToneReason } from '../families/room-tone/make.ts';
import type { NoSteadyTempo } from '../families/shared/wanted-lengths.ts';
import type { WordsFor } from './words.ts';

export const CLOUD_WORDS: WordsFor<Exclude<CloudReason, NoSteadyTempo>> = {
  'nothing-but-silence': () => 'the source is silent',
  'nothing-clean-enough': ({ gates }) =>
    `no stretch is clean enough for grains; relax ${gates.map((gate) => `pre_analysis.${gate}`).join(', ') || 'the limits of pre_analysis'}`,
  'regions-too-short': ({ longestSec }) =>
    `the longest stretch to cut grains from is ${longestSec.as((sec) => sec.toFixed(3))} s, too short for the shortest grain; lower clouds.grain_length_min_ms or clouds.pitch_shift_range.max`,
  'silent-grains': () => 'every grain drawn was silent; pre_analysis.min_rms_db says what counts as silent',
};

export const HISS_WORDS: WordsFor<Exclude<HissReason, NoSteadyTempo>> = {
  'too-short-for-a-hit': ({ synthetic }) => `it is too short to hold a hit${insteadOfHiss(synthetic)}`,
  'no-hiss-in-band': ({ floorDb, lowHz, highHz, synthetic }) =>
    `its hits have nothing above ${floorDb} dBFS between ${lowHz} and ${highHz} Hz${insteadOfHiss(synthetic)}`,
  'hiss-band-empty': ({ setting, hz, sampleRateHz }) =>
    `at ${sampleRateHz} Hz there is nothing above ${hz} Hz; lower hiss.${setting}`,
  'few-flickers': ({ made, wanted, minMs }) =>
    `only ${made} of ${wanted} flickers: it has no more hits of at least ${minMs} ms that differ; lower hiss.flicker_count or hiss.flicker_min_ms`,
};

function insteadOfHiss(synthetic: boolean): string {
  return synthetic
    ? ': its hiss is synthetic, and it has no flickers'
    : '; widen the hiss band, or set hiss.use_synthetic_noise to true';
}

export const DRUM_WORDS: WordsFor<DrumReason> = {
  'no-hits': () => 'no hits were detected; lower drum_miner.delta',
  'hits-too-short': ({ hits, minLengthSec }) =>
    `all of its ${hits} hits are shorter than ${minLengthSec} s; lower drum_miner.min_length_sec`,
  'hits-too-quiet': ({ hits, minPeakDb }) =>
    `all of its ${hits} hits stay under ${minPeakDb} dBFS; lower drum_miner.min_peak_db`,
};

export const ROOM_TONE_WORDS: WordsFor<Exclude<RoomToneReason, NoSteadyTempo>> = {
  'too-short-for-room-tone': () => 'it is too short to hold room tone; lower room_tone.length_sec',
  'no-room-tone'({ windows, windowSec, refused }) {
    const excluded = refused.map(({ gate, count }) => `${gate} ${count}`).join(', ');
    // What is too loud is the music itself: the limit that excluded most of the rest says more.
    const { gate } = refused.find((one) => one.gate !== 'too loud') ?? refused[0];
    return `no room tone in ${windows} windows of ${windowSec} s (${excluded}); ${ROOM_TONE_ADVICE[gate]}`;
  },
};

/** Which setting lets more through. */
const ROOM_TONE_ADVICE: Readonly<Record<RoomToneLimit, string>> = {
  'digital silence': 'its pauses are empty, so there is nothing to use in them',
  'too quiet': 'lower room_tone.min_rms_db',
  'too loud': 'raise room_tone.max_rms_db',
  crest: 'raise room_tone.max_crest_factor',
  'fade-out': 'what is quiet in it is its fade-out; raise room_tone.max_level_change_db to use that',
  unsteady: 'raise room_tone.max_level_change_db',
};

export const DUST_WORDS: WordsFor<LayerSilent> = {
  'layer-silent': ({ above, below }) => `“${above}” or “${below}” is silent; remove what is`,
};
