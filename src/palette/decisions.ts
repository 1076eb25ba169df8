/**
 * `curation.json` in an export folder: what somebody decided on textures by ear. The studio writes it; curate honours it.
 *
 * ```json
 * {
 *   "version": 1,
 *   "textures": {
 *     "choir/pads/choir_pad_warm.wav": { "decision": "keep", "stars": 4, "name": "choir bed" },
 *     "tape/hiss/hiss_loop_tape_02.wav": { "decision": "reject" }
 *   }
 * }
 * ```
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { diskError } from '../archive/disk-errors.ts';
import { MalformedFileError } from '../errors.ts';

const decision = z.object({
  /** keep: always taken, and first. reject: never taken. Left out: left to curate. */
  decision: z.enum(['keep', 'reject']).optional(),
  /** Each star brings it nearer to the best there is; 0 is none given. */
  stars: z.int().min(0).max(5).optional(),
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

/**
 * What was decided in an export folder; nothing where there is no such file.
 * @throws MalformedFileError where the file is no such document, since to curate against what somebody decided would be worse
 * @throws FileSystemError, NotAllowedError where it cannot be read
 */
export async function readDecisions(exportFolder: string): Promise<Decisions> {
  const path = join(exportFolder, DECISIONS_FILE);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw diskError(error, 'read', path);
  });
  if (text === null) return new Map();
  let problem: string;
  try {
    const parsed = decisions.safeParse(JSON.parse(text));
    if (parsed.success) return new Map(Object.entries(parsed.data.textures));
    const [issue] = parsed.error.issues;
    problem = `${issue.path.join('.') || 'the whole'}: ${issue.message}`;
  } catch (cause) {
    problem = (cause as Error).message;
  }
  throw new MalformedFileError(
    `“${path}” is not what the studio writes (${problem}); mend it, or move it away to curate without it.`,
    { context: { path } },
  );
}
