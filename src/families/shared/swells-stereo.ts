import { flag } from '../../settings/fields.ts';

/** The channels of swells and drones. */
export const SWELLS_STEREO = {
  key: 'swells_stereo',
  setting: flag('Swells and drones from stereo sources stay stereo; false mixes them down.', true),
} as const;
