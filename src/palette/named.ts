import picomatch from 'picomatch';
import { nearestName } from '../config/nearest.ts';
import { ConfigError } from '../errors.ts';
import type { Platform } from '../platform/platform.ts';
import type { Palette, PaletteTexture } from './palette.ts';

/**
 * The textures that an ID names: their path in the export folder, or on the disk; a file name, with or without `.wav`,
 * where only one bears it; or a glob over either.
 *
 * @throws ConfigError where the ID is empty, there is none, or a plain name is several textures'
 */
export function texturesNamed(
  { files }: Platform,
  { exportFolder, textures }: Palette,
  id: string,
): PaletteTexture[] {
  if (id.trim() === '') {
    throw new ConfigError('An empty ID names no texture; manifest.csv lists them by path.');
  }
  const file = files.absolute(id);
  const exact = textures.filter((texture) => texture.path === id || texture.file === file);
  if (exact.length > 0) return exact;
  const named = textures.filter(({ name, row }) => name === id || row.filename === id);
  if (named.length === 1) return named;
  if (named.length > 1) {
    const paths = named.map(({ path }) => path).join(', ');
    throw new ConfigError(`${named.length} textures are called “${id}”; name one by its path: ${paths}.`);
  }
  const matches = picomatch(id, { dot: true, nocase: true });
  const found = textures.filter(
    ({ path, name, row }) => matches(path) || matches(row.filename) || matches(name),
  );
  if (found.length > 0) return found;
  const nearest = nearestName(
    id,
    textures.flatMap(({ path, name }) => [path, name]),
  );
  const hint = nearest === null ? 'manifest.csv lists them by path' : `did you mean ${nearest}`;
  throw new ConfigError(
    `No texture in “${exportFolder}” is called “${id}”; ${hint}${nearest === null ? '.' : '?'}`,
  );
}
