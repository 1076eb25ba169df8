/** How what stands out of a ring is softened: one after the other, for as long as something does. */
import type { Softening } from '../../dsp/soften-changes.ts';

/** As beds are, 31 of 35 sources give one as they are, without their strikes; of a struck chord no loop has an event that stands out. */
export const SOFTENINGS: readonly Softening[] = [
  { medians: 2, leastDb: 2 },
  { medians: 1.5, leastDb: 1.5 },
  { medians: 1.3, leastDb: 1.2 },
];
