/** Finishes a texture and puts it in its place: the one path for all families. */
import type { Analysis } from '../analysis/analysis.ts';
import { digestOf } from '../archive/content-hash.ts';
import { journalPath } from '../archive/journal.ts';
import { type ManifestRow, manifestRow, PATH_SEPARATOR } from '../archive/manifest-row.ts';
import type { Families } from '../config/settings.ts';
import { textureColumns } from '../curation/columns.ts';
import type { FinishedTexture } from '../curation/finish.ts';
import { Rooms } from '../dsp/rooms.ts';
import { frameCount } from '../dsp/sound.ts';
import { DiskFullError, type ErrorCode, FileSystemError, NotAllowedError } from '../errors.ts';
import type { MakerId } from '../families/family.ts';
import { familyOf, makerOf } from '../families/lookup.ts';
import type { Texture } from '../families/texture.ts';
import { basename, join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import { gradeWords } from '../wording/grades.ts';
import { routeWords } from '../wording/routes.ts';
import { type Places, wantedPlace } from './assign-paths.ts';
import { remember } from './cache.ts';
import type { Emit, MadeTexture } from './events.ts';
import type { ExportLocation } from './export-location.ts';
import { impressTexture } from './impress-texture.ts';
import type { NotedFile } from './impression-entries.ts';
import { type PlacedFile, placeListed } from './place-listed.ts';
import { type WhyProtected, whyProtected } from './protected-file.ts';
import { randomFor } from './random-for.ts';
import { settingsDigest } from './settings-record.ts';
import type { Task } from './task.ts';
import { fileOf, finished as finishedOf } from './texture-file.ts';
import type { UnitDraft } from './unit-draft.ts';
import { ENGINE_VERSION } from './version.ts';

/** Where a task's textures go, and what they carry with them. */
export interface SaveContext {
  readonly task: Task;
  readonly location: ExportLocation;
  /** Null where there is no source. */
  readonly analysis: Analysis | null;
  readonly makerId: MakerId;
  /** SHA-256 of what it is made from; empty where that is nothing. */
  readonly content: string;
  readonly places: Places;
  readonly families: Families;
  /** Takes note of what is written, and where. */
  readonly draft: UnitDraft;
  /** See `RunOptions.impresses`. */
  readonly impresses: boolean;
}

/** The export folder takes no more: the disk is full, or writing is not allowed anywhere in it. */
export class ExportUnwritable extends Error {
  readonly problem: { readonly code: ErrorCode; readonly message: string };

  constructor(cause: FileSystemError) {
    super(cause.message, { cause });
    this.problem = { code: cause.code, message: cause.message };
  }
}

/**
 * Mixes down, finishes, names, writes and lists one texture. What stands in its place and is protected stays: then the
 * new one is put beside it, where that is asked for, or left unwritten.
 * @throws ExportUnwritable where the export folder takes no more; FileSystemError where only this file fails
 */
export async function saveTexture(
  platform: Platform,
  texture: Texture,
  to: SaveContext,
  emit: Emit,
): Promise<void> {
  const rooms = new Rooms();
  try {
    await save(platform, texture, to, emit, rooms);
  } finally {
    rooms.release();
  }
}

/** @param rooms for its finished sound and the bytes of its file, which nobody has once it is saved */
async function save(
  platform: Platform,
  texture: Texture,
  to: SaveContext,
  emit: Emit,
  rooms: Rooms,
): Promise<void> {
  const { task, location, analysis, makerId, draft } = to;
  const { settings, source } = task;
  const context = { name: task.name, settings, analysis, families: to.families };
  const finished = finishedOf(texture, context, rooms);
  const wanted = wantedPlace(task.name, familyOf(texture.family, to.families).folder, finished.baseName);
  const path = assignPath(wanted, to);
  const made: MadeTexture = {
    family: texture.family,
    path,
    grade: finished.grade,
    gradeReasons: finished.gradeReasons,
    durationSec: frameCount(finished.sound) / finished.sound.sampleRate,
    ...(texture.part && { part: texture.part }),
  };
  if (finished.grade === 'F' && settings.curation.auto_delete_grade_f) {
    draft.dropped.push(made);
    emit({ kind: 'texture-dropped', source, texture: made });
    return;
  }
  const content = texture.madeOf?.sha256 ?? to.content;
  const fileAt = (place: string) =>
    fileOf(finished, texture, place, task, randomFor(task.seed, content, makerId), rooms);
  const bytes = fileAt(path);
  // Asked side by side: in a page each question is a message to the worker that holds the disk.
  const [standing, before] = await Promise.all([
    whyAt(platform, path, to),
    digestOf(platform, join(location.exportFolder, path)),
  ]);
  const isSame = standing !== null && before === (await platform.sha256Of(bytes));
  const why = isSame ? null : standing;
  const place = why === null ? path : task.earlier?.beside ? await freePlace(platform, wanted, to) : null;
  const row = rowOf(finished, texture, place ?? path, to);
  if (why !== null) {
    draft.protected.push({ path, why, beside: place });
    emit({ kind: 'texture-protected', source, path, why, beside: place });
  }
  if (place === null) return;
  const written = place === path ? bytes : fileAt(place);
  const { sha256, stamp } = await putInPlace(platform, row, written, location);
  draft.textures.push([place, sha256]);
  const remembered = rememberTexture(platform, { ...made, path: place }, { sha256, stamp }, to);
  if (to.impresses) {
    const { sound, loop } = finished;
    const placed = { path: place, sha256, stamp, bytes: written, sound, isLoop: loop !== null };
    await impressTexture(platform, location.exportFolder, placed);
  }
  await remembered;
  emit({
    kind: 'texture-made',
    source,
    texture: { ...made, path: place },
    replaced: place === path && before !== null && before !== sha256,
  });
}

function assignPath(wanted: string, { places, draft }: SaveContext): string {
  const path = places.give(wanted);
  draft.wanted.push(wanted);
  draft.given.push(path);
  return path;
}

/** What stands behind the name of a texture whose own place is taken by a protected one. */
const BESIDE = '_new';

/** A place beside a protected one, where nothing protected stands. */
async function freePlace(platform: Platform, wanted: string, to: SaveContext): Promise<string> {
  for (;;) {
    const path = assignPath(`${wanted}${BESIDE}`, to);
    if ((await whyAt(platform, path, to)) === null) return path;
  }
}

/** Why what stands under a path stays; null where nothing does. Where nothing is known of it, everything is made, whatever it replaces. */
async function whyAt(
  platform: Platform,
  path: string,
  { task, location }: SaveContext,
): Promise<WhyProtected | null> {
  const standing = task.earlier?.standing;
  return standing ? whyProtected(platform, path, standing, location.exportFolder) : null;
}

async function rememberTexture(
  platform: Platform,
  texture: MadeTexture,
  noted: NotedFile,
  { makerId, task, location }: SaveContext,
): Promise<void> {
  const { source, origin } = task;
  await remember(platform, location.exportFolder, [
    { known: { texture, ...noted, making: makerId, source, origin } },
  ]);
}

async function putInPlace(
  platform: Platform,
  row: ManifestRow,
  bytes: Uint8Array,
  location: ExportLocation,
): Promise<PlacedFile> {
  try {
    return await placeListed(platform, row, bytes, location);
  } catch (error) {
    if (error instanceof FileSystemError && (await isOfExport(platform, error, location)))
      throw new ExportUnwritable(error);
    throw error;
  }
}

/**
 * Whether no texture at all can be written any more. One that is not allowed in its own place, say because
 * its source's folder is a link that leads out of the export folder, is no reason to stop the others.
 */
async function isOfExport(
  platform: Platform,
  error: FileSystemError,
  { exportFolder }: ExportLocation,
): Promise<boolean> {
  if (error instanceof DiskFullError) return true;
  if (!(error instanceof NotAllowedError)) return false;
  const { code, path } = error.context;
  if (code === 'EROFS' || path === journalPath(exportFolder)) return true;
  return platform.files.assertAccess(exportFolder, 'write').then(
    () => false,
    () => true,
  );
}

/** The number, from 1, of the texture that comes next in its unit: each before it was written, dropped or left out. */
function numberIn({ textures, dropped, protected: left }: UnitDraft): number {
  return textures.length + dropped.length + left.filter(({ beside }) => beside === null).length + 1;
}

function rowOf(finished: FinishedTexture, { madeOf }: Texture, path: string, to: SaveContext): ManifestRow {
  const { task, makerId, content, draft } = to;
  return manifestRow({
    ...textureColumns(finished, gradeWords(finished.gradeReasons)),
    filename: basename(path),
    source: task.name,
    saved: true,
    path,
    source_path: makerOf(makerId, to.families).input === 'nothing' ? null : task.source,
    bit_depth: task.settings.global.output_bit_depth,
    seed: task.seed,
    engine_version: ENGINE_VERSION,
    making: makerId,
    making_index: numberIn(draft),
    settings: settingsDigest(makerId, task.settings, to.families),
    source_sha256: madeOf?.sha256 ?? content,
    made_of: madeOf?.paths.join(PATH_SEPARATOR),
    source_kind: task.route?.kind,
    source_kind_confidence: task.route?.confidence,
    source_kind_reason: task.route && routeWords(task.route.reason),
  });
}
