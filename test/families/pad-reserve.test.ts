import { expect, it } from 'vitest';
import { Reserve } from '../../src/families/pads/reserve.ts';
import { startMining } from '../../src/families/pads/shortfall.ts';
import type { Texture } from '../../src/families/texture.ts';
import { mono, RATE } from '../signals.ts';

const courseOf = (swellDb: number) => ({ landmark: { times: 1, db: 0 }, swellDb });
/** A pad whose level swells by so many dB a round. */
const swelling = (swellDb: number): Texture => ({
  family: 'pad',
  naming: 'pad',
  index: 0,
  variant: '',
  sound: mono(new Float32Array(RATE)),
  loop: {
    kind: 'splice',
    crossfade: { start: 0, length: 0 },
    seam: { step: 1, stepOfPeak: 0, levelDb: 0, flux: 0 },
    course: courseOf(swellDb),
    pulse: null,
  },
  origin: { startSec: 0, endSec: 1 },
  stability: 1,
  targetPeakDb: -1,
});

it('a reserve gives the least striking pad, which counts as made where it was mined', () => {
  const reserve = new Reserve();
  expect([...reserve.release()]).toEqual([]);
  const [whole, harmonic] = [startMining(), startMining()];
  const closed = (swellDb: number) => ({
    texture: swelling(swellDb),
    course: courseOf(swellDb),
    stretch: { start: 0, length: RATE },
  });
  for (const [swellDb, part] of [
    [4, whole],
    [2, harmonic],
    [3, whole],
  ] as const) {
    part.recurring++;
    reserve.add(closed(swellDb), part);
  }
  // Foreseen to be better than all of them, but it does not close.
  whole.recurring++;
  reserve.postpone({ severity: 1.1, close: () => 'audible' }, whole);
  const [pad, ...others] = reserve.release();
  expect(others).toEqual([]);
  expect(pad.loop).toMatchObject({ course: { swellDb: 2 } });
  expect([harmonic.made, harmonic.recurring, whole.made, whole.recurring]).toEqual([1, 0, 0, 2]);
  expect(whole.audible).toBe(1);
});
