/** What versions of a texture are called, and where they lie: by what is another about them. */
import { sameBytes } from '../../archive/same-bytes.ts';
import { TEXTURE_ENDING } from '../../curation/texture-path.ts';
import { dirname, join } from '../../paths.ts';
import type { Platform } from '../../platform/platform.ts';
import { valueWords } from '../../wording/settings.ts';
import type { RenderRequest } from '../protocol.ts';
import type { Found } from './library.ts';
import { titleOfSetting } from './run-settings.ts';

/** What is to be another. */
export type Changes = Omit<RenderRequest, 'id'>;

/** `seed 7, 12 s`, `Grains in one cloud: 9`: what is another about it. */
export function whatWords({ seed, lengthSec, settings = {} }: Changes): string {
  const changed = Object.entries(settings).flatMap(([section, keys]) =>
    Object.entries(keys).map(([key, value]) => ({ title: titleOfSetting(section, key), value })),
  );
  return [
    ...(seed === undefined ? [] : [`seed ${seed}`]),
    ...(lengthSec === undefined ? [] : [`${lengthSec} s`]),
    ...changed.map(({ title, value }) => `${title}: ${valueWords(value) || 'none'}`),
  ].join(', ');
}

/**
 * Where it would lie in the export: beside the one that it was made from, under a name that says what is another about it.
 * @param isTaken whether a path in the export is another version's
 */
export async function freePlace(
  { files }: Platform,
  { texture, exportIndex }: Found,
  changes: Changes,
  isTaken: (path: string) => boolean,
): Promise<string> {
  const stem = join(dirname(texture.path), nameOf(texture.name, changes));
  for (let n = 1; ; n++) {
    const place = numbered(stem, n);
    if (!isTaken(place) && !(await files.exists(join(exportIndex.exportFolder, place)))) return place;
  }
}

/** A path where nothing stands, or these very bytes. @param stem its path without a number and an ending */
export async function freePath({ files }: Platform, stem: string, bytes: Uint8Array): Promise<string> {
  for (let n = 1; ; n++) {
    const path = numbered(stem, n);
    const there = await files.read(path).catch(() => null);
    if (there === null || sameBytes(there, bytes)) return path;
  }
}

function numbered(stem: string, n: number): string {
  return `${stem}${n === 1 ? '' : `_${n}`}${TEXTURE_ENDING}`;
}

/** `choir_pad_warm_seed7_12s`, `choir_pad_warm_other`. */
function nameOf(name: string, { seed, lengthSec, settings }: Changes): string {
  const parts = [
    name,
    ...(seed === undefined ? [] : [`seed${seed}`]),
    ...(lengthSec === undefined ? [] : [`${lengthSec}s`]),
    ...(settings === undefined ? [] : ['other']),
  ];
  return parts.join('_');
}
