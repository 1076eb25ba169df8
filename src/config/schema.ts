import * as z from 'zod';
import { FAMILIES } from '../families/index.ts';
import { exported, type NamePattern, naming } from '../settings/output.ts';
import { made, type Recipes } from '../settings/section.ts';
import { SHARED_SECTIONS } from '../settings/shared.ts';
import type { Families, PartialSettings, Settings } from './settings.ts';

const schemas = new WeakMap<Families, z.ZodType<Settings, PartialSettings>>();

/**
 * Every key of config.yaml: the sections that no family owns, and those of the families. Loading this file loads zod; for
 * the type alone, import `Settings`.
 */
export function settingsSchema(families: Families = FAMILIES): z.ZodType<Settings, PartialSettings> {
  let schema = schemas.get(families);
  if (!schema) {
    schema = z.strictObject(made(sectionsOf(families), z)) as unknown as z.ZodType<Settings, PartialSettings>;
    schemas.set(families, schema);
  }
  return schema;
}

/** All sections, in the order in which files and documentation have them. */
function sectionsOf(families: Families): Recipes {
  const { global, paths, ...others } = SHARED_SECTIONS;
  const patterns: Record<string, NamePattern> = Object.assign({}, ...families.map((family) => family.naming));
  const channels: Recipes = Object.fromEntries(
    families.flatMap((family) => (family.channels ? [[family.channels.key, family.channels.setting]] : [])),
  );
  return Object.assign(
    { global, paths },
    ...families.map(({ sections }) => sections),
    { export: exported(channels), naming: naming(patterns) },
    others,
  );
}
