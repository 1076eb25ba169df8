import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { digest, pageParts } from '../../src/palette/page-parts.ts';
import { fromBase64, toBase64 } from '../../src/report/page/base64.ts';
import { pageText } from '../../src/report/page.ts';
import { sheetOf, texture } from './sheets.ts';

const HOSTILE = '</script><script>window.hurt=1</script><img src=x onerror="window.hurt=1">\'"&\u2028😀';

it('lets no name become markup', () => {
  const sheet = { ...sheetOf([texture({ title: HOSTILE, source: HOSTILE, path: HOSTILE })]), title: HOSTILE };
  const html = pageText(sheet, [{ overview: new Uint8Array(8), preview: null }], pageParts(), digest);
  expect(html.match(/<script/g)).toHaveLength(3);
  expect(html).not.toContain('<img');
  const [, data] = /id="sheet">(.*?)<\/script>/s.exec(html) ?? [];
  expect(JSON.parse(data)).toEqual(sheet);
});

it('lets no other script or style run than its own, and nothing be fetched', () => {
  const html = pageText(sheetOf([]), [], pageParts(), digest);
  const [, policy] = /Content-Security-Policy" content="([^"]*)"/.exec(html) ?? [];
  expect(policy).toMatch(/^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; /);
  const [, script] = /<script>(.*?)<\/script>/s.exec(html) ?? [];
  expect(policy).toContain(createHash('sha256').update(script).digest('base64'));
  expect(html).not.toMatch(/https?:|url\(|@import/);
});

it('puts sounds behind all pictures, so that pictures need not wait for them', () => {
  const bytes = new Uint8Array(8);
  const html = pageText(
    sheetOf([texture({}), texture({})]),
    [0, 1].map(() => ({ overview: bytes, preview: bytes })),
    pageParts(),
    digest,
  );
  expect(html.indexOf('id="preview-0"')).toBeGreaterThan(html.indexOf('id="overview-1"'));
});

it('carries bytes as text and back', () => {
  const bytes = Uint8Array.from({ length: 20_001 }, (_, i) => (i * 7) & 255);
  expect(fromBase64(toBase64(bytes))).toEqual(bytes);
  expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
});
