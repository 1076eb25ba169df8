import { expect, it, vi } from 'vitest';
import { loadStretcher } from '../../src/dsp/signalsmith.ts';

it('is loaded anew after it could not be', async () => {
  const slice = vi.spyOn(Int8Array.prototype, 'slice').mockImplementation(() => {
    throw new RangeError('no memory');
  });
  const failing = await Promise.allSettled([loadStretcher(1, 4096, 1024), loadStretcher(1, 4096, 1024)]);
  expect(failing.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  slice.mockRestore();
  expect((await loadStretcher(1, 4096, 1024))().capacity).toBe(5120);
}, 10_000);

it('is loaded once for each shape', async () => {
  expect(loadStretcher(1, 4096, 1024)).toBe(loadStretcher(1, 4096, 1024));
  expect(loadStretcher(1, 4096, 1024)).not.toBe(loadStretcher(1, 4096, 512));
});
