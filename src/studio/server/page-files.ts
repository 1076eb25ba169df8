/** The page: which files it is made of, found once, when the studio starts. Nothing else of the package is served. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, posix } from 'node:path';

export interface PageFile {
  readonly type: string;
  readonly bytes: Uint8Array;
  /** Of its inline scripts (an import map), base64 SHA-256. */
  readonly scriptDigests: readonly string[];
}

/** The package's folder, seen from `src/` and from `dist/` alike. */
const PACKAGE = new URL('../../../', import.meta.url);
/** What lies beside the page's modules: its document, style, fonts and pictures. */
const ASSETS = 'src/studio/page/';
const MODULES = 'dist/studio/page/';
const ENTRY = 'main.js';
/** What it shares with the report; as its modules do, it lies where its name leads. */
const SHARED_STYLE = 'report/page/common.css';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** `import … from '…'`, `export … from '…'`, `import '…'` and `import('…')`, as the compiler leaves them. */
const IMPORT = /(?:\bfrom\s*|\bimport\s*\(?\s*)['"]([^'"]+)['"]/g;

/**
 * By the path of the address: `/` is index.html; `/page/…` its assets and modules; what modules import by relative names,
 * also from other rooms, lies where that name leads.
 */
export function pageFiles(): ReadonlyMap<string, PageFile> {
  const files = new Map<string, PageFile>();
  for (const name of readdirSync(new URL(ASSETS, PACKAGE), { recursive: true, encoding: 'utf8' })) {
    const path = name.replaceAll('\\', '/');
    const isAsset = extname(path) in TYPES && extname(path) !== '.js';
    if (isAsset) files.set(path === 'index.html' ? '/' : `/page/${path}`, pageFile(`${ASSETS}${path}`));
  }
  files.set(`/${SHARED_STYLE}`, pageFile(`src/${SHARED_STYLE}`));
  addModule(`/page/${ENTRY}`, `${MODULES}${ENTRY}`, files);
  return files;
}

/** A module and what it imports. */
function addModule(address: string, path: string, files: Map<string, PageFile>): void {
  if (files.has(address) || !existsSync(new URL(path, PACKAGE))) return;
  const file = pageFile(path);
  files.set(address, file);
  for (const [, name] of new TextDecoder().decode(file.bytes).matchAll(IMPORT)) {
    if (name.startsWith('.')) {
      const at = new URL(name, `http://studio${address}`).pathname;
      addModule(at, posix.join(posix.dirname(path), name), files);
    }
  }
}

function pageFile(path: string): PageFile {
  const bytes = readFileSync(new URL(path, PACKAGE));
  const type = TYPES[extname(path)];
  return {
    type,
    bytes,
    scriptDigests: extname(path) === '.html' ? scriptDigests(bytes.toString('utf8')) : [],
  };
}

function scriptDigests(html: string): string[] {
  return [...html.matchAll(/<script(?![^>]*\bsrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(([, text]) =>
    createHash('sha256').update(text).digest('base64'),
  );
}
