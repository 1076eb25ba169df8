import { type Decoded, FOREIGN_RATE } from '../../platform/browser/foreign.ts';
import type { DecodedAnswer, FromStudio } from './messages.ts';

/** Sounds that the page is asked to decode, and its answers. */
export interface Decoding {
  decode(file: Blob): Promise<Decoded | null>;
  take(answer: DecodedAnswer): void;
}

export function openDecoding(send: (message: FromStudio) => void): Decoding {
  const waiting = new Map<number, (sound: Decoded | null) => void>();
  let last = 0;
  return {
    decode: (file) =>
      new Promise((resolve) => {
        waiting.set(++last, resolve);
        send({ decode: last, file, sampleRate: FOREIGN_RATE });
      }),
    take({ decoded, sound }) {
      waiting.get(decoded)?.(sound);
      waiting.delete(decoded);
    },
  };
}
