import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sha256, sha256Of } from '../../src/platform/sha256.ts';

it('is Node’s, in one piece and in several', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 4 }), (pieces) => {
      const digest = sha256();
      for (const piece of pieces) digest.update(piece);
      const all = Buffer.concat(pieces);
      const wanted = createHash('sha256').update(all).digest('hex');
      expect([digest.hex(), sha256Of(all)]).toEqual([wanted, wanted]);
    }),
  );
  expect(sha256Of('ä')).toBe(createHash('sha256').update('ä').digest('hex'));
});
