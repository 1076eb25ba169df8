import { expect, it, vi } from 'vitest';

// A thread's rooms are one for all, and other tests of this process have left some of theirs.
vi.resetModules();
const { Rooms, withRooms, withRoomsUntil } = await import('../../src/dsp/rooms.ts');

it('are nobody else’s until they are given back, and then lent again', () => {
  const [one, other] = [new Rooms(), new Rooms()];
  const [a, b] = [one.floats(10_000), other.floats(10_000)];
  expect([a.length, b.length, a.buffer === b.buffer]).toEqual([10_000, 10_000, false]);
  one.release();
  const again = other.doubles(5_000);
  expect([again.length, again.buffer === a.buffer]).toEqual([5_000, true]);
  other.release();
});

it('are large enough, and not so large that a large one is missing', () => {
  const small = withRooms((rooms) => rooms.bytes(100_000).buffer);
  const large = withRooms((rooms) => rooms.bytes(1_000_000).buffer);
  withRooms((rooms) => {
    const [fits, another, larger] = [110_000, 115_000, 300_000].map((length) => rooms.bytes(length).buffer);
    expect([fits === small, another === large, larger === large]).toEqual([true, false, true]);
  });
});

it('are given back where something goes wrong too', () => {
  let held: ArrayBuffer | undefined;
  const failing = () =>
    withRooms((rooms) => {
      held = rooms.floats(77_777).buffer;
      throw new Error('wrong');
    });
  expect(failing).toThrow('wrong');
  expect(withRooms((rooms) => rooms.floats(77_777).buffer === held)).toBe(true);
});

it('are let go beyond what is kept', () => {
  const first = withRooms((rooms) => rooms.bytes(8_000_000).buffer);
  withRooms((rooms) => [1, 2, 3].map(() => rooms.bytes(16_000_000)));
  expect(withRooms((rooms) => rooms.bytes(8_000_000).buffer === first)).toBe(false);
});

it('are kept until what waits is done, and given back where it fails', async () => {
  let held: ArrayBuffer | undefined;
  const failing = withRoomsUntil(async (rooms) => {
    held = rooms.floats(88_888).buffer;
    await Promise.resolve();
    expect(withRooms((others) => others.floats(88_888).buffer === held)).toBe(false);
    throw new Error('wrong');
  });
  await expect(failing).rejects.toThrow('wrong');
  const free = withRooms((rooms) => [1, 2, 3, 4].map(() => rooms.floats(88_888).buffer));
  expect(free.some((buffer) => buffer === held)).toBe(true);
});
