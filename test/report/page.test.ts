import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { fromBase64, toBase64 } from '../../src/report/page/base64.ts';
import { packedSheet, pageOf, STILL } from './sheets.ts';

const HOSTILE = '</script><script>window.hurt=1</script><img src=x onerror="window.hurt=1">\'"&\u2028😀';

it('lets no name become markup', () => {
  const sheet = packedSheet([{ path: HOSTILE, source: HOSTILE, grade_reasons: HOSTILE }], { title: HOSTILE });
  const html = pageOf(sheet, [STILL]);
  expect(html.match(/<script/g)).toHaveLength(3);
  expect(html).not.toContain('<img');
  const [, data] = /id="sheet">(.*?)<\/script>/s.exec(html) ?? [];
  expect(JSON.parse(data)).toEqual(sheet);
});

it('lets no other script or style run than its own, and nothing be fetched but sounds beside it', () => {
  const html = pageOf(packedSheet([]), []);
  const [, policy] = /Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
  expect(policy).toMatch(/^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; /);
  expect(policy).toContain("media-src 'self' file:; ");
  const [, script] = /<script>(.*?)<\/script>/s.exec(html) ?? [];
  expect(policy).toContain(createHash('sha256').update(script).digest('base64'));
  expect(html).not.toMatch(/https?:|url\(|@import/);
});

it('puts sounds behind all pictures, so that pictures need not wait for them', () => {
  const bytes = new Uint8Array(8);
  const html = pageOf(
    packedSheet([{ path: 'a.wav' }, { path: 'b.wav' }]),
    [0, 1].map(() => ({ overview: bytes, preview: bytes })),
  );
  expect(html.indexOf('id="preview-0"')).toBeGreaterThan(html.indexOf('id="overview-1"'));
});

it('carries bytes as text and back', () => {
  const bytes = Uint8Array.from({ length: 20_001 }, (_, i) => (i * 7) & 255);
  expect(fromBase64(toBase64(bytes))).toEqual(bytes);
  expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
});
