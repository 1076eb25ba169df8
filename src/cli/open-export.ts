import { resolve } from 'node:path';
import { openProject, type Project } from '../engine/project.ts';
import { nodePlatform } from '../platform/node/platform.ts';
import { exportDir } from './export-root.ts';

/** The project where the user stands, or that `--config` names, and the export folder that is meant, absolute. */
export async function openExport(flags: {
  readonly config?: string;
  readonly export?: string;
}): Promise<Project & { readonly exportFolder: string }> {
  const project = await openProject(nodePlatform, {
    folder: resolve('.'),
    ...(flags.config === undefined ? {} : { config: flags.config }),
    create: false,
  });
  return { ...project, exportFolder: resolve(project.folder, exportDir(project.settings, flags)) };
}
