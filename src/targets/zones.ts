/**
 * Where textures lie on a keyboard: one mapping, which the writers of all instrument formats share. Each part is an
 * instrument of its own, since drums by General MIDI and pads by root would want the same keys.
 */
import { CLEAR_ENOUGH_TO_SAY, isClear } from '../analysis/confidence.ts';
import type { Families } from '../config/settings.ts';
import type { FamilyId, InstrumentPart } from '../families/family.ts';
import { FAMILIES } from '../families/index.ts';
import { drumKeys } from './drum-keys.ts';

/** A texture as an instrument needs it. */
export interface InstrumentSample {
  /** Its file, with slashes, as the instrument's file names it. */
  readonly file: string;
  readonly family: FamilyId;
  /** Of a drum: kick, snare, hat, cymbal or perc; anything else counts as perc. */
  readonly kind: string;
  readonly frameCount: number;
  readonly sampleRate: number;
  /** The whole file loops. */
  readonly isLoop: boolean;
  /** MIDI note, deviation in cents, confidence 0 to 1; null where none was found. */
  readonly root: { readonly note: number; readonly cents: number; readonly confidence: number } | null;
  readonly lufs: number | null;
  readonly centroidHz: number | null;
}

/** One sample over some keys and velocities. */
export interface Zone {
  readonly sample: InstrumentSample;
  /** MIDI notes, both included. */
  readonly lowKey: number;
  readonly highKey: number;
  /** The key at which the sample sounds as it is. */
  readonly rootKey: number;
  /** Whether pitch follows the key; else the sample sounds as it is on each. */
  readonly tracksKeys: boolean;
  /** What brings the sample to its root key's pitch. */
  readonly tuneCents: number;
  readonly gainDb: number;
  /** 1 to 127, both included. */
  readonly lowVelocity: number;
  readonly highVelocity: number;
  /** Which of how many that take turns at the same keys and velocities; from 1. */
  readonly turn: { readonly position: number; readonly of: number };
}

export interface ZoneGroup {
  readonly name: string;
  readonly zones: readonly Zone[];
  /** A gentle start and end, since a loop may begin at full level. */
  readonly attackSec: number;
  readonly releaseSec: number;
  /** Sounds to its end however short the key is held. */
  readonly isOneShot: boolean;
  /** How much velocity moves the level: 0 not at all, 1 wholly. */
  readonly velocityDepth: number;
  /** A new note of the group cuts those that sound, as a closing hat does the open one. */
  readonly chokes: boolean;
}

/** What is played as one instrument. */
export interface Instrument {
  /** The id of its part. */
  readonly part: string;
  /** See {@link InstrumentPart.category}. */
  readonly category: string;
  readonly groups: readonly ZoneGroup[];
}

/** The octave from C1 holds what has no root; roots lie from C2 to C7, and reach to C8. */
const FIXED_KEYS = { first: 24, count: 12 };
const LOWEST_KEY = 36;
const HIGHEST_ROOT = 96;
const HIGHEST_KEY = 108;
/** How far a texture is transposed at most, in semitones: two octaves up, two seconds last half a second. */
const REACH = 24;
/** More layers cannot be distinguished by hand. */
const MOST_LAYERS = 4;
/** Four notes at this loudness stay under full scale, as a rule. */
const TARGET_LUFS = -18;
const LOUDEST_GAIN_DB = 6;
const SOFTEST_GAIN_DB = -24;

/**
 * Lays samples out as instruments, one a part that has any, in the order of the families.
 *
 * - By roots: at the key of the root where there is one; zones meet halfway and reach two octaves. A root beyond C2…C7 moves by
 *   octaves into it. The others keep their pitch, one a key from C1.
 * - Drums: the notes of General MIDI, by kind.
 * - By keys: one a key, at their own pitch, each family on keys of its own.
 *
 * Samples that share keys lie on layers of velocity, the darkest softest; beyond four, they take turns.
 */
export function instrumentsOf(
  samples: readonly InstrumentSample[],
  families: Families = FAMILIES,
): Instrument[] {
  const parts = [...new Set(families.map(({ instrument }) => instrument.part))];
  return parts
    .map((part) => {
      const members = families.filter(({ instrument }) => instrument.part === part);
      const own = samples.filter(({ family }) => members.some(({ id }) => id === family));
      const groups = groupsOf(part, own, members).filter(({ zones }) => zones.length > 0);
      return { part: part.id, category: part.category, groups };
    })
    .filter(({ groups }) => groups.length > 0);
}

/** @param members the families of the part */
function groupsOf(
  part: InstrumentPart,
  samples: readonly InstrumentSample[],
  members: Families,
): ZoneGroup[] {
  if (part.layout === 'drums') return drumGroups(part, samples);
  const { attackSec, releaseSec } = part;
  const group = (name: string, zones: readonly Zone[]): ZoneGroup => ({
    name,
    zones,
    attackSec,
    releaseSec,
    isOneShot: false,
    velocityDepth: 0.3,
    chokes: false,
  });
  if (part.layout === 'keys') {
    return members.map(({ id, plural, instrument: { keys = FIXED_KEYS } }) => {
      const own = samples.filter((sample) => sample.family === id);
      return group(plural, fixedZones(own, dealt(keys.first, keys.count)));
    });
  }
  const unsure = samples.filter((sample) => rootKeyOf(sample) === null);
  return [
    group('by root', rootZones(samples)),
    group('own pitch', fixedZones(unsure, dealt(FIXED_KEYS.first, FIXED_KEYS.count))),
  ];
}

function drumGroups(
  { id, attackSec, releaseSec }: InstrumentPart,
  samples: readonly InstrumentSample[],
): ZoneGroup[] {
  const keys = drumKeys(samples);
  // A hit is too short for loudness to say anything, and keeps its peak.
  const zones = fixedZones(samples, (index) => keys[index]).map((zone) => ({ ...zone, gainDb: 0 }));
  const hats = zones.filter(({ sample }) => sample.kind === 'hat');
  const group = (name: string, own: readonly Zone[], chokes: boolean): ZoneGroup => ({
    name,
    zones: own,
    attackSec,
    releaseSec,
    isOneShot: true,
    velocityDepth: 1,
    chokes,
  });
  return [
    group(
      id,
      zones.filter((zone) => !hats.includes(zone)),
      false,
    ),
    group('hats', hats, true),
  ];
}

/** The key of a root, moved by octaves to where it can be played; null where there is none that is clear. */
function rootKeyOf({ root }: InstrumentSample): number | null {
  if (!isClear(root, CLEAR_ENOUGH_TO_SAY.root)) return null;
  const up = Math.max(0, Math.ceil((LOWEST_KEY - root.note) / 12));
  const down = Math.max(0, Math.ceil((root.note - HIGHEST_ROOT) / 12));
  return root.note + 12 * (up - down);
}

/** Zones that meet halfway between roots; the key in the middle goes down, which keeps more of the sound than up. */
function rootZones(samples: readonly InstrumentSample[]): Zone[] {
  const byKey = grouped(samples, rootKeyOf);
  const keys = [...byKey.keys()].sort((a, b) => a - b);
  return keys.flatMap((key, i) => {
    const below = i === 0 ? LOWEST_KEY : Math.ceil((keys[i - 1] + key) / 2);
    const above = i === keys.length - 1 ? HIGHEST_KEY : Math.ceil((key + keys[i + 1]) / 2) - 1;
    return stack(byKey.get(key)!, {
      lowKey: Math.max(below, key - REACH),
      highKey: Math.min(above, key + REACH),
      rootKey: key,
      tracksKeys: true,
    });
  });
}

/** One key a sample, at its own pitch. */
function fixedZones(samples: readonly InstrumentSample[], keyOf: (index: number) => number): Zone[] {
  const keys = samples.map((_, index) => keyOf(index));
  const byKey = grouped(samples, (_, index) => keys[index]);
  return [...byKey]
    .sort(([a], [b]) => a - b)
    .flatMap(([key, own]) => stack(own, { lowKey: key, highKey: key, rootKey: key, tracksKeys: false }));
}

/** Goes round some keys. */
function dealt(first: number, count: number): (index: number) => number {
  return (index) => first + (index % count);
}

/** Samples that share keys, the darkest at the softest velocities; beyond {@link MOST_LAYERS} they take turns. */
function stack(
  samples: readonly InstrumentSample[],
  place: Pick<Zone, 'lowKey' | 'highKey' | 'rootKey' | 'tracksKeys'>,
): Zone[] {
  const byBrightness = [...samples].sort((a, b) => (a.centroidHz ?? 0) - (b.centroidHz ?? 0));
  const layers = Math.min(MOST_LAYERS, samples.length);
  return Array.from({ length: layers }, (_, layer) => {
    const from = Math.floor((layer * samples.length) / layers);
    const own = byBrightness.slice(from, Math.floor(((layer + 1) * samples.length) / layers));
    return own.map((sample, turn) => ({
      sample,
      ...place,
      tuneCents: place.tracksKeys ? -(sample.root?.cents ?? 0) : 0,
      gainDb: gainOf(sample),
      lowVelocity: Math.floor((127 * layer) / layers) + 1,
      highVelocity: Math.floor((127 * (layer + 1)) / layers),
      turn: { position: turn + 1, of: own.length },
    }));
  }).flat();
}

/** What brings it to the loudness of the others, dB; 0 where that is not known. */
export function gainOf({ lufs }: Pick<InstrumentSample, 'lufs'>): number {
  if (lufs === null) return 0;
  return Math.min(LOUDEST_GAIN_DB, Math.max(SOFTEST_GAIN_DB, TARGET_LUFS - lufs));
}

/** By key, in the order of the samples; without those that have none. */
function grouped(
  samples: readonly InstrumentSample[],
  keyOf: (sample: InstrumentSample, index: number) => number | null,
): Map<number, InstrumentSample[]> {
  const groups = new Map<number, InstrumentSample[]>();
  samples.forEach((sample, index) => {
    const key = keyOf(sample, index);
    if (key === null) return;
    const own = groups.get(key);
    if (own) own.push(sample);
    else groups.set(key, [sample]);
  });
  return groups;
}
