import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteReader } from '../../src/formats/bytes.ts';
import { mp4SoundLength } from '../../src/formats/mp4-length.ts';
import { fixture } from './reading.ts';

/** Its movie header counts milliseconds, its track samples: 1024 of delay, 22,039 of sound. */
const file = Buffer.from(fixture('tone-22039.m4a'));
const lengthOf = (bytes: Buffer, rate = 44_100) => mp4SoundLength(byteReader('a.m4a', bytes), rate);

/** The file with what its first box of this name holds changed. */
function altered(name: string, change: (held: Buffer) => void, bytes: Buffer = file): Buffer {
  const copy = Buffer.from(bytes);
  change(copy.subarray(copy.indexOf(name, 0, 'latin1') + 4));
  return copy;
}

/** The file without its first box of this name. */
function without(name: string, bytes: Buffer = file): Buffer {
  const copy = Buffer.from(bytes);
  copy.write('free', copy.indexOf(name, 0, 'latin1'), 'latin1');
  return copy;
}

const box = (name: string, ...held: Buffer[]) => {
  const body = Buffer.concat(held);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length, 0);
  head.write(name, 4, 'latin1');
  return Buffer.concat([head, body]);
};

/** The file with one more box in its movie box, which is its last. */
function withBox(added: Buffer, bytes: Buffer = file): Buffer {
  const movie = bytes.indexOf('moov', 0, 'latin1') - 4;
  return Buffer.concat([bytes.subarray(0, movie), box('moov', bytes.subarray(movie + 8), added)]);
}

/** The file with the note of iTunes, in place of what ffmpeg writes of itself. */
function noted(frames: number, bytes: Buffer = file): Buffer {
  const hex = frames.toString(16).toUpperCase().padStart(16, '0');
  const item = box(
    '----',
    box('mean', Buffer.from('\0\0\0\0com.apple.iTunes')),
    box('name', Buffer.from('\0\0\0\0iTunSMPB')),
    box(
      'data',
      Buffer.from([0, 0, 0, 1, 0, 0, 0, 0]),
      Buffer.from(` 00000000 00000400 000001E1 ${hex} 00000000`),
    ),
  );
  return withBox(box('udta', box('meta', Buffer.alloc(4), box('ilst', item))), without('udta', bytes));
}

/** The file with two edits that show the first and the second 100 ms; a header that nobody needs makes room for them. */
function editedTwice(): Buffer {
  const copy = Buffer.from(file);
  const start = copy.indexOf('tkhd', 0, 'latin1') - 4;
  const end = copy.indexOf('mdia', 0, 'latin1') - 4;
  const entries = Buffer.alloc(32);
  [0, 2, 100, 1024, 0x10000, 100, 5434, 0x10000].forEach((value, index) => {
    entries.writeUInt32BE(value, 4 * index);
  });
  const edits = box('edts', box('elst', entries));
  Buffer.concat([edits, box('free', Buffer.alloc(end - start - edits.length - 8))]).copy(copy, start);
  return copy;
}

/** The movie box, which is the file's last, made anew of its boxes and theirs, down to those that `change` gives others for. */
function rebuilt(change: (name: string, held: Buffer) => Buffer | null, bytes: Buffer = file): Buffer {
  const parents = ['moov', 'trak', 'mdia', 'edts'];
  const boxesOf = (held: Buffer): Buffer => {
    const boxes: Buffer[] = [];
    for (let at = 0; at < held.length; at += held.readUInt32BE(at)) {
      const name = held.toString('latin1', at + 4, at + 8);
      const own = held.subarray(at + 8, at + held.readUInt32BE(at));
      boxes.push(change(name, own) ?? box(name, parents.includes(name) ? boxesOf(own) : own));
    }
    return Buffer.concat(boxes);
  };
  const movie = bytes.indexOf('moov', 0, 'latin1') - 4;
  return Buffer.concat([bytes.subarray(0, movie), boxesOf(bytes.subarray(movie))]);
}

/** Numbers of four bytes, or, where they are big, of eight. */
const numbers = (...values: readonly (number | bigint)[]) =>
  Buffer.concat(
    values.map((value) => {
      const bytes = Buffer.alloc(typeof value === 'bigint' ? 8 : 4);
      if (typeof value === 'bigint') bytes.writeBigInt64BE(value);
      else bytes.writeUInt32BE(value);
      return bytes;
    }),
  );

/** A movie or media header in its long form: dates and length of eight bytes. */
const longTime = (name: string, held: Buffer) =>
  box(
    name,
    numbers(0x01000000, 0n, 0n, held.readUInt32BE(12), BigInt(held.readUInt32BE(16))),
    held.subarray(20),
  );
/** An edit list in its long form. */
const longEdits = (...values: readonly [length: bigint, from: bigint][]) =>
  box(
    'elst',
    numbers(0x01000000, values.length, ...values.flatMap(([length, from]) => [length, from, 0x10000])),
  );

describe('the length of an M4A', () => {
  it('is that of the sound before it was encoded, to the frame', async () => {
    expect(await lengthOf(file)).toBe(22_039);
  });

  it('counts in the rate that is decoded', async () => {
    expect(await lengthOf(file, 88_200)).toBe(2 * 22_039);
  });

  it('is what iTunes notes where there is no edit list, else that of the track', async () => {
    expect(await lengthOf(without('edts', noted(22_039)))).toBe(22_039);
    expect(await lengthOf(without('edts'))).toBe(1024 + 22_039);
  });

  it('ends where an edit ends, to the unit that it counts in', async () => {
    // 300 ms from the delay on; a unit more is no more than its rounding.
    const edited = altered('elst', (held) => held.writeUInt32BE(300, 8));
    expect(await lengthOf(edited)).toBe(Math.floor(301 * 44.1));
    expect(await lengthOf(noted(13_243, edited))).toBe(13_243);
    expect(await lengthOf(noted(15_000, edited))).toBe(Math.floor(301 * 44.1));
    const exact = altered('mvhd', (held) => held.writeUInt32BE(44_100, 12), edited);
    expect(await lengthOf(exact)).toBe(300);
  });

  it('is the same where boxes are in their long form', async () => {
    const long = rebuilt((name, held) => {
      if (name === 'mvhd' || name === 'mdhd') return longTime(name, held);
      return name === 'elst' ? longEdits([500n, 1024n]) : null;
    });
    expect(await lengthOf(long)).toBe(22_039);
    const edited = rebuilt((name) => (name === 'elst' ? longEdits([300n, 1024n]) : null));
    expect(await lengthOf(edited)).toBe(Math.floor(301 * 44.1));
  });

  it('is the same where the size of a box takes eight bytes, or is 0 since it is the last', async () => {
    const movie = file.indexOf('moov', 0, 'latin1') - 4;
    const held = file.subarray(movie + 8);
    const sizes = [
      [numbers(1), Buffer.from('moov'), numbers(BigInt(16 + held.length))],
      [numbers(0), Buffer.from('moov')],
    ];
    for (const head of sizes)
      expect(await lengthOf(Buffer.concat([file.subarray(0, movie), ...head, held]))).toBe(22_039);
  });

  it('does not count an edit that shows nothing: there the sound begins later', async () => {
    const late = rebuilt((name) => (name === 'elst' ? longEdits([250n, -1n], [500n, 1024n]) : null));
    expect(await lengthOf(late)).toBe(22_039);
  });

  it('is unknown where several edits are shown, where it comes in fragments, and where nothing says it', async () => {
    const unknown = [
      editedTwice(),
      withBox(box('mvex')),
      without('moov'),
      altered('moov', (held) => held.writeUInt32BE(7, 0)),
      altered('mdhd', (held) => held.writeUInt32BE(0, 12)),
      // A length of all ones is one that is not known.
      without(
        'edts',
        altered('mdhd', (held) => held.writeUInt32BE(0xffffffff, 16)),
      ),
      altered('hdlr', (held) => held.write('vide', 8, 'latin1')),
      file.subarray(0, file.indexOf('moov', 0, 'latin1') - 4),
      Buffer.from('no boxes at all'),
    ];
    for (const bytes of unknown) expect(await lengthOf(bytes)).toBeNull();
  });

  it('is null or a length, whatever is damaged', async () => {
    const movie = file.indexOf('moov', 0, 'latin1') - 4;
    const flip = fc.tuple(fc.integer({ min: movie, max: file.length - 1 }), fc.integer({ min: 1, max: 255 }));
    await fc.assert(
      fc.asyncProperty(fc.array(flip, { minLength: 1, maxLength: 12 }), async (flips) => {
        const damaged = Buffer.from(noted(22_039));
        for (const [at, mask] of flips) damaged[at] ^= mask;
        const length = await lengthOf(damaged);
        return length === null || (Number.isInteger(length) && length > 0);
      }),
      { numRuns: 1000 },
    );
  });

  it('of nothing is none', async () => {
    expect(await lengthOf(without('edts', noted(0)))).toBeNull();
    const behindTheEnd = altered('elst', (held) => {
      held.writeUInt32BE(0, 8);
      held.writeUInt32BE(0x7fffffff, 12);
    });
    expect(await lengthOf(behindTheEnd)).toBeNull();
  });
});
