import { expect, it } from 'vitest';
import { fromBase64, toBase64 } from '../../src/report/page/base64.ts';

it('is RFC 4648’s, of any number of bytes', () => {
  const bytes = Uint8Array.from({ length: 259 }, (_, i) => (i * 37) & 0xff);
  for (const length of [0, 1, 2, 3, 4, 258, 259]) {
    const part = bytes.subarray(0, length);
    expect(toBase64(part)).toBe(Buffer.from(part).toString('base64'));
    expect(fromBase64(toBase64(part))).toEqual(new Uint8Array(part));
  }
});
