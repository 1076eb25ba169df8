/** The decoders of Vorbis and Opus reckon with the engine's own functions, whatever those of the JavaScript engine give. */
import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { cos, sin } from '../../src/dsp/maths.ts';
import { withOwnMaths } from '../../src/formats/codec-maths.ts';
import { fixture, readBytes, type WholeSound } from './reading.ts';

const usual = { atan: Math.atan, cos: Math.cos, exp: Math.exp, log: Math.log, pow: Math.pow, sin: Math.sin };
afterEach(() => {
  Object.assign(Math, usual);
});

function digests({ channels }: WholeSound): string[] {
  return channels.map((channel) => createHash('sha256').update(channel).digest('hex'));
}

/** Another engine: its functions are off by a thousandth. */
function becomeAnother(): void {
  for (const [name, own] of Object.entries(usual)) {
    Object.assign(Math, { [name]: (...values: [number, number]) => 1.001 * own(...values) });
  }
}

describe.each(['tone.ogg', 'tone.opus'])('%s', (name) => {
  it('is decoded to the same samples in another engine', async () => {
    const here = await readBytes(fixture(name));
    becomeAnother();
    const there = await readBytes(fixture(name));
    expect(digests(there)).toEqual(digests(here));
  });
});

it('Math is as it was, also where nothing could be made', () => {
  expect(withOwnMaths(() => [Math.cos, Math.sin])).toEqual([cos, sin]);
  expect(() =>
    withOwnMaths(() => {
      throw new Error('no decoder');
    }),
  ).toThrow('no decoder');
  expect(Math.cos).toBe(usual.cos);
  expect(Math.pow).toBe(usual.pow);
});
