/**
 * A project: a folder with a `config.yaml`, and the source and export folders that it names. Everything
 * relative in the config starts from the config's own folder.
 */
import { diskError } from '../archive/disk-errors.ts';
import { makeFolder } from '../archive/make-folder.ts';
import { writeAtomic } from '../archive/write.ts';
import { defaultConfigText } from '../config/default-text.ts';
import { configJsonSchema, SCHEMA_FILE_NAME } from '../config/json-schema.ts';
import { type ParsedConfig, parseConfig } from '../config/parse.ts';
import type { Settings } from '../config/settings.ts';
import { ConfigError } from '../errors.ts';
import { SOURCE_FOLDERS } from '../families/family.ts';
import { dirname, join, resolve } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';

export const CONFIG_FILE_NAME = 'config.yaml';

export interface Project extends ParsedConfig {
  /** Absolute. */
  readonly folder: string;
  /** Null where there is none and none was to be written. */
  readonly configPath: string | null;
  /** What was written because it was missing: the config on a first run. */
  readonly created: readonly string[];
}

export interface ProjectRequest {
  /** Where `config.yaml` is looked for. */
  readonly folder: string;
  /** Another config file; it must exist. */
  readonly config?: string;
  readonly preset?: string;
  /** Writes a commented config and the source folders where there is no config yet. */
  readonly create: boolean;
}

/**
 * Reads the project's config, or the defaults where there is none.
 * @throws ConfigError when the config is wrong, or the one asked for does not exist
 * @throws FileSystemError where the disk fails
 */
export async function openProject(platform: Platform, request: ProjectRequest): Promise<Project> {
  const path = platform.files.absolute(request.config ?? CONFIG_FILE_NAME, request.folder);
  const shown = request.config ?? CONFIG_FILE_NAME;
  const text = await readIfThere(platform, path, shown);
  const options = request.preset === undefined ? {} : { preset: request.preset };
  const parse = (config: string) => withSlashes(platform, parseConfig(config, shown, options));
  if (text !== null) {
    const parsed = parse(text);
    return { ...parsed, folder: dirname(path), configPath: path, created: [] };
  }
  if (request.config !== undefined) {
    throw new ConfigError(`There is no file ${shown}; check --config, or write one with "afterglow init".`);
  }
  const parsed = parse('');
  if (!request.create) return { ...parsed, folder: request.folder, configPath: null, created: [] };
  const created = await createProject(platform, request.folder, parsed.settings, request.preset);
  return { ...parsed, folder: request.folder, configPath: path, created };
}

/** Folders may be typed as their system writes them. */
function withSlashes({ files }: Platform, parsed: ParsedConfig): ParsedConfig {
  const { paths } = parsed.settings;
  const slashed = Object.fromEntries(Object.entries(paths).map(([key, path]) => [key, files.slashed(path)]));
  return { ...parsed, settings: { ...parsed.settings, paths: slashed as typeof paths } };
}

/**
 * Writes the commented config, the schema beside it that editors check it with, and the source folders
 * that are missing. @returns what was written
 */
export async function createProject(
  platform: Platform,
  folder: string,
  settings: Settings,
  preset?: string,
): Promise<string[]> {
  const schema = `${JSON.stringify(configJsonSchema(), null, 2)}\n`;
  const created = [CONFIG_FILE_NAME, SCHEMA_FILE_NAME];
  await put(platform, join(folder, CONFIG_FILE_NAME), defaultConfigText(preset));
  await put(platform, join(folder, SCHEMA_FILE_NAME), schema);
  for (const key of SOURCE_FOLDERS) {
    const path = resolve(folder, settings.paths[key]);
    if (await platform.files.exists(path)) continue;
    await makeFolder(platform, path);
    created.push(`${settings.paths[key]}/`);
  }
  return created;
}

async function put(platform: Platform, path: string, text: string): Promise<void> {
  await writeAtomic(platform, path, new TextEncoder().encode(text), null);
}

/** A text file; null where there is none. @param shown its path as the user gave it */
async function readIfThere(platform: Platform, path: string, shown: string): Promise<string | null> {
  const asOurs = (error: unknown): never => {
    throw diskError(error, 'read', path);
  };
  const found = await platform.files.stat(path).catch(asOurs);
  if (found === null) return null;
  // The project is the folder that the config lies in, and a pipe lies in none.
  if (found.kind === 'other') {
    throw new ConfigError(`${shown} is a pipe or device; --config must name a regular file.`, {
      context: { path },
    });
  }
  const bytes = await platform.files.read(path).catch(asOurs);
  // The byte order mark, which some editors on Windows write.
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    throw new ConfigError(`${shown} is saved as UTF-16; save it as UTF-8.`, { context: { path } });
  }
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}
