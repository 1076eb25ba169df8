/**
 * `selection.json`: which textures of an export folder were chosen, best first within their family. `curate` writes it, the
 * studio may, and kits, instruments and the report read it.
 */
import * as z from 'zod';
import { textOf } from '../archive/text-file.ts';
import type { Families } from '../config/settings.ts';
import { MalformedFileError } from '../errors.ts';
import { FAMILIES } from '../families/index.ts';
import type { Platform } from '../platform/platform.ts';

const chosenTexture = z.object({
  /** Relative to the export folder, with slashes. */
  path: z.string().min(1),
  family: z.string().min(1),
  /** Place within its family, from 1. */
  rank: z.int().positive(),
  /** 0 to 1, from the manifest's figures. */
  quality: z.number().min(0).max(1),
  /** Distance to the nearest of those chosen before it in its family; null for the first. */
  novelty: z.number().nullable(),
  /** Another name than the file's own, where somebody gave one. */
  name: z.string().min(1).optional(),
});

const selectionShape = z.object({
  version: z.literal(1),
  engine_version: z.string(),
  /** What `curation.json` decided when it was made, by its digest: '' where that decided nothing; left out where whoever wrote it did not say. */
  decisions: z.string().optional(),
  /** Sorted by family in the order of the families, then rank. */
  textures: z.array(chosenTexture),
});

export type ChosenTexture = z.infer<typeof chosenTexture>;
export type Selection = z.infer<typeof selectionShape>;

/**
 * @param families of which its textures may be
 * @throws MalformedFileError where it is no selection
 * @throws FileSystemError, NotAllowedError where it cannot be read
 */
export async function readSelection(
  platform: Platform,
  path: string,
  families: Families = FAMILIES,
): Promise<Selection> {
  const parsed = selectionShape.safeParse(jsonOf(await textOf(platform, path)));
  const unknown = parsed.data?.textures.find(({ family }) => families.every(({ id }) => id !== family));
  if (parsed.success && !unknown) return parsed.data;
  const issue = parsed.error?.issues[0] ?? {
    path: ['textures'],
    message: `there is no family “${unknown?.family}”`,
  };
  const where = issue.path.length === 0 ? '' : ` (${issue.path.join('.')}: ${issue.message})`;
  throw new MalformedFileError(
    `“${path}” is no selection of afterglow curate${where}; name another, or run "afterglow curate --force".`,
    { context: { path } },
  );
}

/** The text of a selection, the same for the same selection. */
export function selectionText(chosen: Selection): string {
  return `${JSON.stringify(chosen, null, 2)}\n`;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
