/** All that may keep the makers from making something: what is worded, whoever says it. */
import type { CloudReason } from './clouds.ts';
import type { DrumReason } from './drums.ts';
import type { HissReason } from './hiss.ts';
import type { PadLoopReason } from './pad-loops.ts';
import type { PadReason } from './pads.ts';
import type { SilenceReason } from './silences.ts';

export type MakerReason = PadReason | PadLoopReason | CloudReason | HissReason | DrumReason | SilenceReason;
