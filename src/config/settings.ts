import type * as z from 'zod';
import type { settingsSchema } from './schema.ts';

/** All settings of a run, validated: key by key as in `config.yaml`, so that one name serves file, code and docs. */
export type Settings = z.output<typeof settingsSchema>;

/** Some of the settings, as a config file or a preset gives them. */
export type PartialSettings = z.input<typeof settingsSchema>;
