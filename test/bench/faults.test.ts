/**
 * The sound bench's own test: deliberate faults turn the figures for them red, and no others. The bench is plain
 * JavaScript without types, so it is imported by address.
 */
import { describe, expect, it } from 'vitest';

interface Line {
  readonly figure: string;
  readonly value: number;
  readonly verdict: string;
}

const address = new URL('../../bench/sound/', import.meta.url).href;
const { faultLines } = await import(`${address}known/faults.mjs`);
const { cloudControlLines } = await import(`${address}known/clouds.mjs`);
const { knownControlLines } = await import(`${address}known/control.mjs`);

describe('the sound bench', () => {
  it('finds each fault where it is, and only there', async () => {
    const lines: Line[] = await faultLines();
    expect(lines.filter(({ figure }) => figure.includes('turn red')).length).toBeGreaterThanOrEqual(6);
    expect(lines.filter(({ verdict }) => verdict === 'MISS')).toEqual([]);
  });

  it('fails clouds of short random grains, and white noise', () => {
    const lines: Line[] = cloudControlLines();
    expect(lines.map(({ verdict }) => verdict)).toEqual(['ok', 'ok', 'ok']);
  });

  it('fails loops closed as the Python program closes them', () => {
    const lines: Line[] = knownControlLines();
    expect(lines.map(({ value }) => value)).toEqual(lines.map(() => 100));
  });
});
