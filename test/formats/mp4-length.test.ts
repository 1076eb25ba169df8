import { describe, expect, it } from 'vitest';
import { byteReader } from '../../src/formats/bytes.ts';
import { mp4SoundLength } from '../../src/formats/mp4-length.ts';
import { fixture } from './reading.ts';

/** Its movie header counts milliseconds, its track samples: 1024 of delay, 22,039 of sound. */
const file = Buffer.from(fixture('tone-22039.m4a'));
const lengthOf = (bytes: Buffer, rate = 44_100) => mp4SoundLength(byteReader('a.m4a', bytes), rate);

/** The file with what its first box of this name holds changed. */
function altered(name: string, change: (held: Buffer) => void, bytes = file): Buffer {
  const copy = Buffer.from(bytes);
  change(copy.subarray(copy.indexOf(name, 0, 'latin1') + 4));
  return copy;
}

const box = (name: string, ...held: Buffer[]) => {
  const body = Buffer.concat(held);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length, 0);
  head.write(name, 4, 'latin1');
  return Buffer.concat([head, body]);
};

/** The file with the note of iTunes in its movie box, which is its last. */
function noted(frames: number, bytes = file): Buffer {
  const hex = (value: number, digits: number) => value.toString(16).toUpperCase().padStart(digits, '0');
  const note = ` 00000000 00000400 000001E1 ${hex(frames, 16)} 00000000 00000000`;
  const item = box(
    '----',
    box('mean', Buffer.from('\0\0\0\0com.apple.iTunes')),
    box('name', Buffer.from('\0\0\0\0iTunSMPB')),
    box('data', Buffer.from([0, 0, 0, 1, 0, 0, 0, 0]), Buffer.from(note)),
  );
  const movie = bytes.indexOf('moov', 0, 'latin1') - 4;
  // What ffmpeg writes of itself lies in a box of the same name.
  const children = altered('udta', (held) => held.write('free', -4), bytes).subarray(movie + 8);
  const named = Buffer.from(children);
  const old = named.indexOf('udta', 0, 'latin1');
  if (old >= 0) named.write('free', old, 'latin1');
  const metadata = box('udta', box('meta', Buffer.alloc(4), box('ilst', item)));
  return Buffer.concat([bytes.subarray(0, movie), box('moov', named, metadata)]);
}

/** As files without an edit list are. */
const unedited = (bytes = file) => {
  const copy = Buffer.from(bytes);
  copy.write('free', copy.indexOf('edts', 0, 'latin1'), 'latin1');
  return copy;
};

describe('the length of an M4A', () => {
  it('is that of the sound before it was encoded, to the frame', async () => {
    expect(await lengthOf(file)).toBe(22_039);
  });

  it('counts in the rate that is decoded', async () => {
    expect(await lengthOf(file, 88_200)).toBe(2 * 22_039);
  });

  it('is what iTunes notes where there is no edit list, else that of the track', async () => {
    expect(await lengthOf(unedited(noted(22_039)))).toBe(22_039);
    expect(await lengthOf(unedited())).toBe(1024 + 22_039);
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

  it('is unknown where several edits are shown, where it comes in fragments, and where nothing says it', async () => {
    const unknown = [
      altered('moov', (held) => held.write('free', -4)),
      altered('moov', (held) => held.writeUInt32BE(8, 0)),
      altered('mdhd', (held) => held.writeUInt32BE(0, 12)),
      altered('hdlr', (held) => held.write('vide', 8, 'latin1')),
      Buffer.concat([file.subarray(0, file.indexOf('moov', 0, 'latin1') - 4)]),
      Buffer.from('no boxes at all'),
    ];
    for (const bytes of unknown) expect(await lengthOf(bytes)).toBeNull();
  });
});
