/** An export that was saved earlier, as a folder or as a ZIP, among what somebody brought. */
import { EXPORT_HEAD } from '../../archive/own-folder.ts';
import { basename, dirname } from '../../paths.ts';
import type { Brought } from './messages.ts';
import { filesOfZip, zipEntries } from './read-zip.ts';

const MANIFEST = 'manifest.csv';
/** Bytes of a manifest that tell. */
const HEAD_LENGTH = 512;

export interface SavedExport {
  /** As the user knows it. */
  readonly name: string;
  /** By paths in it. */
  readonly files: readonly Brought[];
}

/** @returns null unless all that was brought is one export */
export async function savedExport(brought: readonly Brought[]): Promise<SavedExport | null> {
  const [{ path, file }] = brought;
  if (brought.length > 1 || !path.toLowerCase().endsWith('.zip')) return exportIn(brought, '');
  const entries = await zipEntries(file);
  if (!entries?.some((entry) => basename(entry.path) === MANIFEST)) return null;
  return exportIn(await filesOfZip(entries), basename(path));
}

async function exportIn(files: readonly Brought[], name: string): Promise<SavedExport | null> {
  const [manifest] = files
    .filter(({ path }) => basename(path) === MANIFEST)
    .sort((a, b) => a.path.length - b.path.length);
  if (!manifest) return null;
  const folder = dirname(manifest.path);
  const root = manifest.path === MANIFEST ? '' : `${folder}/`;
  // Macs put files of their own beside the folder into a ZIP.
  const others = files.filter(({ path }) => !path.startsWith(root) && !path.startsWith('__MACOSX/'));
  if (others.length > 0 || !EXPORT_HEAD.test(await manifest.file.slice(0, HEAD_LENGTH).text())) return null;
  const inside = files
    .filter(({ path }) => path.startsWith(root))
    .map(({ path, file }) => ({ path: path.slice(root.length), file }));
  return { name: name || (root === '' ? 'it' : basename(folder)), files: inside };
}
