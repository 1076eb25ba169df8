/** How full the device is. */
import { byId } from '../../../report/page/element.ts';
import { figure } from '../../../report/page/words.ts';
import type { KitSize } from '../../protocol.ts';

/**
 * The limit that is nearest to be reached fills the meter.
 * @param soundSec how long the samples sound, however many channels they have
 */
export function showUsed(used: KitSize, soundSec: number, limits: KitSize<number | null>): void {
  const parts = (['samples', 'seconds', 'bytes'] as const).map((what) => {
    const limit = limits[what];
    return limit === null ? 0 : used[what] / limit;
  });
  byId<HTMLProgressElement>('kit-meter').value = Math.min(1, Math.max(...parts));
  byId('kit-used').textContent = usedWords(used, soundSec, limits);
}

function usedWords(used: KitSize, soundSec: number, limits: KitSize<number | null>): string {
  const of = (amount: string, limit: number | null, unit: string) =>
    limit === null ? `${amount}${unit}` : `${amount} of ${figure(limit, 0)}${unit}`;
  const words = [of(String(used.samples), limits.samples, '')];
  // A device's time is of mono; of a kit in mono both are the same.
  const isTwice = limits.seconds !== null && used.seconds > soundSec * 1.001;
  if (isTwice) words.push(`${figure(soundSec, 0)} s`);
  words.push(of(figure(isTwice ? used.seconds : soundSec, 0), limits.seconds, ' s'));
  if (limits.bytes !== null) words.push(of(figure(used.bytes / 1e6, 1), limits.bytes / 1e6, ' MB'));
  return words.join(' · ') + (isTwice ? ', stereo counted twice' : '');
}
