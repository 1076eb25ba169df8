/** All that may keep the makers from making something: what is worded, whoever says it. */
import type { CloudReason } from './clouds/make.ts';
import type { DrumReason } from './drums/make.ts';
import type { HissReason } from './hiss/make.ts';
import type { PadReason } from './pads/make.ts';
import type { PadLoopReason } from './pads/pad-loops.ts';
import type { RoomToneReason } from './room-tone/make.ts';

export type MakerReason = PadReason | PadLoopReason | CloudReason | HissReason | DrumReason | RoomToneReason;
