/** What is played of a SoundFont: a keyboard, as `zones.ts` lays it out, and a preset for each texture. */
import { deviceNames } from '../device-names.ts';
import { playedAlone } from '../played-alone.ts';
import type { MadeSample, PlayerOptions, TargetOptions } from '../target.ts';
import type { Instrument, Zone, ZoneGroup } from '../zones.ts';

/** A sample over some keys and velocities. */
export interface PresetZone extends Pick<Zone, 'lowKey' | 'highKey' | 'lowVelocity' | 'highVelocity'> {
  readonly sample: NamedSample;
  readonly rootKey: number;
  readonly tracksKeys: boolean;
  readonly tuneCents: number;
  /** A new note of its preset and class cuts those that sound; 0: none does. */
  readonly chokeClass: number;
  readonly group: Pick<ZoneGroup, 'attackSec' | 'releaseSec' | 'velocityDepth'>;
  readonly loops: boolean;
  /** Sounds to its end however short the key is held. */
  readonly isOneShot: boolean;
}

export interface NamedSample extends Pick<MadeSample, 'frameCount' | 'sampleRate' | 'channelCount'> {
  readonly name: string;
  readonly file: string;
  readonly loops: boolean;
  /** The MIDI note at which it sounds as it is, but for cents. */
  readonly rootKey: number;
}

export interface Preset {
  readonly name: string;
  readonly bank: number;
  readonly program: number;
  readonly zones: readonly PresetZone[];
}

/** Names of presets and samples: 19 characters with the mark for left, right or no root. */
const NAMES = {
  alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789# ',
  longest: 17,
  tellsRoot: false,
};
/** Where General MIDI has drums: channel 10 plays its first preset. */
const DRUM_BANK = 128;
const PROGRAMS = 128;
const WHOLE_KEYBOARD = { lowKey: 0, highKey: 127, lowVelocity: 1, highVelocity: 127 };

/** The presets of a part, as far as their scopes are asked for; hits have none of their own. @param samples all there are */
export function soundFontPresets(
  { name, groups }: Instrument,
  samples: readonly MadeSample[],
  { families, scopes }: Pick<PlayerOptions, 'families' | 'scopes'>,
): Preset[] {
  const files = new Set(groups.flatMap(({ zones }) => zones.map(({ sample }) => sample.file)));
  const own = samples.filter(({ slot }) => files.has(slot.file));
  const named = namedSamples(own, families);
  const isDrums = groups.some(({ isOneShot }) => isOneShot);
  const layouts = scopes.includes('palette') ? keyboardsOf(groups, named) : [];
  const keyboards = layouts.map((zones, i) => ({
    name: i === 0 ? name : `${name} ${i + 1}`,
    ...(isDrums ? { bank: DRUM_BANK, program: i } : placeOf(i)),
    zones,
  }));
  // On any other channel bank 128 is silent.
  if (isDrums) return [...keyboards, ...keyboards.map((preset, i) => ({ ...preset, ...placeOf(i) }))];
  if (!scopes.includes('texture')) return keyboards;
  const alone = own.map((sample, i) => ({
    ...placeOf(keyboards.length + i),
    ...textureAlone(sample, named.get(sample.slot.file)!, families),
  }));
  return [...keyboards, ...alone];
}

function placeOf(index: number) {
  return { bank: Math.floor(index / PROGRAMS), program: index % PROGRAMS };
}

function namedSamples(
  samples: readonly MadeSample[],
  families: TargetOptions['families'],
): Map<string, NamedSample> {
  const names = deviceNames(
    samples.map(({ slot }) => slot.texture),
    NAMES,
    families,
  );
  return new Map(
    samples.map(({ slot: { file, texture }, frameCount, sampleRate, channelCount }, i) => [
      file,
      {
        name: names[i],
        file,
        frameCount,
        sampleRate,
        channelCount,
        loops: texture.loops,
        rootKey: playedAlone(texture, { families }).rootKey,
      },
    ]),
  );
}

/**
 * The zones of a keyboard. The format has nothing that takes turns: where textures would, there are as many keyboards, each with
 * another of them.
 */
function keyboardsOf(groups: readonly ZoneGroup[], named: ReadonlyMap<string, NamedSample>): PresetZone[][] {
  const turns = Math.max(...groups.flatMap(({ zones }) => zones.map(({ turn }) => turn.of)));
  return Array.from({ length: turns }, (_, keyboard) =>
    groups.flatMap((group, index) =>
      group.zones
        .filter(({ turn }) => turn.position === 1 + (keyboard % turn.of))
        .map((zone) => ({
          ...zone,
          sample: named.get(zone.sample.file)!,
          loops: zone.sample.isLoop && !group.isOneShot,
          chokeClass: group.chokes ? index + 1 : 0,
          isOneShot: group.isOneShot,
          group,
        })),
    ),
  );
}

/** A texture on all keys; the name of what should have a root and has none ends with a question mark. */
function textureAlone(
  { slot }: MadeSample,
  sample: NamedSample,
  families: TargetOptions['families'],
): Pick<Preset, 'name' | 'zones'> {
  const { hasRoot, tracksKeys, rootKey, tuneCents, ...group } = playedAlone(slot.texture, { families });
  const zone: PresetZone = {
    sample,
    loops: sample.loops,
    ...WHOLE_KEYBOARD,
    rootKey,
    tracksKeys,
    tuneCents,
    chokeClass: 0,
    isOneShot: false,
    group,
  };
  return { name: hasRoot || !tracksKeys ? sample.name : `${sample.name} ?`, zones: [zone] };
}
