import type { Settings } from '../config/settings.ts';
import { absolute } from './absolute.ts';

/** `--export`, from where the user stands, or what the config says, from where the config lies. */
export function exportDir({ paths }: Settings, flags: { export?: string }): string {
  return flags.export === undefined ? paths.export_dir : absolute(flags.export);
}

/**
 * The folder outside which nothing is written: AFTERGLOW_EXPORT_ROOT, else the export folder itself;
 * null (no bound) where AFTERGLOW_UNSAFE_IO is 1.
 */
export function exportRoot(exportFolder: string): string | null {
  if (process.env.AFTERGLOW_UNSAFE_IO === '1') return null;
  const root = process.env.AFTERGLOW_EXPORT_ROOT;
  return root === undefined || root === '' ? exportFolder : absolute(root);
}
