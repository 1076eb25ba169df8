/**
 * Pad loops: the most stable moment of a hand-picked source as loops in several colours, at several pitches
 * and speeds. A stretched loop is longer by its factor, so 2.0 plays the same music in twice the time.
 */

import { butterworthHighPass, butterworthLowPass, type Section } from '../../dsp/butterworth.ts';
import { filterCircular, filterZeroPhase } from '../../dsp/filter.ts';
import type { Random } from '../../dsp/random.ts';
import { frameCount, type Sound } from '../../dsp/sound.ts';
import { closeLoop } from '../../loops/close.ts';
import { evenSwell } from '../../loops/even-swell.ts';
import { seamSeverity } from '../../loops/seam.ts';
import type { LoopSearch } from '../../loops/search-record.ts';
import { type Excerpt, excerpt, padLoopLengths, START_SLACK_SEC } from '../shared/excerpts.ts';
import { randomisedCut } from '../shared/randomised-cut.ts';
import { transforms } from '../shared/transforms.ts';
import {
  lengthSlackOf,
  type NoSteadyTempo,
  PULSE_SLACK,
  type WantedLength,
} from '../shared/wanted-lengths.ts';
import { isTexture, type Loop, type Made, type Maker, type RandomFor, type Texture } from '../texture.ts';
import { type Closed, closedInaudibly, isAudible, pulsesOf } from './closed-loop.ts';
import type { PadLoopSettings } from './settings.ts';
import { softened } from './soften-loop.ts';

type Colour = PadLoopSettings['drones']['pad_variants'][number];

/** Why a pad loop was not made. */
export type PadLoopReason =
  | NoSteadyTempo
  /** It would be so long, s, and no loop is longer than `mostSec`. */
  | { readonly code: 'loop-too-long'; readonly seconds: number; readonly mostSec: number }
  /** The filter of a colour leaves nothing; its cutoff, by the setting of `drones` that says it. */
  | {
      readonly code: 'colour-empty';
      readonly setting: 'airy_highpass_hz' | 'warm_lowpass_hz' | 'dark_high_cut_hz';
      readonly hz: number;
    };

/** Orders of the filters, run forward and backward. */
const ORDERS: Record<Colour, number> = { warm: 4, airy: 4, dark: 5 };
/** Stretched pad loops are held in memory whole: as long as the longest that a setting in seconds can ask for. */
const LONGEST_SEC = 600;

/** Every colour of every transform, then, if asked for, each transform uncoloured and backwards. */
export const makePadLoops: Maker<PadLoopSettings, PadLoopReason> = async function* (
  material,
  settings,
  randomFor,
): AsyncIterable<Made<PadLoopReason>> {
  const { lengths, reason } = padLoopLengths(material, settings);
  if (reason) yield { family: 'pad', reason };
  let index = 0;
  for (const transform of transforms(settings.drones)) {
    const cut = await excerpt(material, settings, transform);
    for (const length of lengths) {
      const bars = length.bars === null ? '' : `${length.bars}bar`;
      const name = (colour: string) => [colour, transform.name, bars].filter(Boolean).join('_');
      for (const made of loopsOf(cut, length, settings, name, randomFor)) {
        yield isTexture(made) ? { ...made, index: ++index } : made;
      }
    }
  }
};

function* loopsOf(
  cut: Excerpt,
  wanted: WantedLength,
  settings: PadLoopSettings,
  name: (colour: string) => string,
  randomFor: RandomFor,
): Generator<Made<PadLoopReason>> {
  const { drones } = settings;
  const mostEvenedDb = settings.pad_miner.even_swell_db;
  const seconds = (wanted.frames * cut.transform.factor) / cut.sound.sampleRate;
  if (seconds > LONGEST_SEC) {
    const reason = { code: 'loop-too-long', seconds: Math.round(seconds), mostSec: LONGEST_SEC } as const;
    const all = [...drones.pad_variants, ...(drones.enable_reversal ? ['reversed'] : [])];
    for (const colour of all) yield { family: 'pad', variant: name(colour), reason };
    return;
  }
  const plain = splice(cut, wanted, settings, (sound) => sound);
  const whole = plain.closed;
  let randomised: Closed | null = null;
  const randomisedLoop = () => {
    randomised ??= randomiseExcerpt(
      cut,
      wanted,
      randomFor('pad', cut.transform.name, wanted.frames),
      plain.search,
      mostEvenedDb,
    );
    return randomised;
  };
  const texture = (closed: Closed, variant: string): Texture => ({
    family: 'pad',
    naming: 'pad_loop',
    index: 0,
    variant,
    ...closed,
    stability: cut.stability,
    momentRoot: cut.momentRoot,
    transposition: cut.transposition,
    stretch: cut.transform.factor,
    targetPeakDb: settings.global.target_peak_dbfs,
  });
  for (const colour of drones.pad_variants) {
    const sections = colourFilter(colour, drones, cut.sound.sampleRate);
    const onRing = (sound: Sound, pulses: number) =>
      evenSwell({ ...sound, channels: filterCircular(sound.channels, sections) }, mostEvenedDb, pulses);
    const onExcerpt = (sound: Sound) => ({ ...sound, channels: filterZeroPhase(sound.channels, sections) });
    // What the filter leaves may match worse than the whole did: then it is matched for itself. Where the
    // whole does not match, its parts seldom do, and the search is dear.
    const placed = closedInaudibly(whole && { ...whole, sound: onRing(whole.sound, pulsesOf(whole)) });
    const unchanged = placed && softened(placed);
    const matched = whole && !unchanged ? splice(cut, wanted, settings, onExcerpt) : plain;
    const spliced = unchanged ?? (whole && matched.closed);
    const ring: Loop = { kind: 'ring', search: matched.search };
    const closed = spliced ?? { ...randomisedLoop(), loop: ring, sound: onRing(randomisedLoop().sound, 0) };
    if (isAudible(closed.sound)) yield texture(closed, name(colour));
    else yield { family: 'pad', variant: name(colour), reason: nothingLeft(colour, drones) };
  }
  if (drones.enable_reversal) {
    yield texture(reversed(whole ?? randomisedLoop()), name('reversed'));
  }
}

/** What came of a search for a splice: null where none closes inaudibly; what was looked at only where that is recorded. */
interface Spliced {
  readonly closed: Closed | null;
  readonly search: LoopSearch | undefined;
}

/** A matched splice around the middle of the excerpt, changed first. */
function splice(
  cut: Excerpt,
  wanted: WantedLength,
  settings: PadLoopSettings,
  change: (sound: Sound) => Sound,
): Spliced {
  const { sampleRate, channels } = cut.sound;
  const length = Math.round(wanted.frames * cut.transform.factor);
  const startSlack = Math.round(START_SLACK_SEC * sampleRate);
  const lengthSlack = lengthSlackOf(wanted, length);
  // The loop, its crossfade of at most half its length, and the slack.
  const from = Math.max(0, cut.middle - length - startSlack);
  const to = cut.middle + (length >> 1) + startSlack + lengthSlack;
  const surroundings = change({
    sampleRate,
    channels: channels.map((channel) => channel.subarray(from, to)),
  });
  const loop = closeLoop(surroundings, {
    start: cut.middle - (length >> 1) - from,
    length,
    startSlack,
    lengthSlack,
    pulseSlack: Math.round(PULSE_SLACK * length),
    fade: Math.round((settings.pad_miner.loop_crossfade_ms / 1000) * sampleRate),
    mostEvenedDb: settings.pad_miner.even_swell_db,
    sourceSecOf: cut.recordsLoops ? (start) => cut.origin(from + start, 0).startSec : undefined,
  });
  if (!loop || seamSeverity(loop.seam) > 1) return { closed: null, search: loop?.search };
  const { sound, crossfade, seam, course, pulse, search } = loop;
  const origin = cut.origin(from + loop.start, loop.length);
  const spliced = { kind: 'splice', crossfade, seam, course, pulse, search } as const;
  return { closed: softened({ sound, loop: spliced, origin }), search };
}

/** @param search that for a splice, which found none */
function randomiseExcerpt(
  cut: Excerpt,
  wanted: WantedLength,
  random: Random,
  search: LoopSearch | undefined,
  mostEvenedDb: number,
): Closed {
  const length = Math.round(wanted.frames * cut.transform.factor);
  const { sound, origin } = randomisedCut(cut, length, random);
  return { sound: evenSwell(sound, mostEvenedDb), origin, loop: { kind: 'ring', search } };
}

function colourFilter(colour: Colour, drones: PadLoopSettings['drones'], sampleRate: number): Section[] {
  const order = ORDERS[colour];
  if (colour === 'airy') return butterworthHighPass(order, drones.airy_highpass_hz, sampleRate);
  const cutoff = colour === 'warm' ? drones.warm_lowpass_hz : drones.dark_high_cut_hz;
  return butterworthLowPass(order, cutoff, sampleRate);
}

/** The setting of `drones` that says where a colour's filter cuts. */
const CUTOFFS = {
  airy: 'airy_highpass_hz',
  warm: 'warm_lowpass_hz',
  dark: 'dark_high_cut_hz',
} as const satisfies Record<Colour, keyof PadLoopSettings['drones']>;

function nothingLeft(colour: Colour, drones: PadLoopSettings['drones']): PadLoopReason {
  const setting = CUTOFFS[colour];
  return { code: 'colour-empty', setting, hz: drones[setting] };
}

/**
 * A loop that closes forwards closes backwards, and keeps its seam's figures: measured again they are nearly the same,
 * as only the frames of its spectra fall otherwise.
 */
function reversed({ sound, loop, origin }: Closed): Closed {
  const backwards = { ...sound, channels: sound.channels.map((channel) => channel.slice().reverse()) };
  if (loop.kind === 'ring') return { sound: backwards, loop, origin };
  const length = frameCount(sound);
  const { crossfade } = loop;
  const start = (2 * length - crossfade.start - crossfade.length) % length;
  return { sound: backwards, loop: { ...loop, crossfade: { ...crossfade, start } }, origin };
}
