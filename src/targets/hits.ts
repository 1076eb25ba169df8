import type { Families } from '../config/settings.ts';
import { familyOf } from '../families/lookup.ts';
import type { Candidate } from './candidate.ts';
import { kitFolderName, nameRules } from './device-names.ts';
import { isStruck } from './part-groups.ts';
import type { Profile } from './profile.ts';

/** Whether a texture is struck, so that it is one of a kit of drums and not played by keys. */
export function isHit({ family }: Pick<Candidate, 'family'>, families: Families): boolean {
  return isStruck(familyOf(family, families).instrument.part);
}

/** What a kit of drums is called, in a device's characters: they are numbered. */
export function drumsName(number: number, profile: Profile): string {
  return kitFolderName(`DRUMS${number}`, nameRules(profile));
}
