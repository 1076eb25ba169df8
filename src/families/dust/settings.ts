import { choices, number, whole } from '../../settings/fields.ts';
import { section, type ValuesOf } from '../../settings/section.ts';
import type { SharedSettings } from '../../settings/shared.ts';

/** Hiss and room tone under pads. */
export const dust = section('Dust: hiss and room tone laid under the pads that an export holds.', {
  level_db: number('Loudness of the bed against the pad that it lies under, LU.', -18, { min: -60, max: 0 }),
  textures_per_pad: whole('How many beds each pad is laid over, one a file.', 1, { min: 0, max: 100 }),
  beds: choices(
    'What lies under: hiss loops, loops of room tone (silence), or either.',
    ['hiss', 'silence'],
    ['hiss', 'silence'],
  ),
});

/** What its makers are given. */
export type DustSettings = SharedSettings & ValuesOf<{ dust: typeof dust }>;
