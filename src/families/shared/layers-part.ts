import type { InstrumentPart } from '../family.ts';

/** Hiss and room tone: laid beneath something else, at their own pitch, each family on its own keys. */
export const LAYERS_PART: InstrumentPart = {
  id: 'layers',
  layout: 'keys',
  attackSec: 0.05,
  releaseSec: 0.5,
  category: 'FX',
};
