import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { notMade, skipped as skippedText, summary } from '../../src/cli/summary.ts';
import { defaultSettings } from '../../src/config/defaults.ts';
import type { RunResult } from '../../src/engine/run.ts';
import type { Plan } from '../../src/engine/task.ts';

const TASK = {
  ...{ path: '/p/source_audio/a.wav', source: 'source_audio/a.wav', origin: 'a', name: 'a' },
  ...{ bytes: 1, makers: ['pads' as const], settings: defaultSettings(), seed: 1 },
};
const PLAN: Plan = {
  request: { projectFolder: '/p', settings: defaultSettings(), seed: 1, phases: ['mine-pads'] },
  ...{ exportFolder: '/p/out', seed: 1, syntheticOrigin: '../synthetic', tasks: [TASK] },
  ...{ folders: [], problems: [], unread: [], copied: [], contents: [] },
};
const RESULT: RunResult = {
  ...{ textures: [], dropped: [], protected: [], skipped: [], copied: [], warnings: [] },
  ...{ failed: [], replaced: 0 },
  ...{ upToDate: [], sourcesUpToDate: 0, stale: [] },
  ...{ manifest: '/p/out/manifest.csv', manifestRows: 0, seconds: 1.25, stoppedEarly: null },
};

const texture = (family: 'pad' | 'cloud', grade: string) => ({
  ...{ source: 'a.wav', family, grade, path: 'a/x.wav', gradeReasons: [], durationSec: 2 },
});

/** How many items lists hand out, one by one, while something is done: copying a list takes its length. */
function stepsOf(work: () => unknown): number {
  let steps = 0;
  const own = Array.prototype[Symbol.iterator];
  Array.prototype[Symbol.iterator] = function (this: unknown[]) {
    const items = own.call(this);
    const { next } = items;
    items.next = () => {
      steps++;
      return next.call(items);
    };
    return items;
  };
  try {
    work();
  } finally {
    Array.prototype[Symbol.iterator] = own;
  }
  return steps;
}

describe('summary', () => {
  it('says how many are of the harmonic part of a song', () => {
    const pad = texture('pad', 'A');
    const parts = [{ part: 'whole' }, { part: 'harmonic' }, { part: 'harmonic' }] as const;
    const textures = parts.map((part) => ({ ...pad, ...part }));
    const lines = summary(PLAN, { ...RESULT, textures, manifestRows: 3 }).split('\n');
    expect(lines[2]).toBe('2 of the harmonic part of a song, without its drums');
  });

  it('counts by family and grade', () => {
    const textures = [texture('pad', 'A'), texture('pad', 'A'), texture('pad', 'F'), texture('cloud', 'B')];
    expect(summary(PLAN, { ...RESULT, textures, manifestRows: 9 }).split('\n')).toEqual([
      'made           A     B     F   all',
      'pads           2     0     1     3',
      'clouds         0     1     0     1',
      'together       2     1     1     4',
      '',
      '4 textures in 1.3 s: /p/out (seed 1; manifest.csv lists 9)',
    ]);
  });

  it('says how many textures took the place of earlier ones', () => {
    const textures = [texture('pad', 'A'), texture('pad', 'A')];
    expect(summary(PLAN, { ...RESULT, textures, replaced: 1, manifestRows: 2 })).toMatch(
      /^2 textures in 1\.3 s, 1 in place of an earlier one: \/p\/out \(/m,
    );
    expect(summary(PLAN, { ...RESULT, textures, replaced: 2, manifestRows: 2 })).toMatch(
      /^2 textures in 1\.3 s, 2 in place of earlier ones: /m,
    );
  });

  it('says that all is up to date where it is, and how much beside what was made', () => {
    const upToDate = [texture('pad', 'A'), texture('cloud', 'B')];
    const unchanged = summary(PLAN, { ...RESULT, upToDate, sourcesUpToDate: 1, manifestRows: 2 });
    expect(unchanged.split('\n')).toEqual([
      'Nothing to make: 2 textures of 1 source are up to date (--force makes them again).',
      '',
      'Looked through in 1.3 s: /p/out (manifest.csv lists 2)',
    ]);
    const textures = [texture('pad', 'A')];
    expect(summary(PLAN, { ...RESULT, textures, upToDate, manifestRows: 3 })).toMatch(
      /^1 texture in 1\.3 s, 2 up to date: \/p\/out \(/m,
    );
  });

  it('tells of stale textures by what becomes of them', () => {
    const gone = { path: 'b/x.wav', source: 'drums/b.wav', why: 'source-gone' as const };
    const unasked = { path: 'a/y.wav', source: 'a.wav', why: 'not-asked' as const };
    const told = (outcome: 'left' | 'removed' | 'changed' | 'starred') =>
      summary(PLAN, { ...RESULT, stale: [gone, unasked].map((stale) => ({ ...stale, outcome })) });
    expect(told('left')).toContain(
      'no longer asked for (--prune removes them)\n  b/x.wav: drums/b.wav is gone\n  a/y.wav',
    );
    expect(told('removed')).toContain('removed, since nothing asks for them any more\n  b/x.wav');
    for (const outcome of ['changed', 'starred'] as const) {
      expect(told(outcome)).toContain(
        'no longer asked for, but kept, starred, noted, named or changed by somebody, and so left\n  b/x.wav',
      );
    }
  });

  it('tells what is odd about sources that were read, each once', () => {
    const notice = { code: 'odd-file', sentence: '“a.wav” is cut short' } as const;
    const cut = { source: 'a.wav', notice };
    const general = { source: null, notice: { code: 'cache-not-written', sentence: 'No.' } as const };
    expect(
      summary(PLAN, { ...RESULT, warnings: [cut, general, cut] })
        .split('\n')
        .slice(2),
    ).toEqual(['read, but', '  a.wav: “a.wav” is cut short']);
  });

  it('tells of textures that were left as they are, and what would make new ones', () => {
    const left = { source: 'a.wav', path: 'a/pads/x.wav', why: 'starred' as const };
    expect(summary(PLAN, { ...RESULT, protected: [{ ...left, beside: null }] })).toContain(
      'left as they are (--beside puts new ones beside them, --force replaces them)\n  a/pads/x.wav: starred',
    );
    expect(summary(PLAN, { ...RESULT, protected: [{ ...left, beside: 'a/pads/x_new.wav' }] })).toContain(
      'left as they are (--force replaces them)\n  a/pads/x.wav: starred; the new one is a/pads/x_new.wav',
    );
  });

  it('shows paths from where the user stands, and counts one as one', () => {
    const plan = { ...PLAN, exportFolder: resolve('export/tr8s') };
    const result = { ...RESULT, textures: [texture('pad', 'A')], manifestRows: 1 };
    expect(summary(plan, result)).toMatch(/^1 texture in 1\.3 s: export\/tr8s \(/m);
    const manifest = resolve('export/tr8s/manifest.csv');
    expect(summary(plan, { ...result, manifest, stoppedEarly: 'interrupted' })).toContain(
      'and export/tr8s/manifest.csv lists it',
    );
  });

  it('groups reasons that differ in their figures alone, and gives the figures from least to most', () => {
    const short = { code: 'too-short-for-pads', wanted: 3, fromHarmonic: null } as const;
    const [plain, harmonic] = [{ separate: 'off' }, { separate: 'harmonic' }] as const;
    const about = { family: 'pad', variant: null } as const;
    const skipped = [
      { source: 'a.wav', ...about, reason: { ...short, ...plain, made: 2, seconds: 2 } },
      { source: 'b.wav', ...about, reason: { ...short, ...plain, made: 1, seconds: 4.5 } },
      { source: 'c.wav', ...about, reason: { ...short, ...harmonic, made: 1, seconds: 2 } },
    ];
    const because =
      'it is shorter than a pad and its crossfade; ask for shorter pads in pad_miner.target_durations_sec';
    expect(notMade({ ...RESULT, skipped }).split('\n')).toEqual([
      'not made',
      `  2× pads: only 1–2 of 3 pads of 2–4.5 s: ${because} (a.wav, b.wav)`,
      `  pads: only 1 of 3 pads of 2 s from its harmonic part: ${because} (c.wav)`,
    ]);
  });

  it('tells what is about different things apart, though it has the same words for them but for names', () => {
    const reasons = [1, 2].map(
      (n) => ({ code: 'layer-silent', above: `a/pad_0${n}.wav`, below: 'a/b.wav' }) as const,
    );
    const skipped = reasons.map((reason) => ({
      source: 'a',
      family: 'dust' as const,
      variant: 'warm',
      reason,
    }));
    expect(
      notMade({ ...RESULT, skipped })
        .split('\n')
        .slice(1),
    ).toEqual([
      '  dust warm: “a/pad_01.wav” or “a/b.wav” is silent; remove what is (a)',
      '  dust warm: “a/pad_02.wav” or “a/b.wav” is silent; remove what is (a)',
    ]);
  });

  it('takes twice as many steps for twice as many, not four times', () => {
    const stepsFor = (count: number) => {
      const skipped = Array.from({ length: count }, (_, i) => ({
        ...{ source: `${i}.wav`, family: 'drum' as const, variant: null },
        reason: { code: 'hits-too-quiet', hits: i, minPeakDb: -40 } as const,
      }));
      return stepsOf(() => notMade({ ...RESULT, skipped }));
    };
    const [some, twice] = [stepsFor(400), stepsFor(800)];
    expect(some).toBeGreaterThan(400);
    expect(twice).toBeLessThan(2.2 * some);
  });

  it('names each source that is skipped as a whole, by reason', () => {
    const skipped = [...'abcde', 'silent'].map((name) => ({
      ...{ source: `${name}.sd2`, family: null, variant: null },
      reason: { code: name === 'silent' ? 'silent' : 'sound-designer' } as const,
    }));
    const [title, alike, silent] = skippedText({ ...RESULT, skipped }).split('\n');
    expect(title).toBe('skipped');
    expect(alike).toMatch(/^ {2}a\.sd2, b\.sd2, c\.sd2, d\.sd2, e\.sd2: it is in Sound Designer II, /);
    expect(silent).toMatch(/^ {2}silent\.sd2: it is silent /);
  });

  it('names the variants that one reason is about', () => {
    const reason = { code: 'colour-empty', setting: 'airy_highpass_hz', hz: 6000 } as const;
    const variants = ['airy', 'airy_stretch1.5x', 'airy_stretch2.0x'];
    const skipped = ['a.wav', 'b.wav'].flatMap((source) =>
      variants.map((variant) => ({ source, family: 'pad' as const, variant, reason })),
    );
    expect(summary(PLAN, { ...RESULT, skipped })).toContain(
      'not made\n  6× pads airy, airy_stretch1.5x, airy_stretch2.0x: nothing sounds above 6000 Hz; lower drones.airy_highpass_hz (a.wav, b.wav)',
    );
  });

  it('says of each failure what to do, on one line', () => {
    const failed = [{ source: 'two\nlines.wav', code: 'malformed-file', message: 'It is empty; remove it.' }];
    expect(summary(PLAN, { ...RESULT, failed })).toContain(
      'failed\n  two\\nlines.wav: It is empty; remove it.',
    );
  });

  it('lists a dozen and counts the rest', () => {
    const failed = Array.from({ length: 20 }, (_, i) => ({ source: `${i}.wav`, code: 'x', message: 'no.' }));
    const text = summary(PLAN, { ...RESULT, failed });
    expect(text).toContain('  11.wav: no.\n  and 8 more; --json has them all');
    expect(text).not.toContain('12.wav');
  });

  it.each([
    [{ exists: false, sources: 0, unread: 0, others: 0 }, /no such folder; make it, or set paths\.drums_dir/],
    [{ exists: true, sources: 0, unread: 0, others: 0 }, /empty; put sounds there/],
    [{ exists: true, sources: 0, unread: 0, others: 4 }, /no sounds, 4 other files/],
    [{ exists: true, sources: 0, unread: 2, others: 4 }, /2 sounds, none of which can be read/],
    [{ exists: true, sources: 3, unread: 0, others: 0 }, /3 sounds, none of which matches --only/],
  ])('explains that there was nothing: %j', (folder, expected) => {
    const folders = [{ key: 'drums_dir' as const, path: '/p/drums', ...folder }];
    expect(summary({ ...PLAN, tasks: [], folders }, RESULT)).toMatch(expected);
  });

  it.each([
    ['interrupted', /^Interrupted after 1\.3 s(.*)\.$/m],
    ['strict', /--strict\) after 1\.3 s(.*)\.$/m],
    ['export-failed', /nothing more could be written(.*)\.$/m],
  ] as const)(
    'says why it stopped early, and of what was made only where something was: %s',
    (stoppedEarly, expected) => {
      const textures = [texture('pad', 'A')];
      const kept = '; what was made is kept, and /p/out/manifest.csv lists it';
      expect(expected.exec(summary(PLAN, { ...RESULT, textures, stoppedEarly }))![1]).toBe(kept);
      expect(expected.exec(summary(PLAN, { ...RESULT, stoppedEarly }))![1]).toBe(', and nothing was made');
    },
  );
});
