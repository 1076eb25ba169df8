import { zeroSums } from './flac-checksums.ts';
import type { FrameHeader } from './flac-frame-header.ts';
import type { FlacInfo } from './flac-info.ts';

/** Whether some bytes are one sound frame, to the last byte. */
export type FrameCheck = (data: Uint8Array, header: FrameHeader, info: FlacInfo) => Promise<boolean>;

/** Finds the end of a frame that begins some bytes, of which it may be any part; null where they begin none. */
type FrameEnd = (bytes: Uint8Array, header: FrameHeader, info: FlacInfo) => Promise<number | null>;

/**
 * Ends that are tried for one frame. By chance a sum of 16 bits comes out 0 some 33 times within the longest frame there
 * is, 2 MiB; zeros, which a disk gives for what it has lost, leave it at 0 for as long as they go on.
 */
const MOST_ENDS = 64;

/**
 * Ends tried in vain in one file, 3 ms each, after which only frames are found that another follows at once. A damaged frame
 * of usual length makes for a quarter of one; a file that is made of false headers must not keep us.
 */
const MOST_TRIED_IN_VAIN = 1024;

/** What finds the ends of a file's frames that no header follows: where the CRC-16 comes out 0 and `isSound` agrees. */
export function frameEndFinder(isSound: FrameCheck): FrameEnd {
  let triedInVain = 0;
  return async (bytes, header, info) => {
    let tried = 0;
    if (triedInVain >= MOST_TRIED_IN_VAIN) return null;
    for (const end of zeroSums(bytes, 0, Math.min(bytes.length, longestFrame(header)))) {
      if (await isSound(bytes.subarray(0, end), header, info)) return end;
      triedInVain++;
      tried++;
      if (tried === MOST_ENDS) return null;
    }
    return null;
  };
}

/** Bytes of the largest frame with this header: every sample verbatim, one bit more for a side channel. */
export function longestFrame({ blockSize, channelCount, bitDepth }: FrameHeader): number {
  return Math.ceil((blockSize * channelCount * (bitDepth + 1)) / 8) + 256;
}
