/** Why sources are taken for what they are, as the manifest has it. */
import { expect, it } from 'vitest';
import type { RouteReason } from '../../src/engine/routes.ts';
import { routeDocument, routeWords } from '../../src/wording/routes.ts';

type Of<Code extends RouteReason['code']> = Omit<Extract<RouteReason, { readonly code: Code }>, 'code'>;

/** By code: one without a sample does not compile. */
const SAMPLES: { readonly [Code in RouteReason['code']]: readonly (readonly [Of<Code>, string])[] } = {
  changes: [
    [
      { seconds: 200.4, onsets: 200, analysedSec: 60, bpm: 119.6 },
      '3 min 20 s of changing sound, 3.3 attacks a second at 120 BPM',
    ],
    [{ seconds: 42.1, onsets: 1, analysedSec: 42.1, bpm: null }, '42 s of changing sound, one attack'],
  ],
  'pitch-holds': [
    [{ pitchSteadiness: 0.951, onsets: 0, analysedSec: 4 }, 'pitch that holds (0.95 of 1), no attack'],
  ],
  struck: [
    [{ onsets: 8, analysedSec: 2, bpm: 120 }, 'struck and not held, 4.0 attacks a second at 120 BPM'],
    [{ onsets: 2, analysedSec: 0.1, bpm: null }, 'struck and not held, 8.0 attacks a second'],
  ],
  'died-down': [
    [{ onsets: 1, decaySec: 0.3012 }, 'one attack, died down within 0.30 s'],
    [{ onsets: 3, decaySec: 1.5 }, '3 attacks, died down within 1.5 s'],
  ],
  'little-pitch': [
    [{ flatness: 0.4567, onsets: 30, analysedSec: 60 }, 'little pitch (flatness 0.46), 0.5 attacks a second'],
  ],
  syllables: [
    [
      { movementDb: 11.6, pausesPerSec: 0.62 },
      'voice bands that move as syllables do (12 dB), 0.6 pauses a second',
    ],
  ],
  'nothing-to-hear': [[{}, 'silent, or too short to hear']],
  unreadable: [[{}, 'it cannot be read']],
  configured: [[{ kind: 'hit', glob: 'loops/**' }, 'routes.hit: loops/**']],
};

const rows = Object.entries(SAMPLES).flatMap(([code, samples]) =>
  samples.map(([fields, words]) => ({ words, fields, reason: { code, ...fields } as RouteReason })),
);

it.each(rows)('$words', ({ words, fields, reason }) => {
  expect(routeWords(reason)).toBe(words);
  const route = { source: 'a.wav', kind: 'hit', reason };
  expect(routeDocument(route)).toEqual({
    ...{ source: 'a.wav', kind: 'hit', reason: words },
    ...{ code: reason.code, fields },
  });
});
