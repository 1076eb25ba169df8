/**
 * Pads of a held chord in which one note is struck: they lie beside it where there is room, and there is one where there is none.
 * Of the mix alone: what lasts under the note does not have it (harmonic-pads.test.ts).
 */
import { describe, expect, it } from 'vitest';
import { makePads } from '../../src/families/pads/make.ts';
import { courseSeverity } from '../../src/loops/course.ts';
import { chord, joined, mixed, mono, noise, plucks, RATE } from '../signals.ts';
import { allOf, settingsWith } from './making.ts';

/** A chord held for so many seconds between drumming, a note struck in it. */
function struckSong(seconds: number, struckAt: number): Float32Array {
  const drumming = plucks(
    Array.from({ length: 24 }, (_, i) => i / 8),
    500,
    3 * RATE,
    0.3,
  );
  const note = plucks([struckAt], 880, seconds * RATE, 0.25);
  const held = mixed(chord([45, 57, 60, 64], seconds * RATE), note);
  const music = joined(drumming, held, drumming);
  return mixed(music, noise(music.length, 0.002));
}

const coursesOf = async (seconds: number, struckAt: number) => {
  const settings = settingsWith({
    pad_miner: { min_stability: 0.4 },
    pre_analysis: { separate: 'off' },
  });
  const { textures, skipped } = await allOf(makePads, mono(struckSong(seconds, struckAt)), settings);
  const severities = textures.map(({ loop }) =>
    loop?.kind === 'splice' ? courseSeverity(loop.course) : NaN,
  );
  return { textures, skipped, severities };
};

describe('a struck note in a held chord', () => {
  it('is in no pad where there is room beside it', async () => {
    const { textures, severities } = await coursesOf(11, 4);
    expect(textures.length).toBeGreaterThanOrEqual(2);
    for (const severity of severities) expect(severity).toBeLessThan(1);
    for (const { origin } of textures) expect(origin.startSec > 7 || origin.endSec < 7).toBe(true);
  });

  it('is in one pad where there is no room beside it, and the others are said to be missing for it', async () => {
    const { textures, skipped, severities } = await coursesOf(3.4, 1.7);
    expect(textures).toHaveLength(1);
    expect(textures[0].index).toBe(1);
    expect(severities[0]).toBeGreaterThan(1);
    expect(skipped[0].reason).toMatchObject({ code: 'too-few-pads', made: 1, wanted: 3 });
    expect((skipped[0].reason as { recurring: number }).recurring).toBeGreaterThan(0);
  });
});

describe('a held chord that swells every three seconds, too slowly for a pulse', () => {
  const song = chord([45, 57, 60, 64], 11 * RATE).map(
    (x, n) => x * 10 ** (0.1 * Math.sin((2 * Math.PI * n) / (3 * RATE))),
  );
  const swelling = mono(mixed(song, noise(song.length, 0.002)));
  const padsOf = async (even_swell_db: number) => {
    const { textures } = await allOf(
      makePads,
      swelling,
      settingsWith({ pad_miner: { even_swell_db }, pre_analysis: { separate: 'off' } }),
    );
    return textures.map(({ loop }) => (loop?.kind === 'splice' ? courseSeverity(loop.course) : NaN));
  };

  it('gives even pads, or one where it may not be evened out', async () => {
    const [evened, left] = [await padsOf(8), await padsOf(0)];
    expect(evened.length).toBeGreaterThanOrEqual(2);
    for (const severity of evened) expect(severity).toBeLessThan(1);
    expect(left).toHaveLength(1);
    expect(left[0]).toBeGreaterThan(1);
  });
});
