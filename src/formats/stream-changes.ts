import { frameCount } from '../dsp/sound.ts';
import type { SoundBlock } from './sound-stream.ts';

/** What changes in a stream on its way, noted while it passes. */
export interface StreamChanges {
  /** The same blocks, noted. To be walked once. */
  watch(blocks: AsyncIterable<SoundBlock>): AsyncIterable<SoundBlock>;
  /** Most channels of any block so far; 1 before the first. */
  readonly mostChannels: number;
  /** What is to be said of it: a sentence for each kind of change, however often it happens. */
  sentences(name: string): string[];
}

/** The changes of one kind. */
interface Changes {
  count: number;
  /** The first one: from what to what, and where, seconds. */
  first: { readonly from: number; readonly to: number; readonly atSec: number } | null;
  /** What it is now; null before there is sound. */
  now: number | null;
}

/** Notes changes of rate and layout. */
export function streamChanges(): StreamChanges {
  const rate: Changes = { count: 0, first: null, now: null };
  const layout: Changes = { count: 0, first: null, now: null };
  let mostChannels = 1;
  let seconds = 0;
  return {
    async *watch(blocks) {
      for await (const block of blocks) {
        if (frameCount(block) > 0) {
          note(rate, block.sampleRate, seconds);
          note(layout, block.channels.length, seconds);
          mostChannels = Math.max(mostChannels, block.channels.length);
          seconds += frameCount(block) / block.sampleRate;
        }
        yield block;
      }
    },
    get mostChannels() {
      return mostChannels;
    },
    sentences(name) {
      const said: string[] = [];
      if (layout.first !== null) {
        const { from, to, atSec } = layout.first;
        const change = `from ${layoutName(from)} to ${layoutName(to)} at ${atSec.toFixed(2)} s`;
        said.push(`“${name}” changes ${often(layout, 'layout')}${change}; all of it is read as stereo.`);
      }
      if (rate.first !== null) {
        const { from, to, atSec } = rate.first;
        const change = `from ${from / 1000} to ${to / 1000} kHz at ${atSec.toFixed(2)} s`;
        said.push(
          `“${name}” changes ${often(rate, 'rate')}${change}; all of it is read at the rate it begins with.`,
        );
      }
      return said;
    },
  };
}

function note(changes: Changes, value: number, atSec: number): void {
  if (changes.now !== null && changes.now !== value) {
    changes.count++;
    changes.first ??= { from: changes.now, to: value, atSec };
  }
  changes.now = value;
}

function layoutName(channelCount: number): string {
  return ['', 'mono', 'stereo'][channelCount] ?? `${channelCount} channels`;
}

/** Nothing of a change that happens once. */
function often({ count }: Changes, what: string): string {
  return count > 1 ? `its ${what} ${count} times, first ` : '';
}
