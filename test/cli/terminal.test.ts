import fc from 'fast-check';
import { afterEach, expect, it, vi } from 'vitest';
import { timeLeft } from '../../src/cli/progress.ts';
import { openTerminal, printable } from '../../src/cli/terminal.ts';

afterEach(() => vi.unstubAllEnvs());

it('makes every control character of a name visible', () => {
  expect(printable('two\nlines\t\u001b[31m.wav')).toBe('two\\nlines\\t\\x1b[31m.wav');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      expect(printable(name)).not.toMatch(/\p{Cc}/u);
    }),
  );
});

it.each([
  [1, 0.5, 'time left unknown'],
  [10, 0.001, 'time left unknown'],
  [10, 0.5, 'about 10 s left'],
  [60, 0.1, 'about 9 min left'],
  [3600, 0.25, 'about 3.0 h left'],
])('after %d s with %d done: %s', (elapsed, share, expected) => {
  expect(timeLeft(elapsed, share)).toBe(expected);
});

it('refuses a log level that is none', () => {
  vi.stubEnv('AFTERGLOW_LOG_LEVEL', 'loud');
  expect(() => openTerminal({})).toThrow(/AFTERGLOW_LOG_LEVEL is "loud"; it must be one of debug/);
});
