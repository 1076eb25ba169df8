import { openProject, type Project } from '../engine/project.ts';
import { nodePlatform } from '../platform/node/platform.ts';
import { absolute } from './absolute.ts';
import { exportDir } from './export-root.ts';

/** The project where the user stands, or that `--config` names, and the export folder that is meant, absolute. */
export async function openExport(flags: {
  readonly config?: string;
  readonly export?: string;
}): Promise<Project & { readonly exportFolder: string }> {
  const project = await openProject(nodePlatform, {
    folder: absolute('.'),
    ...(flags.config === undefined ? {} : { config: flags.config }),
    create: false,
  });
  return { ...project, exportFolder: absolute(exportDir(project.settings, flags), project.folder) };
}
