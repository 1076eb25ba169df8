/**
 * With which settings textures were made: `.afterglow-settings.json` in the export folder, by digest, and only those on
 * which a maker depends. The manifest names the digest, so that every row can be made again whatever became of the
 * config since.
 */

import { diskError } from '../archive/disk-errors.ts';
import { textIfThere } from '../archive/text-file.ts';
import { writeAtomic } from '../archive/write.ts';
import type { Families, Settings } from '../config/settings.ts';
import type { MakerId } from '../families/family.ts';
import { join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import { sha256Of } from '../platform/sha256.ts';
import type { ExportLocation } from './export-location.ts';
import { relevantSettings } from './relevant-settings.ts';
import type { Task } from './task.ts';

/** Sections of a config, as in config.yaml. */
export type RecordedSettings = Readonly<Record<string, unknown>>;

/** Hex digits of a digest that tell the settings of one export folder apart: 64 bits. */
const DIGITS = 16;

export function settingsRecordPath(exportFolder: string): string {
  return join(exportFolder, '.afterglow-settings.json');
}

/** Names the settings that a maker reads. */
export function settingsDigest(makerId: MakerId, settings: Settings, families: Families): string {
  return digestOf(recordOf(makerId, settings, families));
}

/** The settings that a maker reads, under their name. */
export function recordedSettings(
  makerId: MakerId,
  settings: Settings,
  families: Families,
): readonly [digest: string, settings: RecordedSettings] {
  const record = recordOf(makerId, settings, families);
  return [digestOf(record), record];
}

/** Adds the settings of work to the record. @throws NotAllowedError, DiskFullError, FileSystemError */
export async function recordSettings(
  platform: Platform,
  location: ExportLocation,
  work: readonly Pick<Task, 'makers' | 'settings'>[],
  families: Families,
): Promise<void> {
  const seen = new Map<MakerId, Settings>();
  for (const { makers, settings } of work) for (const makerId of makers) seen.set(makerId, settings);
  const added = [...seen].map(([makerId, settings]) => recordOf(makerId, settings, families));
  await addToRecord(platform, location, new Map(added.map((each) => [digestOf(each), each])));
}

/** @throws as {@link recordSettings} */
export async function addToRecord(
  platform: Platform,
  location: ExportLocation,
  added: ReadonlyMap<string, RecordedSettings>,
): Promise<void> {
  const record = await readSettingsRecord(platform, location.exportFolder);
  if ([...added.keys()].every((digest) => record.has(digest))) return;
  await writeRecord(platform, location, new Map([...record, ...added]));
}

/** Leaves in the record what rows of the manifest name. @throws as {@link recordSettings} */
export async function pruneSettingsRecord(
  platform: Platform,
  location: ExportLocation,
  digests: ReadonlySet<string>,
): Promise<void> {
  const record = await readSettingsRecord(platform, location.exportFolder);
  const left = new Map([...record].filter(([digest]) => digests.has(digest)));
  if (left.size === record.size) return;
  if (left.size > 0) return writeRecord(platform, location, left);
  const path = settingsRecordPath(location.exportFolder);
  await platform.files.remove(path).catch((cause) => {
    throw diskError(cause, 'remove', path);
  });
}

/** Settings by digest; nothing where there is no record, or none that is one. @throws NotAllowedError, FileSystemError */
export async function readSettingsRecord(
  platform: Platform,
  exportFolder: string,
): Promise<Map<string, RecordedSettings>> {
  const text = await textIfThere(platform, settingsRecordPath(exportFolder));
  const entries = Object.entries(objectOf(text ?? ''));
  // What was changed by hand is not what the digest names.
  return new Map(entries.filter(([digest, settings]) => digestOf(settings) === digest));
}

async function writeRecord(
  platform: Platform,
  { exportFolder, exportRoot }: ExportLocation,
  record: ReadonlyMap<string, RecordedSettings>,
): Promise<void> {
  const sorted = [...record].sort(([a], [b]) => (a < b ? -1 : 1));
  const text = `${JSON.stringify(Object.fromEntries(sorted), null, 1)}\n`;
  const path = settingsRecordPath(exportFolder);
  await writeAtomic(platform, path, new TextEncoder().encode(text), exportRoot);
}

function recordOf(makerId: MakerId, settings: Settings, families: Families): RecordedSettings {
  const sections: Record<string, unknown> = {};
  for (const [name, value] of relevantSettings(makerId, settings, families)) {
    const [section, key] = name.split('.');
    sections[section] = key === undefined ? value : { ...(sections[section] as object), [key]: value };
  }
  return sections;
}

function digestOf(settings: RecordedSettings): string {
  return sha256Of(JSON.stringify(settings)).slice(0, DIGITS);
}

function objectOf(text: string): Record<string, RecordedSettings> {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
