import { describe, expect, it } from 'vitest';
import { drawProgress } from '../../src/cli/progress.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import { defaultSettings } from '../../src/config/defaults.ts';
import type { RunEvent } from '../../src/engine/events.ts';
import type { Task } from '../../src/engine/task.ts';

const SOURCE = 'pad_sources/a.wav';
const TASK: Task = {
  ...{ path: '/p/pad_sources/a.wav', source: SOURCE, origin: 'a.wav', name: 'a', bytes: 1 },
  ...{ makers: ['swells', 'clouds'], settings: defaultSettings(), seed: 1 },
};
const MADE: RunEvent & { kind: 'texture-made' } = {
  ...{ kind: 'texture-made', source: SOURCE, replaced: false },
  texture: { family: 'swell', path: 'a/x.wav', grade: 'A', gradeReasons: [], durationSec: 2 },
};
const SWELLS_DONE: RunEvent = { kind: 'making-done', source: SOURCE, making: 'swells' };
const CLOUDS_DONE: RunEvent = { kind: 'making-done', source: SOURCE, making: 'clouds' };

/** What is said in a pipe of one source, on whose way these things happen. */
function said(events: readonly RunEvent[]): string[] {
  const lines: string[] = [];
  const say = (level: string) => (text: string) => void lines.push(`${level}: ${text}`);
  const terminal: Terminal = {
    ...{ isLive: false, debug: () => {}, live: () => {}, result: () => {} },
    ...{ info: say('info'), done: say('done'), warning: say('warning'), error: say('error') },
  };
  const emit = drawProgress(terminal, [TASK]);
  emit({ kind: 'source-started', source: SOURCE, makings: TASK.makers });
  for (const event of events) emit(event);
  emit({ kind: 'source-done', source: SOURCE });
  return lines;
}

describe('the line of a source that is done', () => {
  it.each([
    ['all was made', [MADE, SWELLS_DONE, MADE, CLOUDS_DONE], 'done: (1/1) pad_sources/a.wav: 2 made'],
    ['nothing fitted', [SWELLS_DONE, CLOUDS_DONE], 'warning: (1/1) pad_sources/a.wav: nothing made'],
    ['the run was stopped before it', [], 'info: (1/1) pad_sources/a.wav: not reached'],
    ['the run was stopped in it', [MADE], 'done: (1/1) pad_sources/a.wav: 1 made'],
    [
      'it is silent',
      [{ kind: 'passed-over', source: SOURCE, family: null, variant: null, reason: { code: 'silent' } }],
      'warning: (1/1) pad_sources/a.wav: it is silent from start to end; remove it or check the bounce',
    ],
  ] satisfies [string, RunEvent[], string][])('where %s', (_, events, expected) => {
    expect(said(events)).toEqual([expected]);
  });

  it('tells what was made beside what was up to date', () => {
    const kept: RunEvent = {
      kind: 'up-to-date',
      source: SOURCE,
      makings: ['clouds'],
      textures: [MADE.texture],
    };
    expect(said([MADE, SWELLS_DONE, kept])).toEqual(['done: (1/1) pad_sources/a.wav: 1 made, 1 up to date']);
    expect(said([SWELLS_DONE, kept])).toEqual(['done: (1/1) pad_sources/a.wav: 0 made, 1 up to date']);
  });

  it('is its error alone where it failed', () => {
    const failed: RunEvent = { kind: 'source-failed', source: SOURCE, code: 'processing', message: 'No.' };
    expect(said([failed])).toEqual(['error: pad_sources/a.wav: No.']);
  });
});
