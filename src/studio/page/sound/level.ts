/** Textures beside each other at one loudness, so that the louder does not seem the better. */
import type { Texture } from '../../protocol.ts';

/** What all are brought to, LUFS: most textures are a few decibels louder, so few have to be raised. */
const TARGET_LUFS = -18;
/** A hit is over before loudness is measured well; it is raised no further than this, dB. */
const MOST_DB = 12;
/** No peak is raised above this, dBTP. */
const CEILING_DB = -1;

/** @returns dB; 0 where its loudness is not known */
export function matchingDb({ lufs }: Pick<Texture, 'lufs'>, truePeakDb: number | null): number {
  if (lufs === null) return 0;
  const wanted = Math.min(MOST_DB, TARGET_LUFS - lufs);
  return truePeakDb === null ? Math.min(0, wanted) : Math.min(wanted, CEILING_DB - truePeakDb);
}

export function factor(decibels: number): number {
  return 10 ** (decibels / 20);
}
