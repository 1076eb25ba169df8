import type { Settings } from '../config/settings.ts';
import { makeClouds } from '../textures/clouds.ts';
import { makeDrones } from '../textures/drones.ts';
import { mineDrums } from '../textures/drums.ts';
import { makeHiss, makeSyntheticHiss } from '../textures/hiss.ts';
import { makePadLoops } from '../textures/pad-loops.ts';
import { makePads } from '../textures/pads.ts';
import type { MakerReason } from '../textures/reasons.ts';
import { mineSilences } from '../textures/silences.ts';
import { makeSwells } from '../textures/swells.ts';
import type { Chance, Family, Made, Maker, Material } from '../textures/texture.ts';
import type { Making } from './phases.ts';
import { type TooShort, tooShort } from './too-short.ts';

/** Which maker does which work on a source. */
const MAKERS: Record<Exclude<Making, 'synthetic-hiss' | 'dust'>, Maker<MakerReason>> = {
  pads: makePads,
  'pad-loops': makePadLoops,
  swells: makeSwells,
  drones: makeDrones,
  clouds: makeClouds,
  hiss: makeHiss,
  drums: mineDrums,
  silences: mineSilences,
};

/** What it makes. */
const FAMILY_OF: Record<keyof typeof MAKERS, Family> = {
  pads: 'pad',
  'pad-loops': 'pad',
  swells: 'swell',
  drones: 'drone',
  clouds: 'cloud',
  hiss: 'hiss',
  drums: 'drum',
  silences: 'silence',
};

/** Makes one kind of texture of a source, or of none. @param material null where there is no source */
export function make(
  making: Exclude<Making, 'dust'>,
  material: Material | null,
  settings: Settings,
  chance: Chance,
): AsyncIterable<Made<MakerReason | TooShort>> | Iterable<Made<MakerReason | TooShort>> {
  if (material === null || making === 'synthetic-hiss') {
    return makeSyntheticHiss(settings.global.sample_rate, 2, settings, chance);
  }
  const reason = tooShort(material.analysis, making);
  return reason === null
    ? MAKERS[making](material, settings, chance)
    : [{ family: FAMILY_OF[making], reason }];
}
