/** A hundred textures that ask everything of a device: every family, rate, depth, number of channels and kind of name. */
import { FAMILIES } from '../../src/families/index.ts';
import type { MadeTexture } from './made-export.ts';

const SOURCES = [
  'strings_Am',
  'Müller & Söhne – Übung #3',
  'ночной паром',
  '夜の海',
  'CON',
  '   ..spaces  and... dots. ',
  'a'.repeat(120),
  '=SUM(A1)',
  'Ærø ßtraße',
  '-rf',
];
/** Most have one that devices take, as exports do: to bring loops to another takes the time of a kit. */
const RATES = [44_100, 48_000, 44_100, 96_000, 48_000, 44_100, 22_050, 48_000, 44_100, 8000];

/** A loop and a swell that last, s, at a rate that is quickly made: some devices take no more than 20 s. */
const LONG: Record<number, number> = { 8: 20.9, 12: 21.3 };

export const MIXED: readonly MadeTexture[] = Array.from({ length: 100 }, (_, i) => {
  const { id: family } = FAMILIES[i % FAMILIES.length];
  return {
    family,
    source: SOURCES[i % SOURCES.length],
    sampleRate: LONG[i] ? 8000 : RATES[i % RATES.length],
    bitDepth: i % 3 === 0 ? 16 : 24,
    channelCount: i % 7 < 4 && !LONG[i] ? 2 : 1,
    // Few lengths are whole at another rate.
    seconds: LONG[i] ?? 0.05 + (i % 13) * 0.0117,
    loops: family !== 'swell' && family !== 'drum',
    variant: ['warm', 'airy_pitch+7', '', 'dark_stretch1.5x', 'reversed'][i % 5],
  };
});
