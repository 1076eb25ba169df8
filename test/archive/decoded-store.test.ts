import { closeSync, openSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { keepDecoded } from '../../src/archive/decoded-store.ts';
import { Random } from '../../src/dsp/random.ts';
import { NotAllowedError } from '../../src/errors.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';

vi.mock('node:fs', async (original) => {
  const actual = await original<typeof import('node:fs')>();
  const { openSync, closeSync, rmSync } = actual;
  return { ...actual, openSync: vi.fn(openSync), closeSync: vi.fn(closeSync), rmSync: vi.fn(rmSync) };
});

/** Files of this process in the temporary folder. */
const spooled = () => readdirSync(tmpdir()).filter((name) => name.startsWith(`afterglow-${process.pid}-`));

async function* blocksOf(channels: readonly Float32Array[], lengths: readonly number[]) {
  let start = 0;
  for (const length of lengths) {
    yield channels.map((channel) => channel.slice(start, start + length));
    start += length;
  }
}

const bytesOf = (samples: Float32Array) => Buffer.from(samples.buffer);

describe.each([
  ['in memory', Number.POSITIVE_INFINITY],
  ['spooled to the disk', 300_000],
])('a decoded sound %s', (_where, memoryBytes) => {
  it('gives back any range', async () => {
    const lengths = [1, 40_000, 5, 100_000, 32_768, 3];
    const total = lengths.reduce((sum, length) => sum + length, 0);
    const random = new Random('store');
    const channels = [0, 1].map(() => Float32Array.from({ length: total }, () => random.uniform()));
    const store = await keepDecoded(nodePlatform, blocksOf(channels, lengths), 44_100, memoryBytes);
    expect(store.frameCount).toBe(total);
    await fc.assert(
      fc.asyncProperty(fc.nat(total), fc.nat(total), async (a, b) => {
        const [start, end] = [Math.min(a, b), Math.max(a, b)];
        const part = await store.read(start, end - start);
        channels.forEach((channel, index) => {
          expect(part.channels[index].length).toBe(end - start);
          expect(
            Buffer.from(part.channels[index].buffer).equals(Buffer.from(channel.slice(start, end).buffer)),
          ).toBe(true);
        });
      }),
      { numRuns: 50 },
    );
    await store.close();
  });

  it('is as wide as its widest block, and mono on both sides before and after', async () => {
    // Stereo begins and ends in the middle of what is kept as one block, and one block is mono wholly.
    const [left, right] = [1, 2].map((seed) => {
      const random = new Random(`wide ${seed}`);
      return Float32Array.from({ length: 400_000 }, () => random.uniform());
    });
    const [from, to] = [100_000, 150_000];
    right.set(left.subarray(0, from));
    right.set(left.subarray(to), to);
    const blocks = async function* () {
      yield [left.slice(0, from)];
      yield [left.slice(from, to), right.slice(from, to)];
      yield [left.slice(to)];
    };
    const store = await keepDecoded(nodePlatform, blocks(), 44_100, memoryBytes);
    expect([store.channelCount, store.frameCount]).toEqual([2, 400_000]);
    for (const [start, count] of [
      [0, 400_000],
      [99_990, 20],
      [149_990, 20],
      [196_600, 20],
      [300_000, 100_000],
    ]) {
      const { channels } = await store.read(start, count);
      expect(Buffer.compare(bytesOf(channels[0]), bytesOf(left.slice(start, start + count)))).toBe(0);
      expect(Buffer.compare(bytesOf(channels[1]), bytesOf(right.slice(start, start + count)))).toBe(0);
    }
    await store.close();
  });

  it('leaves no file behind, open or closed', async () => {
    const store = await keepDecoded(
      nodePlatform,
      blocksOf([new Float32Array(200_000)], [200_000]),
      44_100,
      memoryBytes,
    );
    expect(spooled()).toEqual([]);
    await store.close();
    expect(spooled()).toEqual([]);
  });

  it('passes on what goes wrong while decoding', async () => {
    const failing = async function* () {
      yield [new Float32Array(200_000)];
      throw new Error('half way');
    };
    await expect(keepDecoded(nodePlatform, failing(), 44_100, memoryBytes)).rejects.toThrow('half way');
  });
});

it('keeps neither handle nor file where the name cannot be taken away', async () => {
  vi.mocked(openSync).mockClear();
  vi.mocked(closeSync).mockClear();
  vi.mocked(rmSync).mockImplementationOnce(() => {
    throw Object.assign(new Error('EPERM'), { code: 'EPERM' });
  });
  const block = [new Float32Array(200_000)];
  await expect(keepDecoded(nodePlatform, blocksOf(block, [200_000]), 44_100, 300_000)).rejects.toThrow(
    NotAllowedError,
  );
  const [{ value: descriptor }] = vi.mocked(openSync).mock.results;
  expect(closeSync).toHaveBeenLastCalledWith(descriptor);
  expect(spooled()).toEqual([]);
});

it('is no silence where the file was cut off', async () => {
  const scratch = async () => ({ ...(await nodePlatform.files.scratch()), read: async () => 8 });
  const platform = { ...nodePlatform, files: { ...nodePlatform.files, scratch } };
  const store = await keepDecoded(
    platform,
    blocksOf([new Float32Array(200_000)], [200_000]),
    44_100,
    300_000,
  );
  await expect(store.read(0, 100)).rejects.toThrow(/ends early/);
  await store.close();
});
