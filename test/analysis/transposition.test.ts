import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { semitonesToKey } from '../../src/analysis/transposition.ts';

const key = (tonic: number, mode: 'maj' | 'min', confidence = 0.9) => ({ tonic, mode, confidence });

describe('semitonesToKey', () => {
  it.each([
    ['A minor to C major: the same notes', key(9, 'min'), 'C maj', 0],
    ['A minor to D minor', key(9, 'min'), 'Dm', 5],
    ['C to G, the short way', key(0, 'maj'), 'G', -5],
    ['C to F sharp, as far as it gets', key(0, 'maj'), 'F# maj', -6],
    ['E flat to C', key(3, 'maj'), 'C', -3],
  ])('%s', (_, from, target, semitones) => {
    expect(semitonesToKey(from, target)).toBe(semitones);
  });

  it('moves nothing without a target, a key, or faith in it', () => {
    expect(semitonesToKey(key(0, 'maj'), null)).toBe(0);
    expect(semitonesToKey(null, 'D maj')).toBe(0);
    expect(semitonesToKey(key(0, 'maj', 0.1), 'D maj')).toBe(0);
  });

  it('lands on the notes of the target', () => {
    fc.assert(
      fc.property(fc.nat(11), fc.constantFrom('maj' as const, 'min' as const), (tonic, mode) => {
        const moved = tonic + semitonesToKey(key(tonic, mode), 'D maj');
        const major = mode === 'maj' ? moved : moved + 3;
        return (((major - 2) % 12) + 12) % 12 === 0;
      }),
    );
  });
});
