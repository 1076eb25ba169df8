/** How files are read whose bytes are asked for piece by piece. */
import { expect, it } from 'vitest';
import { openPieces } from '../../src/platform/memory/open-pieces.ts';

const PIECE = 2 ** 20;
const SIZE = 5 * PIECE + 3;

/** A file whose byte at `i` is of piece `i / PIECE`, and which pieces were asked for; it answers at the next `answer`. */
function pieces() {
  const asked: number[] = [];
  const waiting: (() => void)[] = [];
  let fails = false;
  const open = openPieces(SIZE, (start, end) => {
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
  return { asked, read, lose, close: () => open.close() };
}

it('all pieces of a range are asked for at once, and the one behind it', async () => {
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
