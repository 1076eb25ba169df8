import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../src/config/defaults.ts';
import type { Figures } from '../../src/curation/figures.ts';
import { gradeTexture } from '../../src/curation/grade.ts';
import { gradeWords } from '../../src/wording/grades.ts';

const THRESHOLDS = defaultSettings().curation.thresholds;
const SEAM = { step: 1, stepOfPeak: 0.005, levelDb: 0.2, flux: 0.7 };
const GOOD: Figures = {
  durationSec: 2,
  rmsDb: -18,
  peak: 0.88,
  crestFactor: 5,
  lufs: -18,
  truePeakDb: -1,
  dcOffset: 1e-6,
  centroidHz: 900,
  estimatedHz: 220,
  clippedShare: 0,
  sourceDistance: null,
  seam: SEAM,
  course: { landmark: { times: 1.8, db: 2.5 }, swellDb: 0.7 },
  pulse: null,
};

const EVENT = { landmark: { times: 2.8, db: 2.8 }, swellDb: 0.7 };
const SWELL = { landmark: { times: 1.8, db: 2.5 }, swellDb: 1.4 };

it('gives a loop over a clear pulse no A unless it holds whole periods', () => {
  expect(grade({ pulse: { hz: 2, depthDb: 8, errorMs: 19 } }).grade).toBe('A');
  const broken = grade({ pulse: { hz: 2, depthDb: 8, errorMs: -60 } });
  expect(broken.grade).toBe('B');
  expect(gradeWords(broken.reasons)).toMatch(/60 ms early/);
});

function grade(other: Partial<Figures>) {
  return gradeTexture({ ...GOOD, ...other }, THRESHOLDS);
}

describe('gradeTexture', () => {
  it('gives an A, without a word, to what is comfortably inside', () => {
    expect(grade({})).toEqual({ grade: 'A', reasons: [] });
    expect(grade({ seam: null })).toEqual({ grade: 'A', reasons: [] });
  });

  it.each<[string, Partial<Figures>, RegExp]>([
    ['silence', { rmsDb: Number.NEGATIVE_INFINITY, crestFactor: 0 }, /^silent: no level RMS, under -60 dB$/],
    ['no frames at all', { rmsDb: Number.NaN }, /^silent/],
    ['a whisper', { rmsDb: -60.1 }, /^silent: -60\.1 dB RMS/],
    ['a clipped source', { clippedShare: 0.02 }, /^2\.0 % of the source clips there, over 1\.0 %$/],
    ['a spike', { crestFactor: 20.5 }, /^crest factor 20\.5, over 20$/],
    ['DC', { dcOffset: 0.2 }, /^DC 0\.200, over 0\.15$/],
    ['a click', { seam: { ...SEAM, step: 30 } }, /seam jumps by 30\.0/],
    ['a dip', { seam: { ...SEAM, levelDb: -4 } }, /-4\.0 dB/],
    ['a change of timbre', { seam: { ...SEAM, flux: 2 } }, /flux 2\.00/],
  ])('gives an F to %s and says so', (_, other, reason) => {
    const verdict = grade(other);
    expect(verdict.grade).toBe('F');
    expect(verdict.reasons).toHaveLength(1);
    expect(gradeWords(verdict.reasons)).toMatch(reason);
  });

  it.each<[string, Partial<Figures>, RegExp]>([
    ['quiet', { rmsDb: -50 }, /^quiet: -50\.0 dB RMS$/],
    ['a little clipping', { clippedShare: 0.005 }, /^0\.5 % of the source clips there$/],
    ['spikes', { crestFactor: 13 }, /^spiky: crest factor 13\.0$/],
    ['some DC', { dcOffset: 0.02 }, /^DC 0\.020$/],
    ['a seam that steps', { seam: { ...SEAM, step: 3.5 } }, /^seam steps 3\.5 times the median$/],
    ['a seam that steps far', { seam: { ...SEAM, stepOfPeak: 0.018 } }, /^seam steps 1\.8 % of the peak$/],
    ['a seam with a bump', { seam: { ...SEAM, levelDb: 1.2 } }, /^seam level \+1\.2 dB$/],
    ['a seam that changes', { seam: { ...SEAM, flux: 1.08 } }, /^seam flux 1\.08$/],
    ['an event', { course: EVENT }, /^one event stands out: 2\.8 times the usual change, 2\.8 dB$/],
    ['a swell', { course: SWELL }, /^level swells by 1\.4 dB each round$/],
  ])('gives a B to %s and says so', (_, other, reason) => {
    const verdict = grade(other);
    expect(verdict.grade).toBe('B');
    expect(verdict.reasons).toHaveLength(1);
    expect(gradeWords(verdict.reasons)).toMatch(reason);
  });

  it('minds no event and no swell in what may move, nor an event that is small or one of many', () => {
    const course = { landmark: { times: 5, db: 9 }, swellDb: 6 };
    expect(gradeTexture({ ...GOOD, course }, THRESHOLDS, true).grade).toBe('A');
    for (const landmark of [
      { times: 9, db: 2.6 },
      { times: 2.6, db: 9 },
    ]) {
      expect(grade({ course: { landmark, swellDb: 0 } }).grade).toBe('A');
    }
  });

  it('names every fault at once', () => {
    expect(grade({ crestFactor: 25, dcOffset: 0.3, seam: { ...SEAM, flux: 3 } }).reasons).toHaveLength(3);
  });
});
