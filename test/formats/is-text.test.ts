import { describe, expect, it } from 'vitest';
import { byteReader } from '../../src/formats/bytes.ts';
import { isText } from '../../src/formats/is-text.ts';

const told = (bytes: Uint8Array) => isText(byteReader('song.wav', bytes));
const utf8 = (text: string) => new TextEncoder().encode(text);

describe('text', () => {
  it('is known by its bytes, also where a character is cut in two', async () => {
    expect(await told(utf8('<!doctype html>\r\n<title>404</title>'))).toBe(true);
    expect(await told(utf8(`${'x'.repeat(511)}ä and on`))).toBe(true);
    expect(await told(utf8('\u{feff}Notizen zum Stück: lauter!\n'))).toBe(true);
  });

  it('is not taken for what has other bytes in it', async () => {
    expect(await told(utf8(''))).toBe(false);
    expect(await told(utf8('RIFF\0\0\0\0WAVE'))).toBe(false);
    expect(await told(Uint8Array.of(0x20, 0x41, 0xff, 0xfb, 0x90))).toBe(false);
    expect(await told(Uint8Array.of(0x20, 0x41, 0x7f))).toBe(false);
  });
});
