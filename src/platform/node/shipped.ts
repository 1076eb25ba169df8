import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Shipped } from '../platform.ts';

/** The package's folder, seen from `src/` and from `dist/` alike. */
const PACKAGE = new URL('../../../', import.meta.url);

const at = (path: string) => fileURLToPath(new URL(path, PACKAGE));

export const nodeShipped: Shipped = {
  list: (folder) => readdirSync(at(folder)).sort(),
  read: (path) => readFile(at(path), 'utf8'),
};
