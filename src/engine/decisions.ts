/**
 * `curation.json` in an export folder: what somebody decided on textures. The studio writes it; curate honours it.
 *
 * ```json
 * {
 *   "version": 1,
 *   "textures": {
 *     "choir/pads/choir_pad_warm.wav": { "decision": "keep", "stars": 4, "note": "for the bridge", "name": "choir bed" },
 *     "tape/hiss/hiss_loop_tape_02.wav": { "decision": "reject" }
 *   }
 * }
 * ```
 */

import * as z from 'zod';
import { textIfThere } from '../archive/text-file.ts';
import { MalformedFileError } from '../errors.ts';
import { join } from '../paths.ts';
import type { Platform } from '../platform/platform.ts';
import { sha256Of } from '../platform/sha256.ts';
import { MOST_STARS } from './most-stars.ts';

const decision = z.object({
  /** keep: always taken, and first. reject: never taken. Left out: left to curate. */
  decision: z.enum(['keep', 'reject']).optional(),
  /** Each star brings it nearer to the best there is; 0 is none given. */
  stars: z.int().min(0).max(MOST_STARS).optional(),
  /** What somebody wrote down of it. */
  note: z.string().optional(),
  /** What its copies are called, without ending. */
  name: z.string().trim().min(1).optional(),
});

const decisions = z.object({
  version: z.literal(1),
  /** By path, relative to the export folder, with slashes. */
  textures: z.record(z.string(), decision),
});

export type Decision = z.infer<typeof decision>;

/** By path of the texture. */
export type Decisions = ReadonlyMap<string, Decision>;

export const DECISIONS_FILE = 'curation.json';
/** Hex digits of a digest: 64 bits. */
const DIGITS = 16;

/**
 * What was decided in an export folder; nothing where there is no such file.
 * @throws MalformedFileError where the file is no such document, since to curate against what somebody decided would be worse
 * @throws FileSystemError, NotAllowedError where it cannot be read
 */
export async function readDecisions(platform: Platform, exportFolder: string): Promise<Decisions> {
  const path = join(exportFolder, DECISIONS_FILE);
  const text = await textIfThere(platform, path);
  const read = parseDecisions(text);
  if (!('problem' in read)) return read.decisions;
  throw new MalformedFileError(
    `“${path}” is not what the studio writes (${read.problem}); mend it, or move it away to curate without it.`,
    { context: { path } },
  );
}

/**
 * A digest of all that makes a choice come out as it does: decisions, stars and names, not notes.
 * @returns '' where nothing is decided
 */
export function decisionsDigest(decisions: Decisions): string {
  const decided = [...decisions].flatMap(([path, { decision, stars, name }]) =>
    decision || stars || name ? [[path, decision ?? '', stars ?? 0, name ?? '']] : [],
  );
  if (decided.length === 0) return '';
  const sorted = decided.sort(([a], [b]) => (a < b ? -1 : 1));
  return sha256Of(JSON.stringify(sorted)).slice(0, DIGITS);
}

/** A document as it stands, with whatever else somebody wrote into it. */
type Document = Record<string, unknown> & { textures: Record<string, Record<string, unknown>> };

/** Null text is no file. */
export function parseDecisions(
  text: string | null,
): { decisions: Decisions; document: Document } | { problem: string } {
  if (text === null) return { decisions: new Map(), document: { version: 1, textures: {} } };
  try {
    const document = JSON.parse(text);
    const parsed = decisions.safeParse(document);
    if (parsed.success) return { decisions: new Map(Object.entries(parsed.data.textures)), document };
    const [issue] = parsed.error.issues;
    return { problem: `${issue.path.join('.') || 'the whole'}: ${issue.message}` };
  } catch (cause) {
    return { problem: (cause as Error).message };
  }
}
