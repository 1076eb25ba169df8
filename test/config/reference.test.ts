import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { configurationReference } from '../../src/config/reference.ts';

it('docs/CONFIGURATION.md says what the schema says', () => {
  const written = readFileSync(new URL('../../docs/CONFIGURATION.md', import.meta.url), 'utf8');
  // If this fails: npm run build && node scripts/generate-docs.mjs
  expect(written.replaceAll('\r\n', '\n')).toBe(configurationReference());
});
