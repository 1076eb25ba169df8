import { expect, it } from 'vitest';
import { roundLoop } from '../../src/targets/round-loop.ts';

it('goes on round a loop, as often as need be', () => {
  const channels = [Float32Array.of(1, 2, 3), Float32Array.of(4, 5, 6)];
  const on = (frames: number) =>
    roundLoop({ sampleRate: 8000, channels }, frames).channels.map((own) => [...own]);
  expect(on(3)).toEqual([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  expect(on(8)).toEqual([
    [1, 2, 3, 1, 2, 3, 1, 2],
    [4, 5, 6, 4, 5, 6, 4, 5],
  ]);
});
