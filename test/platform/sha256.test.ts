import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { browserSha256Of, kernelSha256 } from '../../src/platform/browser/browser-sha256.ts';
import { sha256, sha256Of } from '../../src/platform/sha256.ts';

it.each([
  ['plain', sha256],
  ['in WebAssembly', kernelSha256],
])('is Node’s, in one piece and in several: %s', (_, made) => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 4 }), (pieces) => {
      const digest = made();
      for (const piece of pieces) digest.update(piece);
      const all = Buffer.concat(pieces);
      const wanted = createHash('sha256').update(all).digest('hex');
      expect([digest.hex(), sha256Of(all)]).toEqual([wanted, wanted]);
    }),
  );
  expect(sha256Of('ä')).toBe(createHash('sha256').update('ä').digest('hex'));
});

it('is Node’s for more than is handed over at once', () => {
  const bytes = Uint8Array.from({ length: 40_001 }, (_, i) => (i * i) >> 3);
  const digest = kernelSha256();
  digest.update(bytes);
  expect(digest.hex()).toBe(createHash('sha256').update(bytes).digest('hex'));
});

it.each([true, false])(
  'is Node’s of bytes that are all there, whether the browser has one: %s',
  async (isSecure) => {
    vi.stubGlobal('isSecureContext', isSecure);
    const asked = vi.spyOn(crypto.subtle, 'digest');
    try {
      for (const length of [0, 100, 40_001]) {
        const bytes = Uint8Array.from({ length }, (_, i) => (i * i) >> 3);
        expect(await browserSha256Of(bytes)).toBe(createHash('sha256').update(bytes).digest('hex'));
      }
      expect(asked).toHaveBeenCalledTimes(isSecure ? 1 : 0);
    } finally {
      vi.unstubAllGlobals();
      asked.mockRestore();
    }
  },
);
