import { setImmediate } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { inLanes, oneByOne } from '../../src/platform/lanes.ts';

it('what is done in turn is done one piece at a time, in lanes too, and goes on behind a failure', async () => {
  const inTurn = oneByOne();
  const course: string[] = [];
  const piece = (name: string) =>
    inTurn(async () => {
      course.push(`${name} begins`);
      await setImmediate();
      course.push(`${name} ends`);
      if (name === 'a') throw new Error('a fails');
    });
  await expect(inLanes(['a', 'b', 'c'], 3, undefined, piece)).rejects.toThrow('a fails');
  expect(course).toEqual(['a', 'b', 'c'].flatMap((name) => [`${name} begins`, `${name} ends`]));
});
