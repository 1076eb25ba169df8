import { describe, expect, it } from 'vitest';
import { tonalityOf } from '../../src/analysis/tonality.ts';
import { chord, mixed, mono, noise, noteHz, RATE, sine, sines } from '../signals.ts';

const heard = (notes: readonly number[], cents = 0) =>
  tonalityOf(mono(chord([...notes], 2 * RATE, 0.3, RATE, cents)), true);

describe('tonalityOf', () => {
  it.each([
    ['C major', [48, 60, 64, 67], 0, 'maj'],
    ['A minor', [57, 60, 64], 9, 'min'],
    ['A minor over C', [60, 64, 69], 9, 'min'],
    ['C major over E', [52, 60, 64, 67], 0, 'maj'],
    ['G 7', [43, 59, 62, 65], 7, null],
    ['D minor 9', [38, 53, 57, 60, 64], 2, null],
    ['F major 7', [53, 57, 60, 64], 5, null],
    ['E alone', [52], 4, null],
  ] as const)('hears the root of %s', (_name, notes, root, mode) => {
    const found = heard(notes);
    expect(found.root!.note % 12).toBe(root);
    expect(found.root!.confidence).toBeGreaterThanOrEqual(0.2);
    if (mode) expect(found.key).toMatchObject({ tonic: root, mode });
    // A key that another note is the tonic of is left out.
    else expect(found.key?.tonic ?? root).toBe(root);
  });

  it.each([-45, -30, -15, 15, 30, 45])('hears it %i cents off, and says how far', (cents) => {
    for (const notes of [
      [57, 60, 64],
      [43, 59, 62, 65],
      [52, 60, 64, 67],
    ]) {
      const { root } = heard(notes, cents);
      const right = notes[0] === 52 ? 60 : notes[0];
      expect(Math.abs(100 * (root!.note - right) + root!.cents - cents)).toBeLessThan(6);
    }
  });

  it('names root and key alike where tuning lies between two notes', () => {
    for (const cents of [47, 49, 51, 53]) {
      const { root, key } = heard([57, 60, 64], cents);
      expect(key!.tonic).toBe(root!.note % 12);
    }
  });

  it('says nothing of noise, clusters and silence', () => {
    const cluster = mono(chord([60, 61, 62, 63, 64, 65], 2 * RATE));
    const silence = mono(new Float32Array(RATE));
    for (const sound of [mono(noise(2 * RATE, 0.3)), silence, mono(sine(440, 500))]) {
      expect(tonalityOf(sound, true)).toEqual({ root: null, key: null });
    }
    expect(tonalityOf(cluster, true).root).toBeNull();
  });

  it('hears a chord under noise', () => {
    const samples = mixed(chord([48, 60, 64, 67], 2 * RATE, 0.3), noise(2 * RATE, 0.03));
    expect(tonalityOf(mono(samples), true).root!.note % 12).toBe(0);
  });

  it('says nothing of overtones that are faint residue under a hiss', () => {
    // A chord 60 dB under a hiss above 5 kHz: what a high-pass leaves of a hum.
    const hiss = sines(
      Array.from({ length: 40 }, (_, n) => 6000 + 223 * n),
      2 * RATE,
      0.02,
    );
    const residue = chord([71, 75, 78], 2 * RATE, 0.0005);
    expect(tonalityOf(mono(residue), true).root!.note).toBe(71);
    expect(tonalityOf(mono(mixed(residue, hiss)), true)).toEqual({ root: null, key: null });
  });

  it('keeps a root whose fundamental is faint beside its overtones', () => {
    const overtones = sines(
      [2, 3, 4, 5].map((harmonic) => harmonic * noteHz(48)),
      2 * RATE,
      0.1,
    );
    const faint = sine(noteHz(48), 2 * RATE, 0.006);
    expect(tonalityOf(mono(mixed(overtones, faint)), true).root?.note).toBe(48);
  });

  it('is no key of what sounds once and is over', () => {
    const once = mono(chord([57, 60, 64], RATE / 2));
    expect(tonalityOf(once, false).key).toBeNull();
    expect(tonalityOf(once, true).key).not.toBeNull();
  });
});
