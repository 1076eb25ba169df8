/** How files are read whose bytes are asked for piece by piece. */
import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openPieces } from '../../src/platform/memory/open-pieces.ts';

const PIECE = 2 ** 20;
const SIZE = 5 * PIECE + 3;

/** A file whose byte at `i` is of piece `i / PIECE`, and which pieces were asked for; it answers at the next `answer`. */
function pieces(size = SIZE) {
  const asked: number[] = [];
  const waiting: (() => void)[] = [];
  let fails = false;
  const open = openPieces(size, (start, end) => {
    asked.push(start / PIECE);
    const bytes = new Uint8Array(end - start).fill(start / PIECE + 1);
    const isLost = fails;
    return new Promise((resolve, reject) => {
      waiting.push(() => (isLost ? reject(new Error('lost')) : resolve(bytes)));
    });
  });
  const answer = () => {
    for (const one of waiting.splice(0)) one();
  };
  const read = async (start: number, length: number) => {
    const into = new Uint8Array(length);
    const reading = open.read(into, start);
    reading.catch(() => undefined);
    answer();
    return [await reading, into[0], into[length - 1]];
  };
  const lose = (isLost: boolean) => {
    fails = isLost;
  };
  return { asked, read, lose, open, answer, underWay: () => waiting.length };
}

it('the pieces of a range are asked for at once, and the one behind it', async () => {
  const { asked, read } = pieces();
  expect(await read(PIECE - 1, 2 * PIECE)).toEqual([2 * PIECE, 1, 3]);
  expect(asked).toEqual([0, 1, 2, 3]);
});

it('the next piece is fetched ahead where they are read in turn, and none is asked for twice', async () => {
  const { asked, read } = pieces();
  expect(await read(3 * PIECE, 10)).toEqual([10, 4, 4]);
  expect(asked).toEqual([3]);
  expect(await read(4 * PIECE, 10)).toEqual([10, 5, 5]);
  expect(asked).toEqual([3, 4, 5]);
  expect(await read(5 * PIECE, 10)).toEqual([3, 6, 0]);
  expect(await read(3 * PIECE, 2 * PIECE + 3)).toEqual([2 * PIECE + 3, 4, 6]);
  expect(await read(SIZE, 10)).toEqual([0, 0, 0]);
  expect(asked).toEqual([3, 4, 5]);
});

it('what could not be read is asked for anew', async () => {
  const { asked, read, lose } = pieces();
  lose(true);
  await expect(read(0, 10)).rejects.toThrow('lost');
  lose(false);
  expect(await read(0, 10)).toEqual([10, 1, 1]);
  expect(asked).toEqual([0, 0]);
});

it('a long range asks for few pieces at once, and has them all in their places', async () => {
  const { asked, open, answer, underWay } = pieces(40 * PIECE);
  const into = new Uint8Array(30 * PIECE);
  let isDone = false;
  const reading = open.read(into, PIECE / 2).finally(() => {
    isDone = true;
  });
  const most: number[] = [];
  while (!isDone) {
    most.push(underWay());
    answer();
    await setImmediate();
  }
  expect(await reading).toBe(30 * PIECE);
  expect(Math.max(...most)).toBe(8);
  expect(asked).toEqual(Array.from({ length: 32 }, (_, i) => i));
  const middles = Array.from({ length: 30 }, (_, i) => into[i * PIECE + PIECE / 2 - 1]);
  expect(middles).toEqual(middles.map((_, i) => i + 1));
});

it('much is kept only of what is read once more', async () => {
  const { asked, read } = pieces(20 * PIECE);
  const pass = async () => {
    for (let start = 0; start < 20 * PIECE; start += PIECE / 2) await read(start, PIECE / 2);
    return asked.splice(0).length;
  };
  expect([await pass(), await pass(), await pass()]).toEqual([20, 20 - 8, 0]);
});

it('nothing is kept once it is closed, not even of a read under way', async () => {
  const { asked, read, open } = pieces();
  const reading = read(0, 10);
  await open.close();
  expect(await reading).toEqual([10, 1, 1]);
  await read(0, 10);
  await read(0, 10);
  expect(asked).toEqual([0, 0, 0]);
});
