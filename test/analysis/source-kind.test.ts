import { expect, it } from 'vitest';
import { analyse } from '../../src/analysis/analyse.ts';
import { kindFigures } from '../../src/analysis/kind-figures.ts';
import { estimateSourceKind } from '../../src/analysis/source-kind.ts';
import { kindReason } from '../../src/analysis/source-kind-reason.ts';
import { soundReader } from '../../src/dsp/sound.ts';
import { SOURCE_KINDS, type SourceKind } from '../../src/settings/source-kinds.ts';
import { routeWords } from '../../src/wording/routes.ts';
import { hat, kick, snare } from '../families/drumming.ts';
import { drumLoop, heldChord, rain, song, speech } from '../kinds.ts';
import { joined, mono, RATE, sine } from '../signals.ts';

async function heard(samples: Float32Array, seconds = samples.length / RATE) {
  const analysis = await analyse(soundReader(mono(samples)));
  const figures = kindFigures([analysis], seconds);
  const facts = { seconds, onsets: analysis.onsets.length, analysedSec: samples.length / RATE, bpm: null };
  const { kind, confidence } = estimateSourceKind(figures);
  return { kind, confidence, figures, reason: kindReason(kind, facts, figures) };
}

const silence = (seconds: number) => new Float32Array(Math.round(seconds * RATE));

it.each<[string, SourceKind, Float32Array]>([
  ['a song', 'song', song()],
  ['a held chord', 'tonal', heldChord()],
  ['a long drone', 'tonal', sine(110, 40 * RATE, 0.3)],
  ['a drum loop', 'drum_loop', drumLoop()],
  ['eight bars of drums', 'drum_loop', drumLoop(8)],
  ['a kick', 'hit', kick()],
  ['a snare with silence after it', 'hit', joined(snare(), silence(1))],
  ['a hat', 'hit', hat()],
  ['rain', 'noise', rain()],
  ['a minute of rain', 'noise', rain(50)],
  ['speech', 'speech', speech()],
  ['more speech', 'speech', speech(15)],
])('takes %s for %s', async (_, kind, samples) => {
  const one = await heard(samples);
  expect([one.kind, one.confidence > 0.5, one.reason]).toEqual([
    kind,
    true,
    expect.objectContaining({ code: expect.any(String) }),
  ]);
});

it.each<[SourceKind, Float32Array]>([
  ['drum_loop', drumLoop()],
  ['speech', speech()],
  ['tonal', heldChord()],
])('does not mind how loud a %s is', async (kind, samples) => {
  expect(await heard(samples.map((value) => 0.02 * value))).toMatchObject({ kind });
});

it('says why', async () => {
  const words = async (...args: Parameters<typeof heard>) => routeWords((await heard(...args)).reason);
  expect(await words(kick())).toMatch(/^one attack, died down within 0\.\d+ s$/);
  expect(await words(drumLoop())).toMatch(/^struck and not held, [34]\.\d attacks a second$/);
  expect(await words(song(), 200)).toMatch(/^3 min 20 s of changing sound, /);
});

it.each(SOURCE_KINDS)('has a reason of its own for %s, with a number for each figure', async (kind) => {
  const { figures } = await heard(speech(2));
  const facts = { seconds: 2, onsets: 5, analysedSec: 2, bpm: 119.6 };
  const { code, ...fields } = kindReason(kind, facts, figures);
  expect(SOURCE_KINDS.filter((other) => kindReason(other, facts, figures).code === code)).toEqual([kind]);
  expect(Object.values(fields).every(Number.isFinite)).toBe(true);
});
