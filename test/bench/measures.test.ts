/** What the bench measures with its own arithmetic, on signals whose truth is known. */
import { describe, expect, it } from 'vitest';

const address = new URL('../../bench/sound/', import.meta.url).href;
const { truePeakDb } = await import(`${address}true-peak.mjs`);
const { loudnessOf } = await import(`${address}loudness.mjs`);
const { seamFigures, figuresAtPlaces, passesSeam } = await import(`${address}seam-figures.mjs`);
const { tremolo } = await import(`${address}modulation-lines.mjs`);
const { samplerFaults } = await import(`${address}file-lines.mjs`);
const { RATE, chord, tones } = await import(`${address}known/signals.mjs`);

describe('true peak', () => {
  it('finds the peak between samples: a sine at a quarter of the rate, 45 degrees off, is 3 dB over its samples', () => {
    const sine = tones([{ hz: RATE / 4, amplitude: 0.5, phase: Math.PI / 4 }], RATE);
    expect(truePeakDb([sine], true)).toBeCloseTo(20 * Math.log10(0.5), 1);
  });
});

describe('loudness', () => {
  it('of a sine of 997 Hz in one channel is its level less 3.01 dB, as the standard says', () => {
    const sine = tones([{ hz: 997, amplitude: 1 }], 4 * RATE);
    expect(loudnessOf([sine], RATE, false)).toBeCloseTo(-3.01, 1);
    expect(loudnessOf([sine, sine], RATE, false)).toBeCloseTo(0, 1);
  });

  it('of a loop does not depend on where it begins', () => {
    const loop = chord([45, 52], RATE / 5).map((x: number, n: number) => (n < 4000 ? x : 0.1 * x));
    const turned = Float32Array.from(loop, (_, n) => loop[(n + 3000) % loop.length]);
    expect(loudnessOf([turned], RATE, true)).toBeCloseTo(loudnessOf([loop], RATE, true), 1);
  });
});

describe('seam figures', () => {
  // Cosines: where they are cut neighbouring samples lie close together.
  const whole = tones(
    [200, 310].map((hz) => ({ hz, phase: Math.PI / 2 })),
    RATE,
  );

  it('pass for a loop of whole periods and fail where it is cut between them', () => {
    expect(passesSeam(seamFigures([whole], RATE))).toBe(true);
    expect(passesSeam(seamFigures([whole.subarray(0, RATE - 100)], RATE))).toBe(false);
  });

  it('find a wrong cut from any other place of the loop too', () => {
    const cut = whole.subarray(0, RATE - 100);
    const turn = 12_345;
    const turned = Float32Array.from(cut, (_, n) => cut[(n + turn) % cut.length]);
    const [moved] = figuresAtPlaces([turned], RATE, [cut.length - turn]);
    const own = seamFigures([cut], RATE);
    expect(moved.step).toBeCloseTo(own.step, 3);
    expect(moved.levelDb).toBeCloseTo(own.levelDb, 3);
    expect(moved.flux).toBeGreaterThan(1.1);
  });
});

describe('tremolo', () => {
  const wavering = (cycles: number) =>
    tones([{ hz: 2000 }], 2 * RATE).map(
      (x: number, n: number) => x * (0.7 + 0.3 * Math.cos((2 * Math.PI * cycles * n) / 2 / RATE)),
    );

  it('is pure with whole cycles, at its depth', () => {
    const { purityDb, depth } = tremolo([wavering(6)], RATE, 6);
    expect(purityDb).toBeGreaterThan(30);
    expect(depth).toBeCloseTo(0.6, 2);
  });

  it('is not with half a cycle too many', () => {
    expect(tremolo([wavering(6.5)], RATE, 6).purityDb).toBeLessThan(6);
  });
});

describe('sampler facts', () => {
  const row = { root_note: 'A4', root_cents: '0' };
  const texture = { loops: true, row, sourcePath: '' };
  const words = (end: number) => {
    const smpl = Buffer.alloc(60);
    const values = { 2: 22_676, 3: 69, 7: 1, 12: end };
    for (const [index, value] of Object.entries(values)) smpl.writeUInt32LE(value, 4 * Number(index));
    return new Map([
      ['smpl', smpl],
      ['LIST', Buffer.from('INFOISFTafterglow-engine')],
    ]);
  };

  it('are right with an inclusive end and wrong with one past it', () => {
    expect(samplerFaults(words(999), texture, 1000, RATE)).toEqual([]);
    expect(samplerFaults(words(1000), texture, 1000, RATE)).toEqual(['loop end']);
  });
});
