import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteLength, safeName } from '../../src/config/safe-name.ts';

describe('safeName', () => {
  it.each([
    ['a/b\\c:d*e?', 'a_b_c_d_e_'],
    ['--help', 'help'],
    ['.hidden', 'hidden'],
    ['=1+1', '_1+1'],
    ['@sum', '_sum'],
    ['trailing. . ', 'trailing'],
    ['con', '_con'],
    ['two\nlines', 'two lines'],
    ['...', 'nothing'],
  ])('%j becomes %j', (text, name) => {
    expect(safeName(text, 200, 'nothing')).toBe(name);
  });

  it('keeps to its bytes, and changes nothing twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 8, max: 60 }), (text, bytes) => {
        const name = safeName(text, bytes, 'x');
        expect(byteLength(name)).toBe(Buffer.byteLength(name));
        expect(byteLength(name)).toBeLessThanOrEqual(bytes + 1);
        expect(name).not.toMatch(/^[-. =+@]|[. ]$|[<>:"/\\|?*\p{Cc}]/u);
      }),
    );
  });
});
