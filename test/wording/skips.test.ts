/** Every reason for which something is not made, as people are told it. */
import { describe, expect, it } from 'vitest';
import type { SkipReason } from '../../src/engine/skip-reason.ts';
import { FAMILIES } from '../../src/families/index.ts';
import { sharedSkipWords, skipDocument, skipWords } from '../../src/wording/skips.ts';

type Of<Code extends SkipReason['code']> = Omit<Extract<SkipReason, { readonly code: Code }>, 'code'>;
/** By code, fields and their words: a code without a sample does not compile. */
type Samples = { readonly [Code in SkipReason['code']]: readonly (readonly [Of<Code>, string])[] };

const FEW = { made: 0, wanted: 3, seconds: 2, separate: 'off', fromHarmonic: null } as const;
const refused = [
  { gate: 'onsets', count: 429 },
  { gate: 'fading', count: 156 },
  { gate: 'too quiet', count: 3 },
] as const;
const BAND = { floorDb: -52, lowHz: 5000, highHz: 14_000 } as const;

const SAMPLES: Samples = {
  'no-steady-tempo': [
    [{}, 'no steady tempo to snap to, so lengths are in seconds; set musicality.reference_bpm to a number'],
  ],
  'too-short-for-a-bed': [
    [{ seconds: 5.6, leastSec: 6 }, 'it is 5.6 s long, and a bed takes 6 s; lower beds.shortest_stretch_sec'],
  ],
  'no-path': [
    [
      {},
      'no stretch of it sounds long enough to be part of a bed; lower beds.shortest_stretch_sec and beds.longest_stretch_sec',
    ],
  ],
  'something-stands-out': [
    [
      { changeDb: 10.8, ratio: 6.8 },
      'what is struck in it would stand out and come round again (10.8 dB at once, 6.8 times its usual change)',
    ],
  ],
  'too-short-for-pads': [
    [
      FEW,
      'only 0 of 3 pads of 2 s: it is shorter than a pad and its crossfade; ask for shorter pads in pad_miner.target_durations_sec',
    ],
    [
      { ...FEW, made: 1, seconds: 2.68, separate: 'harmonic' },
      'only 1 of 3 pads of 2.68 s from its harmonic part: it is shorter than a pad and its crossfade; ask for shorter pads in pad_miner.target_durations_sec',
    ],
  ],
  'no-steady-pitches': [
    [
      { ...FEW, separate: 'harmonic' },
      'only 0 of 3 pads of 2 s from its harmonic part: its pitch classes hold nowhere so long; ask for shorter pads in pad_miner.target_durations_sec, or set pre_analysis.separate to off',
    ],
  ],
  'nothing-holds-still': [
    [
      { ...FEW, separate: 'auto', fromHarmonic: 0, windows: 40, refused, hasDrums: true },
      'only 0 of 3 pads of 2 s, none from its harmonic part: none of 40 windows is steady (429 with too many attacks, 156 fading, 3 too quiet); raise pad_miner.max_onset_rate_per_second',
    ],
    [
      { ...FEW, made: 2, separate: 'auto', fromHarmonic: 2, windows: 40, refused, hasDrums: true },
      'only 2 of 3 pads of 2 s, 2 from its harmonic part: none of 40 windows is steady (429 with too many attacks, 156 fading, 3 too quiet); raise pad_miner.max_onset_rate_per_second',
    ],
    [
      { ...FEW, windows: 40, refused: [{ gate: 'DC', count: 40 }], hasDrums: false },
      'only 0 of 3 pads of 2 s: none of 40 windows is steady (40 with a DC offset); raise pre_analysis.max_dc_offset',
    ],
    [
      { ...FEW, windows: 453, refused, hasDrums: true },
      'only 0 of 3 pads of 2 s: none of 453 windows is steady (429 with too many attacks, 156 fading, 3 too quiet); set pre_analysis.separate to auto, which leaves drums out where they are in the way, or raise pad_miner.max_onset_rate_per_second',
    ],
  ],
  'too-few-pads': [
    [
      {
        ...FEW,
        windows: 453,
        still: 2,
        refused,
        hasDrums: true,
        heardToLoop: 1,
        moving: 1,
        recurring: null,
        alike: null,
      },
      'only 0 of 3 pads of 2 s: 2 of 453 windows are steady (excluded: 429 with too many attacks, 156 fading, 3 too quiet); 1 would loop audibly; 1 moved where they would loop; to find more, set pre_analysis.separate to auto, which leaves drums out where they are in the way, or raise pad_miner.max_onset_rate_per_second',
    ],
    [
      {
        ...FEW,
        windows: 1,
        still: 1,
        refused: [],
        hasDrums: false,
        heardToLoop: null,
        moving: null,
        recurring: null,
        alike: 1,
      },
      'only 0 of 3 pads of 2 s: 1 of 1 windows is steady; the rest overlap or sound alike',
    ],
    [
      {
        ...{ ...FEW, made: 2, separate: 'harmonic', windows: 30, still: 9, heardToLoop: null, moving: null },
        ...{ refused: [{ gate: 'restless', count: 21 }], hasDrums: true, recurring: 2, alike: 5 },
      },
      'only 2 of 3 pads of 2 s from its harmonic part: 9 of 30 windows are steady (excluded: 21 not stable enough); 2 hold one event or a swell that would come back with the loop; the rest overlap or sound alike; to find more, lower pad_miner.min_stability',
    ],
  ],
  'loop-too-long': [
    [
      { seconds: 3000, mostSec: 600 },
      'it would be 3000 s long, and 600 s is the most; lower drones.pad_loop_duration_sec or drones.time_stretch_factors',
    ],
  ],
  'colour-empty': [
    [
      { setting: 'airy_highpass_hz', hz: 6000 },
      'nothing sounds above 6000 Hz; lower drones.airy_highpass_hz',
    ],
    [{ setting: 'warm_lowpass_hz', hz: 500 }, 'nothing sounds below 500 Hz; raise drones.warm_lowpass_hz'],
    [{ setting: 'dark_high_cut_hz', hz: 400 }, 'nothing sounds below 400 Hz; raise drones.dark_high_cut_hz'],
  ],
  'nothing-but-silence': [[{}, 'the source is silent']],
  'nothing-clean-enough': [
    [
      { gates: ['max_onset_rate_hz', 'max_crest_factor'] },
      'no stretch is clean enough for grains; relax pre_analysis.max_onset_rate_hz, pre_analysis.max_crest_factor',
    ],
    [{ gates: [] }, 'no stretch is clean enough for grains; relax the limits of pre_analysis'],
  ],
  'regions-too-short': [
    [
      { longestSec: 0.03125 },
      'the longest stretch to cut grains from is 0.031 s, too short for the shortest grain; lower clouds.grain_length_min_ms or clouds.pitch_shift_range.max',
    ],
  ],
  'silent-grains': [[{}, 'every grain drawn was silent; pre_analysis.min_rms_db says what counts as silent']],
  'too-short-for-a-hit': [
    [
      { synthetic: false },
      'it is too short to hold a hit; widen the hiss band, or set hiss.use_synthetic_noise to true',
    ],
    [{ synthetic: true }, 'it is too short to hold a hit: its hiss is synthetic, and it has no flickers'],
  ],
  'no-hiss-in-band': [
    [
      { ...BAND, synthetic: false },
      'its hits have nothing within 52 dB of its level between 5000 and 14000 Hz; widen the hiss band, or set hiss.use_synthetic_noise to true',
    ],
    [
      { ...BAND, synthetic: true },
      'its hits have nothing within 52 dB of its level between 5000 and 14000 Hz: its hiss is synthetic, and it has no flickers',
    ],
  ],
  'hiss-band-empty': [
    [
      { setting: 'bandpass_low_hz', hz: 5000, sampleRateHz: 8000 },
      'at 8000 Hz there is nothing above 5000 Hz; lower hiss.bandpass_low_hz',
    ],
  ],
  'few-flickers': [
    [
      { made: 1, wanted: 4, minMs: 50 },
      'only 1 of 4 flickers: it has no more hits of at least 50 ms that differ; lower hiss.flicker_count or hiss.flicker_min_ms',
    ],
  ],
  'no-hits': [[{}, 'no hits were detected; lower drum_miner.delta']],
  'hits-too-short': [
    [
      { hits: 7, minLengthSec: 0.05 },
      'all of its 7 hits are shorter than 0.05 s; lower drum_miner.min_length_sec',
    ],
  ],
  'hits-too-quiet': [
    [{ hits: 5, minPeakDb: -40 }, 'all of its 5 hits stay under -40 dBFS; lower drum_miner.min_peak_db'],
  ],
  'too-short-for-room-tone': [[{}, 'it is too short to hold room tone; lower room_tone.length_sec']],
  'no-room-tone': [
    [
      {
        ...{ windows: 90, windowSec: 0.5 },
        refused: [
          { gate: 'too loud', count: 80 },
          { gate: 'crest', count: 10 },
        ],
      },
      'no room tone in 90 windows of 0.5 s (80 too loud, 10 with too much peak over RMS); raise room_tone.max_crest_factor',
    ],
    [
      { windows: 80, windowSec: 0.5, refused: [{ gate: 'too loud', count: 80 }] },
      'no room tone in 80 windows of 0.5 s (80 too loud); state a higher level in room_tone.max_rms_db',
    ],
    [
      { windows: 8, windowSec: 0.5, refused: [{ gate: 'digital silence', count: 8 }] },
      'no room tone in 8 windows of 0.5 s (8 digitally silent); its pauses are empty, so there is nothing to use in them',
    ],
  ],
  'layer-silent': [
    [
      { above: 'a/pads/a.wav', below: 'b/hiss/b.wav' },
      '“a/pads/a.wav” or “b/hiss/b.wav” is silent; remove what is',
    ],
  ],
  'too-short': [
    [
      { milliseconds: 0.125, leastMs: 9.5 },
      'it is only 0.13 ms long, and 9.5 ms is the least to work with; take a longer piece',
    ],
    [
      { milliseconds: 120, leastMs: 250 },
      'it is only 120 ms long, and 250 ms is the least to work with; take a longer piece',
    ],
  ],
  silent: [[{}, 'it is silent from start to end; remove it or check the bounce']],
  'video-without-sound': [[{}, 'it is a video in which no sound is found']],
  'video-needs-ffmpeg': [
    [
      {},
      'it is a video, and its sound is read with ffmpeg, which is not on the PATH; install it, or export the sound as WAV',
    ],
  ],
  'sound-designer': [
    [
      {},
      'it is in Sound Designer II, which keeps its rate and width where only a Mac finds them; convert it to WAV there',
    ],
  ],
  recycle: [
    [{}, 'it is a ReCycle loop, which only programs with that licence open; export it as WAV from one'],
  ],
  dsd: [[{}, 'it is in DSD, which is one bit at some MHz; convert it to WAV at 88.2 kHz']],
  locked: [[{}, 'it is locked to an account (an old purchase); convert it with what you bought it with']],
  'in-icloud': [[{}, 'it is in iCloud and not on this disk; download it in the Finder (Download Now)']],
  'in-cloud': [[{}, 'it is in the cloud and not on this disk; have the sync program keep it on this device']],
  empty: [[{}, 'it is empty; remove it or copy it again']],
  'made-here': [
    [{ what: 'export' }, 'it holds an export of this engine; what the engine made is never mined'],
    [{ what: 'kit' }, 'it holds a kit of this engine; what the engine made is never mined'],
    [{ what: 'selection' }, 'it holds a selection of this engine; what the engine made is never mined'],
    [{ what: 'instruments' }, 'it holds instruments of this engine; what the engine made is never mined'],
  ],
  'in-words': [[{ words: 'its hits were too few' }, 'its hits were too few']],
};

const rows = Object.entries(SAMPLES).flatMap(([code, samples]) =>
  samples.map(([fields, words]) => ({ reason: { code, ...fields } as SkipReason, fields, words })),
);

describe('a reason for which something is not made', () => {
  it.each(rows)('$reason.code: $words', ({ reason, fields, words }) => {
    expect(skipWords(reason)).toBe(words);
    expect(skipDocument(reason)).toEqual({ reason: words, code: reason.code, fields });
    expect(sharedSkipWords([reason, structuredClone(reason)])).toBe(words);
  });

  it('has one sentence, whichever families may have it', () => {
    const tables = FAMILIES.map(({ skipWords }) => Object.entries(skipWords));
    const words = new Map<string, Set<unknown>>();
    for (const [code, say] of tables.flat()) words.set(code, (words.get(code) ?? new Set()).add(say));
    const doubled = [...words].filter(([, ways]) => ways.size > 1).map(([code]) => code);
    expect(doubled).toEqual([]);
  });

  it('stands behind a colon, among other words', () => {
    const odd = rows.filter(({ words }) => !/^[\p{Ll}\d“].*[^.]$/u.test(words));
    expect(odd).toEqual([]);
  });

  it('shared by several gives the least and the most of each figure, as it prints them', () => {
    const short = [0.04, 0.0301, 0.05].map(
      (longestSec) => ({ code: 'regions-too-short', longestSec }) as const,
    );
    expect(sharedSkipWords(short)).toMatch(
      /^the longest stretch to cut grains from is 0\.030–0\.050 s, too short/,
    );
    const alike = [0.0301, 0.0302].map((longestSec) => ({ code: 'regions-too-short', longestSec }) as const);
    expect(sharedSkipWords(alike)).toContain(' is 0.030 s, too short');
    const quiet = [-40, -50].map((minPeakDb) => ({ code: 'hits-too-quiet', hits: 3, minPeakDb }) as const);
    expect(sharedSkipWords(quiet)).toBe(
      'all of its 3 hits stay under -50–-40 dBFS; lower drum_miner.min_peak_db',
    );
  });
});
