import type * as z from 'zod';
import type { FAMILIES } from '../families/index.ts';
import type { FamiliesFor, MakerReason } from '../families/lookup.ts';
import type { metadata } from '../settings/output.ts';
import type { Recipes, ValuesOf } from '../settings/section.ts';
import type { SHARED_SECTIONS } from '../settings/shared.ts';

type Family = (typeof FAMILIES)[number];

/** All members of a union at once. */
type Together<Union> = (Union extends unknown ? (each: Union) => void : never) extends (
  all: infer All,
) => void
  ? All
  : never;

type Sections = Together<Family['sections']> & typeof SHARED_SECTIONS;
type NamingKey = keyof Together<Family['naming']>;
type ChannelsKey = Extract<Family, { readonly channels: unknown }>['channels']['key'];

/** All settings of a run, validated: key by key as in `config.yaml`, so that one name serves file, code and docs. */
export type Settings = ValuesOf<Sections> & {
  naming: Record<NamingKey, string>;
  export: Record<ChannelsKey, boolean> & ValuesOf<{ metadata: typeof metadata }>;
};

/** Some of the settings, as a config file or a preset gives them. */
export type PartialSettings = InputsOf<Sections> & {
  naming?: Partial<Record<NamingKey, string>> | undefined;
  export?: (Partial<Record<ChannelsKey, boolean>> & InputsOf<{ metadata: typeof metadata }>) | undefined;
};

type InputsOf<Shape extends Recipes> = { [Key in keyof Shape]?: z.input<ReturnType<Shape[Key]>> };

/** A list of families. Those of this program are the default wherever one is asked for. */
export type Families = FamiliesFor<Settings, MakerReason>;
