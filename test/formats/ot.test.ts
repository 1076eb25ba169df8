import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MalformedFileError } from '../../src/errors.ts';
import { OT, type OtFile, parseOt, writeOt } from '../../src/formats/ot.ts';
import { type Placed, placed } from './device-files.ts';

const BYTES = 832;
const FORM = 'FORM\0\0\0\0DPS1SMPA';
/** A loop of 890,839 frames as a device lists it, with two slices and the remains of a third. */
const NUMBERS: Placed = [
  [0x15, 1, 2],
  [0x16, 1, 1],
  [0x17, 4, 2281],
  [0x1b, 4, 800],
  [0x1f, 4, 700],
  [0x23, 4, 2],
  [0x27, 4, 1],
  [0x2b, 2, 48],
  [0x2d, 1, 255],
  [0x2e, 4, 5],
  [0x32, 4, 890_839],
  [0x36, 4, 77],
  [0x3a, 4, 0],
  [0x3e, 4, 1000],
  [0x42, 4, 0xffffffff],
  [0x46, 4, 2000],
  [0x4a, 4, 3000],
  [0x4e, 4, 2500],
  [0x52, 4, 0x7fffffff],
  [0x33a, 4, 2],
];

/** With the sum of the bytes between the first sixteen and the last two. */
function summed(bytes: Uint8Array): Uint8Array {
  const sum = bytes.subarray(16, 830).reduce((total, byte) => total + byte, 0);
  bytes[830] = Math.floor(sum / 256) % 256;
  bytes[831] = sum % 256;
  return bytes;
}

describe('an Octatrack .ot file', () => {
  it('is read where its bytes are, and written to the same ones', () => {
    const bytes = summed(placed(BYTES, FORM, NUMBERS, false));
    const file = parseOt('a.ot', bytes);
    expect(file).toMatchObject({
      ...{
        version: 2,
        unknown: 1,
        tempo: 2281,
        trimLength: 800,
        loopLength: 700,
        stretch: OT.stretch.normal,
      },
      ...{ loop: OT.loop.on, gain: OT.unityGain, trigQuantize: OT.direct, trimStart: 5, trimEnd: 890_839 },
      ...{ loopPoint: 77, sliceCount: 2 },
    });
    expect(file.slices.slice(0, 3)).toEqual([
      { start: 0, end: 1000, loopPoint: OT.noLoopPoint },
      { start: 2000, end: 3000, loopPoint: 2500 },
      { start: 0x7fffffff, end: 0, loopPoint: 0 },
    ]);
    expect(writeOt(file)).toEqual(bytes);
  });

  it('keeps every byte, whatever it is', () => {
    const body = fc.uint8Array({ minLength: 814, maxLength: 814 });
    fc.assert(
      fc.property(body, fc.nat(64), (bytes, count) => {
        const whole = placed(BYTES, FORM, [], false);
        whole.set(bytes, 16);
        whole.set([0, 0, 0, count], 0x33a);
        expect(writeOt(parseOt('a.ot', summed(whole)))).toEqual(whole);
      }),
      { numRuns: 30 },
    );
  });

  it('gives back what was written into it', () => {
    const word = fc.nat(0xffffffff);
    const slice = fc.record({ start: word, end: word, loopPoint: word });
    const file = fc.record({
      zeros: fc.array(fc.nat(255), { minLength: 5, maxLength: 5 }),
      ...{ version: fc.nat(255), unknown: fc.nat(255), tempo: word, trimLength: word, loopLength: word },
      ...{ stretch: word, loop: word, gain: fc.nat(0xffff), trigQuantize: fc.nat(255), trimStart: word },
      ...{ trimEnd: word, loopPoint: word, sliceCount: fc.nat(64) },
      slices: fc.array(slice, { minLength: 64, maxLength: 64 }),
    });
    fc.assert(
      fc.property(file, (one: OtFile) => {
        expect(parseOt('a.ot', writeOt(one))).toEqual(one);
      }),
      { numRuns: 30 },
    );
  });

  it('is refused where any byte behind its start has changed', () => {
    const bytes = summed(placed(BYTES, FORM, NUMBERS, false));
    fc.assert(
      fc.property(fc.integer({ min: 16, max: 831 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = bytes.slice();
        damaged[at] = (damaged[at] + change) % 256;
        expect(() => parseOt('hit.ot', damaged)).toThrow(
          new MalformedFileError('“hit.ot” is damaged: its checksum does not match; copy it again.'),
        );
      }),
    );
  });

  it('is refused where it is another file, is cut short, or counts too many slices', () => {
    const bytes = summed(placed(BYTES, FORM, NUMBERS, false));
    const none = '“hit.ot” is no Octatrack .ot file; those have 832 bytes.';
    expect(() => parseOt('hit.ot', bytes.subarray(0, 831))).toThrow(none);
    expect(() => parseOt('hit.ot', placed(BYTES, 'RIFF', [], false))).toThrow(none);
    const many = summed(placed(BYTES, FORM, [...NUMBERS, [0x33a, 4, 65]], false));
    expect(() => parseOt('hit.ot', many)).toThrow('it counts 65 slices of 64; copy it again.');
  });
});
