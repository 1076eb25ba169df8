/** Why textures are no A, as the manifest has it. */
import { expect, it } from 'vitest';
import type { MadeTexture } from '../../src/engine/events.ts';
import { gradeWords, textureDocument } from '../../src/wording/grades.ts';

type Reason = MadeTexture['gradeReasons'][number];
type Of<Code extends Reason['code']> = Omit<Extract<Reason, { readonly code: Code }>, 'code'>;

/** By code: one without a sample does not compile. */
const SAMPLES: { readonly [Code in Reason['code']]: readonly (readonly [Of<Code>, string])[] } = {
  silent: [
    [{ rmsDb: -60.125, leastDb: -60 }, 'silent: -60.1 dB RMS, under -60 dB'],
    [{ rmsDb: null, leastDb: -60 }, 'silent: no level RMS, under -60 dB'],
  ],
  'source-clips': [[{ share: 0.0204, mostShare: 0.01 }, '2.0 % of the source clips there, over 1.0 %']],
  'crest-high': [[{ crestFactor: 20.5, mostCrestFactor: 20 }, 'crest factor 20.5, over 20']],
  'dc-high': [[{ dc: 0.2, mostDc: 0.15 }, 'DC 0.200, over 0.15']],
  'seam-jumps': [[{ medianSteps: 30.04 }, 'seam jumps by 30.0 median steps']],
  'seam-jumps-of-peak': [[{ shareOfPeak: 0.0312 }, 'seam jumps by 3.1 % of the peak']],
  'seam-level-off': [
    [{ levelDb: -4 }, 'level at the seam -4.0 dB'],
    [{ levelDb: 1.55 }, 'level at the seam +1.6 dB'],
  ],
  'seam-flux-high': [[{ flux: 2 }, "seam flux 2.00 of the body's own"]],
  quiet: [[{ rmsDb: -50 }, 'quiet: -50.0 dB RMS']],
  'source-clips-a-little': [[{ share: 0.005 }, '0.5 % of the source clips there']],
  spiky: [[{ crestFactor: 13 }, 'spiky: crest factor 13.0']],
  'some-dc': [[{ dc: 0.02 }, 'DC 0.020']],
  'seam-steps': [[{ medianSteps: 3.5 }, 'seam steps 3.5 times the median']],
  'seam-steps-of-peak': [[{ shareOfPeak: 0.018 }, 'seam steps 1.8 % of the peak']],
  'seam-level': [
    [{ levelDb: 1.2 }, 'seam level +1.2 dB'],
    [{ levelDb: -1.25 }, 'seam level -1.3 dB'],
  ],
  'seam-flux': [[{ flux: 1.08 }, 'seam flux 1.08']],
  landmark: [[{ times: 3.42, db: 4.25 }, 'one event stands out: 3.4 times the usual change, 4.3 dB']],
  'level-swells': [[{ swellDb: 2.04 }, 'level swells by 2.0 dB each round']],
  'pulse-broken': [
    [{ hz: 1.7, errorMs: 234.6 }, 'its pulse of 1.70 Hz comes 235 ms late at the wrap'],
    [{ hz: 2, errorMs: -60 }, 'its pulse of 2.00 Hz comes 60 ms early at the wrap'],
  ],
  'in-words': [[{ words: 'quiet: -50.0 dB RMS; DC 0.020' }, 'quiet: -50.0 dB RMS; DC 0.020']],
};

const rows = Object.entries(SAMPLES).flatMap(([code, samples]) =>
  samples.map(([fields, words]) => [words, { code, ...fields } as Reason] as const),
);

it.each(rows)('%s', (words, reason) => {
  expect(gradeWords([reason])).toBe(words);
});

it('has several one after the other, and none as nothing', () => {
  expect(gradeWords([])).toBe('');
  const two = [{ code: 'quiet', rmsDb: -50 } as const, { code: 'seam-flux', flux: 1.08 } as const];
  expect(gradeWords(two)).toBe('quiet: -50.0 dB RMS; seam flux 1.08');
  const texture = { family: 'pad', path: 'a/x.wav', grade: 'B', durationSec: 2, gradeReasons: two } as const;
  expect(textureDocument(texture)).toEqual({
    ...{ family: 'pad', path: 'a/x.wav', grade: 'B', durationSec: 2 },
    gradeReasons: 'quiet: -50.0 dB RMS; seam flux 1.08',
    gradeCodes: [
      { code: 'quiet', fields: { rmsDb: -50 } },
      { code: 'seam-flux', fields: { flux: 1.08 } },
    ],
  });
});
