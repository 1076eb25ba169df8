/** What plans ask of a device's limits: apart from their schema and from fitting, since plans are loaded with the list of targets. */

/** Those that a device takes, or the least and most of them, Hz. */
type SampleRates = readonly number[] | { readonly least: number; readonly most: number };

/** A prefix, a number of up to four digits, and a little that tells what it is; characters. */
export const SHORTEST_NAME = 8;
/** Of a one-shot at least this part must be left. */
const LEAST_LEFT = 0.5;

/** Whether a device that takes these rates takes this one; one that says nothing takes any. */
export function takesRate(rates: SampleRates | null, sampleRate: number): boolean {
  if (rates === null) return true;
  if ('least' in rates) return rates.least <= sampleRate && sampleRate <= rates.most;
  return rates.includes(sampleRate);
}

/** Whether a one-shot may be faded out at a length, both in the same unit. */
export function isEnoughLeft(most: number, length: number): boolean {
  return most >= LEAST_LEFT * length;
}
