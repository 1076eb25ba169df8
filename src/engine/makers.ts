import type { Settings } from '../config/settings.ts';
import { makeClouds } from '../families/clouds/make.ts';
import { makeDrones } from '../families/drones/make.ts';
import { mineDrums } from '../families/drums/make.ts';
import { makeHiss, makeSyntheticHiss } from '../families/hiss/make.ts';
import { makePads } from '../families/pads/make.ts';
import { makePadLoops } from '../families/pads/pad-loops.ts';
import { mineSilences } from '../families/room-tone/make.ts';
import { makeSwells } from '../families/swells/make.ts';
import type { Chance, Family, Made, Maker, Material } from '../families/texture.ts';
import type { Making } from './phases.ts';
import { tooShort } from './too-short.ts';

/** Which maker does which work on a source. */
const MAKERS: Record<Exclude<Making, 'synthetic-hiss' | 'dust'>, Maker> = {
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
): AsyncIterable<Made> | Iterable<Made> {
  if (material === null || making === 'synthetic-hiss') {
    return makeSyntheticHiss(settings.global.sample_rate, 2, settings, chance);
  }
  const reason = tooShort(material.analysis, making);
  return reason === null
    ? MAKERS[making](material, settings, chance)
    : [{ family: FAMILY_OF[making], reason }];
}
