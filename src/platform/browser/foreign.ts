/** Formats that the engine does not read, as the browser decodes them: a page alone can, so workers ask it. */
import { UnsupportedFormatError } from '../../errors.ts';
import { basename } from '../../paths.ts';
import type { ForeignStream } from '../platform.ts';

/** A whole sound, brought to {@link FOREIGN_RATE} by the browser. */
export interface Decoded {
  /** One or two. */
  readonly channels: readonly Float32Array[];
}

/** Hz. Browsers bring what they decode to a rate that is asked for; this one most music has. */
export const FOREIGN_RATE = 44_100;

/** @param decode null where the browser cannot read it either */
export function foreignDecoder(decode: (path: string) => Promise<Decoded | null>) {
  return {
    async open(path: string): Promise<ForeignStream> {
      const decoded = await decode(path);
      const name = basename(path);
      if (decoded === null) throw unreadable(name);
      return {
        sampleRate: FOREIGN_RATE,
        channelMask: 0,
        bitDepth: null,
        container: 'browser',
        codec: 'browser',
        statedSec: null,
        complaint: () => null,
        warnings: [
          `“${name}” was read by the browser, at 44.1 kHz; another browser may make other bytes of it.`,
        ],
        blocks: blocksOf(decoded),
        close() {},
      };
    },
  };
}

async function* blocksOf({ channels }: Decoded) {
  yield { sampleRate: FOREIGN_RATE, channels: [...channels], channelOrder: 'wav' as const };
}

function unreadable(name: string): UnsupportedFormatError {
  return new UnsupportedFormatError(
    `“${name}” holds no sound that this page or your browser can read; convert it to WAV.`,
    { context: { name } },
  );
}
