/** From what, and with what, a texture is made again: its row of the manifest, the settings noted for it, its source. */
import { contentHash } from '../archive/content-hash.ts';
import { PATH_SEPARATOR } from '../archive/manifest-row.ts';
import { withNewKeys } from '../config/old-keys.ts';
import { parseConfig } from '../config/parse.ts';
import type { Families, Settings } from '../config/settings.ts';
import { digestOfLayers, upperLayer } from '../engine/layers.ts';
import { SYNTHETIC } from '../engine/plan.ts';
import type { RemakeRequest } from '../engine/remake.ts';
import type { RecordedSettings } from '../engine/settings-record.ts';
import { ENGINE_VERSION } from '../engine/version.ts';
import { FileSystemError } from '../errors.ts';
import type { MakerDefinition } from '../families/family.ts';
import { makerOf, makersOf } from '../families/lookup.ts';
import type { Platform } from '../platform/platform.ts';
import { withChanges } from './changes.ts';
import { type OwnProject, sourceFile } from './origin-project.ts';
import type { Palette, PaletteTexture } from './palette.ts';
import type { NotRenderedReason, RenderNote, RenderRequest } from './rendered.ts';

/** Textures of one maker on one source, which are made again together. */
export interface RenderBatch extends RemakeRequest {
  readonly wanted: PaletteTexture[];
  readonly notes: readonly RenderNote[];
}

/**
 * What a row says of how it was made; or why it cannot be made again.
 * @param record the settings that the export folder keeps, by their digests
 * @throws FileSystemError where its source, or a texture that it is laid of, is gone; ConfigError where its settings, with
 *   what is changed, are none
 */
export async function renderBatchOf(
  platform: Platform,
  texture: PaletteTexture,
  palette: Palette,
  record: ReadonlyMap<string, RecordedSettings>,
  { own, changes }: RenderRequest,
): Promise<RenderBatch | NotRenderedReason> {
  const { path, row } = texture;
  const { families } = palette;
  const maker = makersOf(palette.families).find(({ id }) => id === row.making);
  if (!maker) {
    return { code: 'making-unknown', path };
  }
  const recorded = record.get(row.settings);
  if (!recorded) {
    return { code: 'settings-unknown', path, command: commandOf(maker, palette.families) };
  }
  if (row.seed === '' && changes.seed === undefined) {
    return { code: 'seed-unknown', path, command: commandOf(maker, palette.families) };
  }
  const { value: renamed } = withNewKeys(recorded, families);
  const config = JSON.stringify(withChanges(renamed, texture, changes, families));
  const { settings } = parseConfig(config, `settings of ${path}`, { families });
  const { work, changed } =
    maker.input === 'textures'
      ? await layersOf(platform, texture, palette)
      : await sourceOf(platform, texture, palette.exportFolder, own);
  const notes: RenderNote[] = changed ? [changed] : [];
  if (row.engine_version !== ENGINE_VERSION) {
    notes.push({ code: 'other-version', madeBy: row.engine_version, version: ENGINE_VERSION });
  }
  const source = row.source_path || SYNTHETIC;
  return {
    source,
    name: row.source,
    settings,
    work,
    notes,
    families,
    wanted: [],
    seed: changes.seed ?? Number(row.seed),
    content: row.source_sha256,
  };
}

/** The command that has a maker run. */
function commandOf(maker: MakerDefinition<Settings>, families: Families): string {
  if (maker.input === 'textures') return maker.id;
  const { phase } = maker.input === 'nothing' ? makerOf(maker.standsInFor, families) : maker;
  return phase?.id ?? maker.id;
}

/** From what something was made, and what of that is not as it was. */
interface Origin {
  readonly work: RemakeRequest['work'];
  readonly changed: RenderNote | null;
}

async function sourceOf(
  platform: Platform,
  { path, row }: PaletteTexture,
  exportFolder: string,
  own: OwnProject,
): Promise<Origin> {
  if (row.source_path === '') return { work: { makerId: row.making, path: null }, changed: null };
  const found = await sourceFile(platform, row.source_path, exportFolder, own);
  if (found === null) {
    throw new FileSystemError(
      `The source of “${path}”, “${row.source_path}”, is gone; bring it back, or name its project with --config.`,
    );
  }
  const { file } = found;
  const isSame = (await contentHash(platform, file)) === row.source_sha256;
  const changed = { code: 'source-changed', source: row.source_path } as const;
  return { work: { makerId: row.making, path: file }, changed: isSame ? null : changed };
}

async function layersOf(
  platform: Platform,
  { path, row }: PaletteTexture,
  { textures }: Palette,
): Promise<Origin> {
  const [upper, lower] = row.made_of.split(PATH_SEPARATOR).map((each) => {
    const texture = textures.find((one) => one.path === each);
    if (texture) return texture;
    throw new FileSystemError(`“${path}” was laid of “${each}”, which is gone; make that again first.`);
  });
  const [above, below] = await Promise.all(
    [upper, lower].map(async (each) => ({
      path: each.path,
      file: each.file,
      sha256: await contentHash(platform, each.file),
    })),
  );
  const isSame = digestOfLayers([above, below]) === row.source_sha256;
  return {
    work: {
      makerId: row.making,
      layers: { above: upperLayer(above, upper.row), below, index: Number(row.making_index) },
    },
    changed: isSame ? null : { code: 'layer-changed', above: upper.path, below: lower.path },
  };
}
