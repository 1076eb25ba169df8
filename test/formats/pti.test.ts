import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc32 } from '../../src/formats/crc-32.ts';
import { PTI, PTI_AS_SAVED, type PtiHeader, parsePti, writePti } from '../../src/formats/pti.ts';
import { type Placed, placed, plainCrc32 } from './device-files.ts';

const HEADER = 392;
const CRC = 388;
const ONE = 0x3f800000;
const HALF = 0x3f000000;
const FRAMES = 5;
const SAMPLES = [1, -2, 32_767, -32_768, 0];

/** An instrument as a Tracker of firmware 1.5.0b2 saves it, but for its address and fourteen bytes of rubbish. */
const NUMBERS: Placed = [
  ...([
    [2, 2, 1],
    [4, 4, 0x01000501],
    [8, 4, 0x09090909],
    [12, 2, 372],
    [16, 4, 1],
  ] as Placed),
  ...([
    [21, 1, 0x48],
    [22, 1, 0x69],
    [60, 4, FRAMES],
    [64, 2, 2048],
  ] as Placed),
  ...([
    [80, 2, 1],
    [82, 2, 65_534],
    [84, 2, 65_535],
  ] as Placed),
  ...[0, 1, 2, 3, 4, 5].flatMap(
    (i): Placed => [
      ...([
        [92 + 20 * i, 4, ONE],
        [104 + 20 * i, 4, ONE],
        [108 + 20 * i, 2, 1000],
      ] as Placed),
      i === 0 ? [111, 1, 1] : [98 + 20 * i, 2, 3000],
      ...([
        [212 + 8 * i, 1, 2],
        [216 + 8 * i, 4, HALF],
      ] as Placed),
    ],
  ),
  ...([
    [260, 4, ONE],
    [272, 1, 50],
    [276, 2, 50],
    [378, 2, 441],
    [386, 1, 16],
  ] as Placed),
];

/** A file of these numbers and samples, with its CRC. */
function built(numbers: Placed, samples: readonly number[], text = 'TI'): Uint8Array {
  const words = samples.map((value, i) => [HEADER + 2 * i, 2, (value + 65_536) % 65_536] as const);
  return signed(placed(HEADER + 2 * samples.length, text, [...numbers, ...words], true));
}

function signed(bytes: Uint8Array): Uint8Array {
  const crc = plainCrc32(bytes, CRC);
  for (let i = 0; i < 4; i++) bytes[CRC + i] = Math.floor(crc / 256 ** i) % 256;
  return bytes;
}

describe('a Polyend .pti file', () => {
  it('that nobody has touched is the one that a device saves', () => {
    const header = { ...PTI_AS_SAVED, name: 'Hi', frames: FRAMES };
    const bytes = writePti({ header, channels: [Int16Array.from(SAMPLES)] });
    expect(bytes).toEqual(built(NUMBERS, SAMPLES));
  });

  it('is read where its bytes are, and written to the same ones', () => {
    const loop: Placed = [
      [76, 1, 1],
      [78, 2, 7],
      [80, 2, 300],
      [82, 2, 60_000],
      [84, 2, 65_000],
    ];
    const slices: Placed = [
      [270, 1, 0xf4],
      [271, 1, 0x9c],
      [280, 2, 11],
      [374, 2, 999],
      [376, 1, 48],
      [377, 1, 3],
    ];
    const bytes = built([...NUMBERS, ...loop, ...slices], SAMPLES);
    const file = parsePti('a.pti', bytes);
    expect(file.channels).toEqual([Int16Array.from(SAMPLES)]);
    expect(file.header).toMatchObject({
      ...{ name: 'Hi', frames: FRAMES, playback: PTI.playback.forward },
      ...{ start: 7, loopStart: 300, loopEnd: 60_000, end: 65_000 },
      ...{ tune: -12, finetune: -100, sliceCount: 48, slice: 3 },
    });
    expect([file.header.slices[0], file.header.slices[47]]).toEqual([11, 999]);
    expect(writePti(file)).toEqual(bytes);
  });

  it('has left and right one behind the other', () => {
    const bytes = built(NUMBERS, [...SAMPLES, ...SAMPLES.map((value) => -1 - value)]);
    const { channels } = parsePti('a.pti', bytes);
    expect(channels.map((channel) => [...channel])).toEqual([SAMPLES, SAMPLES.map((value) => -1 - value)]);
  });

  it('is as long as its bytes where its header does not say', () => {
    const bytes = built([...NUMBERS, [60, 4, 0]], SAMPLES);
    const file = parsePti('early.pti', bytes);
    expect([...file.channels[0]]).toEqual(SAMPLES);
    expect(writePti(file)).toEqual(bytes);
  });

  it('keeps every byte, whatever it is', () => {
    // Up to 0x7e, so that no four of them are what is no number: those have no bytes of their own in JavaScript.
    const body = fc.uint8Array({ minLength: CRC, maxLength: CRC, max: 0x7e });
    fc.assert(
      fc.property(body, (bytes) => {
        const whole = placed(HEADER + 6, 'TI', [], true);
        whole.set(bytes.subarray(2), 2);
        whole.set([3, 0, 0, 0], 60);
        expect(writePti(parsePti('a.pti', signed(whole)))).toEqual(whole);
      }),
      { numRuns: 20 },
    );
  });

  it('gives back what was written into it', () => {
    const [byte, word] = [fc.nat(255), fc.nat(65_535)];
    const some: fc.Arbitrary<Partial<PtiHeader>> = fc.record({
      ...{ playback: byte, start: word, loopStart: word, loopEnd: word, end: word, volume: byte, pan: word },
      tune: fc.integer({ min: -24, max: 24 }),
      finetune: fc.integer({ min: -100, max: 100 }),
      name: fc.stringMatching(/^[A-Za-z0-9_]{0,31}$/),
      slices: fc.array(word, { minLength: 48, maxLength: 48 }),
      sliceCount: fc.nat(48),
    });
    const sound = fc.int16Array({ minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(some, sound, fc.boolean(), (fields, samples, isStereo) => {
        const header = { ...PTI_AS_SAVED, ...fields, frames: samples.length };
        const file = { header, channels: isStereo ? [samples, samples.toReversed()] : [samples] };
        expect(parsePti('a.pti', writePti(file))).toEqual(file);
      }),
      { numRuns: 30 },
    );
  });

  it('is refused where any byte of its header has changed', () => {
    const bytes = built(NUMBERS, SAMPLES);
    fc.assert(
      fc.property(fc.integer({ min: 2, max: HEADER - 1 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = bytes.slice();
        damaged[at] = (damaged[at] + change) % 256;
        expect(() => parsePti('pad.pti', damaged)).toThrow(
          '“pad.pti” is damaged: its CRC does not match; copy it again.',
        );
      }),
      { numRuns: 50 },
    );
  });

  it('is refused where it is another file, or its sound is not all there', () => {
    const none = '“pad.pti” is no Polyend .pti file; those begin with TI.';
    expect(() => parsePti('pad.pti', new Uint8Array(3))).toThrow(none);
    expect(() => parsePti('pad.pti', built(NUMBERS, SAMPLES, 'XX'))).toThrow(none);
    expect(() => parsePti('pad.pti', built(NUMBERS, SAMPLES.slice(1)))).toThrow(
      '“pad.pti” is damaged: it holds 8 bytes of sound, and its header says 5 frames; copy it again.',
    );
    expect(() => parsePti('pad.pti', built([...NUMBERS, [60, 4, 0]], SAMPLES).subarray(0, -1))).toThrow(
      'it holds 9 bytes of sound',
    );
  });

  it('has the CRC that everybody has', () => {
    // The check value of the catalogue of CRCs: of the digits 1 to 9.
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  });
});
