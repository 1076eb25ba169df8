import type { Platform } from '../platform/platform.ts';
import { sha256Of } from '../platform/sha256.ts';
import type { PageParts } from '../report/page.ts';

/** What the report's page is made of, as `npm run build` bundled it (scripts/build-pages.mjs). */
export async function pageParts({ shipped }: Platform): Promise<PageParts> {
  const read = (name: string) => shipped.read(`dist/pages/${name}`);
  return {
    script: await read('report.js'),
    style: await read('report.css'),
    body: await read('report.html'),
  };
}

/** SHA-256 in base64. */
export function digest(text: string): string {
  const bytes = sha256Of(text)
    .match(/../g)!
    .map((hex) => Number.parseInt(hex, 16));
  return btoa(String.fromCharCode(...bytes));
}
