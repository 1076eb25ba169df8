/** The shapes of what the page may ask. */
import * as z from 'zod';
import { MOST_STARS } from '../../engine/most-stars.ts';
import { badRequest } from './request-error.ts';

/** Characters, as many as a kit’s folder keeps of its name (`palette/kit.ts`). */
const LONGEST_NAME = 100;
/** Characters: a page of text. */
const LONGEST_NOTE = 2000;
/** In one request; the page sends so many at once (`outbox.ts`), and more in the next. */
const MOST_CHANGES = 1000;

const id = z.string().max(64);
const name = z
  .string()
  .trim()
  .min(1, 'a name must not be empty')
  .max(LONGEST_NAME, `a name has at most ${LONGEST_NAME} characters`)
  .regex(/^\P{Cc}*$/u, 'a name holds no control characters');

const change = z.strictObject({
  id,
  decision: z.enum(['keep', 'reject']).nullable().optional(),
  stars: z.int().min(0).max(MOST_STARS).nullable().optional(),
  note: z
    .string()
    .max(LONGEST_NOTE, `a note has at most ${LONGEST_NOTE} characters`)
    .nullable()
    .optional()
    .transform((text) => (text === '' ? null : text)),
  name: name.nullable().optional(),
});

export const decisionsRequest = z.strictObject({ changes: z.array(change).min(1).max(MOST_CHANGES) });

/** Textures in one plan: so many ids, at their longest, still fit the megabyte of a request that is read. */
const MOST_IDS = 10_000;
/** What a device calls a place of its own, characters. */
const LONGEST_PLACE = 16;
const seed = z.int().min(0).max(0xffffffff).optional();

const kitPlan = {
  profile: z.string().max(64),
  name,
  ids: z.array(id).max(MOST_IDS),
};
export const kitPlanRequest = z.strictObject(kitPlan);
const places = z.array(z.string().max(LONGEST_PLACE)).max(MOST_IDS).optional();
export const kitRequest = z.strictObject({ ...kitPlan, places, force: z.boolean().optional() });

export const instrumentRequest = z.strictObject({
  export: id,
  format: z.string().max(64),
  name,
  force: z.boolean().optional(),
});

const settings = z.record(z.string(), z.record(z.string(), z.unknown()));

export const runRequest = z.strictObject({
  export: id,
  phase: z.string().max(64),
  source: z.string().min(1).max(1000).nullable(),
  settings,
  seed,
});

export const mineRequest = z.strictObject({ export: id, folder: z.string().min(1).max(1000).nullable() });

export const renderRequest = z
  .strictObject({
    id,
    seed,
    lengthSec: z.number().min(0.1).max(600).optional(),
    settings: settings.optional(),
  })
  .refine(({ id: _, ...changes }) => Object.values(changes).some((change) => change !== undefined), {
    error: 'name another seed, length or setting',
  });
export const versionRequest = z.strictObject({ id });

export const noRequest = z.strictObject({});

/** @throws RequestError that names the first fault */
export function parsed<T extends z.ZodType>(shape: T, value: unknown): z.infer<T> {
  const result = shape.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw badRequest(`${issue.path.join('.') || 'The body'}: ${issue.message}.`);
}

/** @throws RequestError where a number is asked for that is none, or out of bounds */
export function numberIn(
  query: URLSearchParams,
  name: string,
  { least, most, usual }: { least: number; most: number; usual: number },
): number {
  const text = query.get(name);
  if (text === null) return usual;
  const value = Number(text);
  if (text.trim() !== '' && value >= least && value <= most) return value;
  throw badRequest(`${name} must be a number from ${least} to ${most}.`);
}
