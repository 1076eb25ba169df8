import { bytesHash } from '../archive/content-hash.ts';
import type { Platform } from '../platform/platform.ts';
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
export function digest(platform: Platform, text: string): string {
  const bytes = bytesHash(platform, new TextEncoder().encode(text))
    .match(/../g)!
    .map((hex) => Number.parseInt(hex, 16));
  return btoa(String.fromCharCode(...bytes));
}
