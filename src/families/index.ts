/** The only list of families, in the order in which they are shown, chosen and laid out. */
import { beds } from './beds/family.ts';
import { clouds } from './clouds/family.ts';
import { drones } from './drones/family.ts';
import { drums } from './drums/family.ts';
import { dust } from './dust/family.ts';
import { hiss } from './hiss/family.ts';
import { pads } from './pads/family.ts';
import { roomTone } from './room-tone/family.ts';
import { swells } from './swells/family.ts';

export const FAMILIES = [pads, drones, beds, swells, clouds, hiss, drums, roomTone, dust] as const;
