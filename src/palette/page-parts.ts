import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { joinModules } from '../report/join-modules.ts';
import type { PageParts } from '../report/page.ts';

/** The package's folder, seen from `src/` and from `dist/` alike. */
const PACKAGE = new URL('../../', import.meta.url);

/** What the report's page is made of: its script as it was compiled, style and body as they are written. */
export function pageParts(): PageParts {
  const read = (path: string) => readFileSync(fileURLToPath(new URL(path, PACKAGE)), 'utf8');
  return {
    // In a scope of its own: no name of it is one of the window's.
    script: `(() => {\n'use strict';\n${joinModules('dist/report/page/main.js', read)}})();\n`,
    style: read('src/report/page/common.css') + read('src/report/page/style.css'),
    body: read('src/report/page/body.html'),
  };
}

/** SHA-256 in base64. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
