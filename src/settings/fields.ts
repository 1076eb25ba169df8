import type * as z from 'zod';

/** What recipes are given: zod as a whole. */
export type Zod = typeof z;

/**
 * A setting, or a section of settings, as a recipe that makes its schema. So a family can say what it may be asked without
 * zod being loaded; that happens only where a config is read.
 */
export type Recipe<Schema extends z.ZodType = z.ZodType> = (zod: Zod) => Schema;

/*
 * The kinds of setting there are. Each takes one description (what it does, its unit), its default and its
 * bounds; the commented config.yaml, the JSON Schema, docs/CONFIGURATION.md and the error messages are all
 * written from these, so that nothing about a setting is said twice.
 */

interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** A number within closed bounds. */
export function number(description: string, fallback: number, { min, max }: Bounds) {
  return (zod: Zod) => zod.number().min(min).max(max).default(fallback).meta({ description });
}

/** A number strictly between two bounds. */
export function numberBetween(description: string, fallback: number, { min, max }: Bounds) {
  return (zod: Zod) => zod.number().gt(min).lt(max).default(fallback).meta({ description });
}

/** A number within closed bounds, or null where the engine is to leave it alone. */
export function optionalNumber(description: string, { min, max }: Bounds) {
  return (zod: Zod) => zod.number().min(min).max(max).nullable().default(null).meta({ description });
}

/** A whole number within closed bounds. */
export function whole(description: string, fallback: number, { min, max }: Bounds) {
  return (zod: Zod) => zod.int().min(min).max(max).default(fallback).meta({ description });
}

/** true or false. */
export function flag(description: string, fallback: boolean) {
  return (zod: Zod) => zod.boolean().default(fallback).meta({ description });
}

/** One of a few words. */
export function choice<const Word extends string>(
  description: string,
  fallback: NoInfer<Word>,
  words: readonly Word[],
) {
  return (zod: Zod) =>
    zod
      .enum(words)
      .default(() => fallback as never)
      .meta({ description });
}

/** A list of some of a few words; it may be empty. */
export function choices<const Word extends string>(
  description: string,
  fallback: readonly NoInfer<Word>[],
  words: readonly Word[],
) {
  return (zod: Zod) =>
    zod
      .array(zod.enum(words))
      .default(() => [...fallback] as never)
      .meta({ description });
}

/** A list of numbers within closed bounds, with at least one entry. */
export function numbers(description: string, fallback: number[], { min, max }: Bounds) {
  return (zod: Zod) =>
    zod.array(zod.number().min(min).max(max)).min(1).default(fallback).meta({ description });
}

/** A path of a folder, as the user writes it. */
export function folder(description: string, fallback: string) {
  return (zod: Zod) =>
    zod.string().min(1).meta({ title: 'the path of a folder' }).default(fallback).meta({ description });
}
