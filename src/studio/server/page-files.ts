/** The files of the page, as `npm run build` bundled them (scripts/build-pages.mjs). Nothing else of the package is served. */
import { readFileSync } from 'node:fs';

export interface PageFile {
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** From `src/` and from `dist/` alike. */
const BUILT = new URL('../../../dist/pages/', import.meta.url);

/** By the path of the address. */
const FILES = {
  '/': { name: 'studio.html', type: 'text/html; charset=utf-8' },
  '/studio.js': { name: 'studio.js', type: 'text/javascript; charset=utf-8' },
  '/studio.css': { name: 'studio.css', type: 'text/css; charset=utf-8' },
  '/recorder.js': { name: 'recorder.js', type: 'text/javascript; charset=utf-8' },
  '/icon.svg': { name: 'icon.svg', type: 'image/svg+xml' },
} as const;

/** The page's files by the path of their address, read once, when the studio starts. */
export function pageFiles(): ReadonlyMap<string, PageFile> {
  const files = Object.entries(FILES);
  return new Map(
    files.map(([path, { name, type }]) => [path, { type, bytes: readFileSync(new URL(name, BUILT)) }]),
  );
}
