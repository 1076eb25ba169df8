import { expect, it } from 'vitest';
import type { SkipReason } from '../../src/engine/skip-reason.ts';
import { memoryPlatform } from '../../src/platform/memory/platform.ts';
import { putBack } from '../../src/studio/inside/export-files.ts';
import { folderWords } from '../../src/studio/page/arriving/folder-words.ts';
import { notMadeReasons } from '../../src/studio/service/not-made.ts';
import { treeOf } from '../../src/studio/service/run-settings.ts';

const skipped = (source: string, hits: number) =>
  ({
    ...{ source, family: 'drum', variant: null },
    reason: { code: 'hits-too-short', hits, minLengthSec: 0.02 },
  }) as unknown as Parameters<typeof notMadeReasons>[0][number];

const wordsOn = (all: readonly ReturnType<typeof skipped>[]) =>
  notMadeReasons(all, []).map(({ words }) => words);

it('a page says why no more was made: each reason once, with its songs, and no name of a setting', () => {
  const silent = { ...skipped('quiet.wav', 0), reason: { code: 'no-hits' } } as ReturnType<typeof skipped>;
  const words = wordsOn([silent, ...[3, 5, 4, 4].map((hits, i) => skipped(`night_drive_${i}.wav`, hits))]);
  expect(words).toEqual([
    'night drive 0, night drive 1, night drive 2 and 1 more, drums: all of its 3–5 hits are shorter than 0.02 s; lower “Shorter hits are skipped, seconds”.',
    'quiet, drums: no hits were detected; lower “How far an onset must stand out above its surroundings, 0 to 1 of the strongest”.',
  ]);
});

it('a page calls settings as its forms do, however deep they lie, and switches yes or no', () => {
  const words = (reason: SkipReason) =>
    wordsOn([{ source: 'a.wav', family: 'cloud', variant: null, reason }])[0];
  expect(words({ code: 'regions-too-short', longestSec: 0.05 })).toMatch(
    /; lower “Shortest grain, milliseconds” or “Highest transposition, semitones”\.$/,
  );
  expect(words({ code: 'too-short-for-a-hit', synthetic: false })).toMatch(
    /set “Add synthetic noise, and fall back to it where a source has none” to yes\.$/,
  );
  expect(words({ code: 'nothing-clean-enough', gates: ['silent', 'max_crest_factor'] })).toMatch(
    /relax “Windows with more peak over RMS than this are skipped”\.$/,
  );
  const layers = { code: 'layer-silent', above: 'kick.wav', below: 'day_2.flac' } as const;
  expect(words(layers)).toContain('“kick.wav” or “day_2.flac” is silent');
});

it('a page is told where the settings of a reason are changed: a phase that reads them, and the song', () => {
  const tasks = [{ source: 'in/quiet.wav', name: 'quiet' }];
  const of = (family: 'cloud' | 'pad', reason: SkipReason, ...sources: string[]) =>
    notMadeReasons(
      sources.map((source) => ({ source, family, variant: null, reason })),
      tasks,
    )[0];
  const short: SkipReason = { code: 'regions-too-short', longestSec: 0.05 };
  // One of them stands in another.
  expect(of('cloud', short, 'in/quiet.wav')).toMatchObject({
    phase: 'make-clouds',
    source: 'quiet',
    settings: [
      { section: 'clouds', key: 'grain_length_min_ms', title: 'Shortest grain, milliseconds' },
      { section: 'clouds', key: 'pitch_shift_range.max', title: 'Highest transposition, semitones' },
    ],
  });
  expect(of('cloud', short, 'in/quiet.wav', 'in/loud.wav').source).toBeNull();
  expect(of('pad', { code: 'silent' }, 'in/quiet.wav')).toMatchObject({ phase: null, settings: [] });
});

it('a key of a setting that stands in another is what config.yaml has', () => {
  const changes = { clouds: { 'pitch_shift_range.max': 5, 'pitch_shift_range.min': -5, grains: 9 } };
  expect(treeOf(changes)).toEqual({ clouds: { pitch_shift_range: { max: 5, min: -5 }, grains: 9 } });
});

it('says what a browser says of a folder as a person would', () => {
  const refused = new DOMException('The request is not allowed by the user agent.', 'NotAllowedError');
  expect(folderWords(refused)).toMatch(/allow it/);
  expect(folderWords(new Error('A sentence.'))).toBe('A sentence.');
});

it('a file that cannot be put back is named, and what to do', async () => {
  const file = { arrayBuffer: () => Promise.reject(new DOMException('An operation that depends on state…')) };
  const putting = putBack(memoryPlatform(), [{ path: 'a/b.wav', file: file as unknown as File }]);
  await expect(putting).rejects.toThrow(/“a\/b.wav” changed meanwhile, or cannot be read; close/);
});
