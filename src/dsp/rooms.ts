/**
 * Room for numbers that are needed for a moment and no longer: what was used is kept and lent again. A fresh array of more than some
 * kilobytes is memory that the system has to clear and hand over page by page; in Chromium, which gives all of it back when it collects,
 * a gigabyte of them takes half a second of the processor, of arrays of 16 KB 1.2 s, in Node a tenth to a fifth.
 *
 * What a kernel works in lies in a `KernelWorkspace` instead, whose memory is bounded: this is for sound of any length.
 */

/** What is kept of a thread's rooms while nobody uses them, bytes: two channels of one and a half minutes at 44.1 kHz. */
const KEPT_BYTES = 32 * 2 ** 20;
/** A room may be so many times as large as what is asked for, so that few serve all. */
const LARGEST = 4;
/** Lengths are made up to this, so that those that differ a little share a room, bytes. */
const STEP = 2 ** 14;

/** Owners whom nobody needs now. */
const idle: Rooms[] = [];
/** The one used last at the end. */
const spare: ArrayBuffer[] = [];
let spareBytes = 0;

/** Gives arrays to fill. **They may hold whatever was there before.** */
export interface Lender {
  floats(length: number): Float32Array<ArrayBuffer>;
  bytes(length: number): Uint8Array<ArrayBuffer>;
}

/** Gives arrays that nobody takes back. */
export const FRESH: Lender = {
  floats: (length) => new Float32Array(length),
  bytes: (length) => new Uint8Array(length),
};

/** Arrays that belong to one owner until it releases them. **They hold whatever was there before.** */
export class Rooms implements Lender {
  readonly #taken: ArrayBuffer[] = [];

  floats(length: number): Float32Array<ArrayBuffer> {
    return new Float32Array(this.#take(4 * length), 0, length);
  }

  doubles(length: number): Float64Array<ArrayBuffer> {
    return new Float64Array(this.#take(8 * length), 0, length);
  }

  bytes(length: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.#take(length), 0, length);
  }

  /** Gives all of it back. Nothing of it may be used any more. */
  release(): void {
    for (const buffer of this.#taken.splice(0)) {
      spare.push(buffer);
      spareBytes += buffer.byteLength;
    }
    while (spareBytes > KEPT_BYTES) spareBytes -= spare.shift()!.byteLength;
  }

  #take(bytes: number): ArrayBuffer {
    const buffer = takeSpare(bytes) ?? new ArrayBuffer(STEP * Math.ceil(bytes / STEP));
    this.#taken.push(buffer);
    return buffer;
  }
}

/** The smallest that is large enough, and not too large for that; null where there is none. */
function takeSpare(bytes: number): ArrayBuffer | null {
  let best = -1;
  let least = Math.max(STEP, LARGEST * bytes) + 1;
  for (const [index, { byteLength }] of spare.entries()) {
    if (byteLength >= bytes && byteLength < least) [best, least] = [index, byteLength];
  }
  if (best < 0) return null;
  spareBytes -= least;
  return spare.splice(best, 1)[0];
}

/** Lends rooms until something is done that waits in between. */
export async function withRoomsUntil<Result>(use: (rooms: Rooms) => Promise<Result>): Promise<Result> {
  const rooms = idle.pop() ?? new Rooms();
  try {
    return await use(rooms);
  } finally {
    rooms.release();
    idle.push(rooms);
  }
}

/**
 * Lends rooms for the time of one call.
 * @param use not async: what it works with would be another's before it is done
 */
export function withRooms<Result>(use: (rooms: Rooms) => Result): Result {
  const rooms = idle.pop() ?? new Rooms();
  try {
    return use(rooms);
  } finally {
    rooms.release();
    idle.push(rooms);
  }
}
