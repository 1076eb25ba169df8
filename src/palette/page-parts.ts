import { bytesHash } from '../archive/content-hash.ts';
import type { Platform } from '../platform/platform.ts';
import { joinModules } from '../report/join-modules.ts';
import type { PageParts } from '../report/page.ts';

/** What the report's page is made of: its script as it was compiled, style and body as they are written. */
export async function pageParts({ shipped }: Platform): Promise<PageParts> {
  const read = (path: string) => shipped.read(path);
  return {
    // In a scope of its own: no name of it is one of the window's.
    script: `(() => {\n'use strict';\n${await joinModules('dist/report/page/main.js', read)}})();\n`,
    style: (await read('src/report/page/common.css')) + (await read('src/report/page/style.css')),
    body: await read('src/report/page/body.html'),
  };
}

/** SHA-256 in base64. */
export function digest(platform: Platform, text: string): string {
  const bytes = bytesHash(platform, new TextEncoder().encode(text))
    .match(/../g)!
    .map((hex) => Number.parseInt(hex, 16));
  return btoa(String.fromCharCode(...bytes));
}
