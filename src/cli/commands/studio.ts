import { spawn } from 'node:child_process';
import { openProject } from '../../engine/project.ts';
import { shownPath } from '../../engine/shown-path.ts';
import { ConfigError } from '../../errors.ts';
import { nodePlatform } from '../../platform/node/platform.ts';
import { openStudio } from '../../studio/server/server.ts';
import { absolute } from '../absolute.ts';
import { EXIT } from '../exit-codes.ts';
import { exportDir, exportRoot } from '../export-root.ts';
import { printJson } from '../json.ts';
import { openTerminal } from '../terminal.ts';

export interface StudioFlags {
  readonly config?: string;
  readonly port: number;
  /** False with `--no-open`. */
  readonly open: boolean;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

/** `afterglow studio`: serves the page to audition in, until it is interrupted. */
export async function studio(folders: readonly string[], flags: StudioFlags): Promise<number> {
  const terminal = openTerminal(flags);
  const project = await openProject(nodePlatform, {
    folder: absolute('.'),
    ...(flags.config === undefined ? {} : { config: flags.config }),
    create: false,
  });
  const wanted =
    folders.length > 0
      ? folders.map((folder) => absolute(folder))
      : [absolute(exportDir(project.settings, {}), project.folder)];
  const sites = [...new Set(wanted)].map((exportFolder, i) => ({
    id: `e${i + 1}`,
    shown: shownPath(exportFolder, absolute('.')),
    exportFolder,
    exportRoot: exportRoot(exportFolder),
  }));
  for (const { exportFolder, shown } of folders.length > 0 ? sites : []) {
    if (!(await nodePlatform.files.exists(exportFolder)))
      throw new ConfigError(`There is no folder “${shown}”.`);
  }
  const opened = await openStudio({
    sites,
    project: { folder: absolute('.'), ...(flags.config === undefined ? {} : { config: flags.config }) },
    port: flags.port,
    onUnexpected: (error) => terminal.error(error instanceof Error ? (error.stack ?? '') : String(error)),
  });
  try {
    const ended = untilInterrupted();
    for (const problem of opened.problems) terminal.warning(problem);
    if (flags.json) printJson({ address: opened.address, port: opened.port });
    terminal.result(`The studio is open: ${opened.address}\nIt is for this machine only; Ctrl-C closes it.`);
    if (flags.open && process.stdout.isTTY) openBrowser(opened.address);
    await ended;
    if (opened.isAtWork()) {
      terminal.warning('finishing the textures under way; interrupt again to quit at once');
    }
  } finally {
    await opened.close();
  }
  return EXIT.done;
}

/** Until Ctrl-C, or a polite kill; the second one ends the program at once. */
function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    let isEnding = false;
    const end = () => {
      if (isEnding) process.exit(EXIT.interrupted);
      isEnding = true;
      resolve();
    };
    process.on('SIGINT', end);
    process.on('SIGTERM', end);
  });
}

const OPENERS: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};

/** Where there is no browser to open, the address on the terminal will do. */
function openBrowser(address: string): void {
  const [command, ...before] = OPENERS[process.platform] ?? ['xdg-open'];
  const child = spawn(command, [...before, address], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}
