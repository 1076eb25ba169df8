import { describe, expect, it } from 'vitest';
import { byteReader } from '../../src/formats/bytes.ts';
import { isText } from '../../src/formats/is-text.ts';

const told = (bytes: Uint8Array) => isText(byteReader('song.wav', bytes));
const utf8 = (text: string) => new TextEncoder().encode(text);

describe('text', () => {
  it('is known by its bytes, also where a character is cut in two', async () => {
    expect(await told(utf8('<!doctype html>\r\n<title>404</title>'))).toBe(true);
    expect(await told(utf8(`${'x'.repeat(16_383)}ä and on`))).toBe(true);
    expect(await told(utf8('\u{feff}Notizen zum Stück: lauter!\n'))).toBe(true);
  });

  it('is not taken for what has other bytes in it', async () => {
    expect(await told(utf8(''))).toBe(false);
    expect(await told(utf8('RIFF\0\0\0\0WAVE'))).toBe(false);
    expect(await told(Uint8Array.of(0x20, 0x41, 0xff, 0xfb, 0x90))).toBe(false);
    expect(await told(Uint8Array.of(0x20, 0x41, 0x7f))).toBe(false);
  });

  it('is not taken for a sound whose header is text, as that of NIST SPHERE', async () => {
    const header = 'NIST_1A\n   1024\nchannel_count -i 1\nsample_rate -i 16000\nend_head\n'.padEnd(1024);
    const samples = Int16Array.from({ length: 800 }, (_, n) => Math.round(8000 * Math.sin(n / 10)));
    expect(await told(Buffer.concat([utf8(header), new Uint8Array(samples.buffer)]))).toBe(false);
  });
});
