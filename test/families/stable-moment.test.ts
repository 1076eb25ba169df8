import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../src/config/defaults.ts';
import { stableMoment } from '../../src/families/shared/stable-moment.ts';
import { chord, faded, joined, mono, noise, plucks, RATE } from '../signals.ts';
import { materialOf } from './making.ts';
import { A_MINOR } from './tonal.ts';

const { pre_analysis: gates } = defaultSettings();

describe('stillMoment', () => {
  it('finds the held chord between plucks and a fade', async () => {
    const busy = plucks([0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.25, 2.5, 2.75], 440, 3 * RATE, 0.4);
    const held = chord(A_MINOR, 4 * RATE, 0.4);
    const source = joined(busy, held, faded(chord(A_MINOR, 4 * RATE, 0.4), -50));
    const { analysis } = await materialOf(mono(source));
    const moment = stableMoment(analysis, gates, 2 * RATE);
    expect(moment.length).toBe(2 * RATE);
    expect(moment.start).toBeGreaterThanOrEqual(2.9 * RATE);
    expect(moment.start + moment.length).toBeLessThanOrEqual(7.6 * RATE);
    expect(moment.stability).toBeGreaterThan(0.6);
  });

  it('takes no still tail far below the rest', async () => {
    const loud = chord(A_MINOR, 4 * RATE, 0.4).map((x, n) => x * (1 + 0.3 * Math.sin(n / 9000)));
    const tail = chord([57], 4 * RATE, 0.02);
    const { analysis } = await materialOf(mono(joined(loud, tail)));
    const moment = stableMoment(analysis, { ...gates, min_rms_db: -80 }, 2 * RATE);
    expect(moment.start).toBeLessThan(4 * RATE);
  });

  it('gives what there is of a short source, and of one that every gate refuses', async () => {
    const short = await materialOf(mono(chord(A_MINOR, RATE / 2)));
    expect(stableMoment(short.analysis, gates, 2 * RATE)).toMatchObject({ start: 0, length: RATE / 2 });
    const quiet = await materialOf(mono(noise(3 * RATE, 0.0005)));
    expect(stableMoment(quiet.analysis, gates, 2 * RATE).length).toBe(2 * RATE);
  });
});
