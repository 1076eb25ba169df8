import { describe, expect, it } from 'vitest';
import { triangularBands } from '../../src/dsp/bands.ts';

/** Weight of every bin in every band. */
function weights(edges: readonly number[], lastBin: number): number[][] {
  const bank = triangularBands(edges, lastBin);
  const bins = Array.from({ length: lastBin + 1 }, (_, bin) => {
    const bands = new Float32Array(bank.bandCount);
    bank.apply(
      Float32Array.from({ length: lastBin + 1 }, (_, other) => Number(other === bin)),
      bands,
    );
    return [...bands];
  });
  return Array.from({ length: bank.bandCount }, (_, band) => bins.map((bands) => bands[band]));
}

describe('triangularBands', () => {
  it('rises from one edge to the next and falls to the one after', () => {
    expect(weights([0, 2, 4, 8], 9)).toEqual([
      [0, 0.5, 1, 0.5, 0, 0, 0, 0, 0, 0],
      [0, 0, 0, 0.5, 1, 0.75, 0.5, 0.25, 0, 0],
    ]);
    expect(weights([0.5, 2.5, 4.5], 5)).toEqual([[0, 0.25, 0.75, 0.75, 0.25, 0]]);
  });

  it('leaves no band empty, however narrow, and none beyond the last bin', () => {
    expect(weights([2.1, 2.2, 2.3, 2.9], 4)).toEqual([
      [0, 0, 1, 0, 0],
      [0, 0, 1, 0, 0],
    ]);
    expect(weights([2, 4, 9], 4)).toEqual([[0, 0, 0, 0.5, 1]]);
    expect(triangularBands([1, 2], 4).bandCount).toBe(0);
  });

  it('fills from the offset on', () => {
    const bands = new Float32Array(4);
    triangularBands([0, 1, 2], 2).apply(Float32Array.of(1, 3, 1), bands, 2);
    expect([...bands]).toEqual([0, 0, 3, 0]);
  });
});
