import { describe, expect, it } from 'vitest';
import type { SoundBlock } from '../../src/formats/sound-stream.ts';
import { cutToStated } from '../../src/formats/stated-length.ts';
import { joined } from '../signals.ts';

const RAMP = Float32Array.from({ length: 20_000 }, (_, frame) => frame);

/** The ramp in blocks of `blockLength`, cut to `stated`. */
async function cut(blockLength: number, stated: number) {
  async function* blocks(): AsyncGenerator<SoundBlock> {
    for (let start = 0; start < RAMP.length; start += blockLength) {
      const channel = RAMP.subarray(start, start + blockLength);
      yield { sampleRate: 10_000, channels: [channel, channel], channelOrder: 'wav' };
    }
  }
  const warnings: string[] = [];
  const kept: SoundBlock[] = [];
  for await (const block of cutToStated('a.m4a', blocks(), stated, warnings)) kept.push(block);
  return {
    channels: [0, 1].map((index) => joined(...kept.map(({ channels }) => channels[index]))),
    warnings,
  };
}

describe.each([20_000, 1000, 333])('a stated length, in blocks of %i', (blockLength) => {
  it.each([20_000, 19_999, 19_000, 15_904])('of %i leaves out what is behind it', async (stated) => {
    const { channels, warnings } = await cut(blockLength, stated);
    expect(channels).toEqual([RAMP.subarray(0, stated), RAMP.subarray(0, stated)]);
    expect(warnings).toEqual([]);
  });

  it.each([15_903, 5000, 0])('of %i is not believed: no padding is that long', async (stated) => {
    const { channels, warnings } = await cut(blockLength, stated);
    expect(channels).toEqual([RAMP, RAMP]);
    expect(warnings).toEqual([]);
  });

  it('beyond the end is told of, unless padding would explain it', async () => {
    expect((await cut(blockLength, 24_096)).warnings).toEqual([]);
    const { channels, warnings } = await cut(blockLength, 30_000);
    expect(channels).toEqual([RAMP, RAMP]);
    expect(warnings).toEqual([expect.stringMatching(/“a\.m4a” is cut short: it holds 2\.00 of the 3\.00 s/)]);
  });
});
