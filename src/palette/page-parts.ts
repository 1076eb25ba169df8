import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { PageParts } from '../report/page.ts';

/** Where `npm run build` puts the pages (scripts/build-pages.mjs), seen from `src/` and from `dist/` alike. */
const BUILT = new URL('../../dist/pages/', import.meta.url);

/** What the report's page is made of. */
export function pageParts(): PageParts {
  const read = (name: string) => readFileSync(new URL(name, BUILT), 'utf8');
  return { script: read('report.js'), style: read('report.css'), body: read('report.html') };
}

/** SHA-256 in base64. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
