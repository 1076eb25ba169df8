/**
 * Pad loops: the stillest moment of a hand-picked source as loops in several colours, at several pitches
 * and speeds. A stretched loop is longer by its factor, so 2.0 plays the same music in twice the time.
 */
import type { Settings } from '../config/settings.ts';
import { butterworthHighPass, butterworthLowPass, type Section } from '../dsp/butterworth.ts';
import { filterCircular } from '../dsp/filter.ts';
import { rms } from '../dsp/levels.ts';
import type { Random } from '../dsp/random.ts';
import { frameCount, type Sound } from '../dsp/sound.ts';
import { closeLoop } from '../loops/close.ts';
import { nudgeWrap } from '../loops/nudge.ts';
import { measureSeam, seamSeverity } from '../loops/seam.ts';
import { settleRing } from '../loops/settle.ts';
import {
  type Excerpt,
  excerpt,
  LENGTH_SLACK,
  padLoopLengths,
  START_SLACK_SEC,
  transforms,
} from './excerpts.ts';
import { smearedCut } from './smeared-cut.ts';
import type { Chance, Loop, Made, Maker, Texture } from './texture.ts';
import type { WantedLength } from './wanted-lengths.ts';

type Colour = Settings['drones']['pad_variants'][number];

/** Orders of the filters, run forward and backward. */
const ORDERS: Record<Colour, number> = { warm: 4, airy: 4, dark: 5 };
/** A colour that leaves less than this holds nothing but the noise of the source, dBFS. */
const LEAST_LEVEL_DB = -70;

/** A closed loop, whatever closed it. */
type Closed = Pick<Texture, 'sound' | 'origin'> & { readonly loop: Loop };
/** What is done to a closed loop and leaves it one. */
type Change = (closed: Closed) => Closed;

/** Every colour of every transform, then, if asked for, each transform uncoloured and backwards. */
export const makePadLoops: Maker = async function* (material, settings, chance): AsyncIterable<Made> {
  const { lengths, reason } = padLoopLengths(material, settings);
  if (reason) yield { family: 'pad', reason };
  let index = 0;
  for (const transform of transforms(settings.drones)) {
    const cut = await excerpt(material, settings, transform);
    for (const [place, length] of lengths.entries()) {
      const bars = length.exact ? `${settings.musicality.bar_lengths[place]}bar` : '';
      const name = (colour: string) => [colour, transform.name, bars].filter(Boolean).join('_');
      for (const made of loopsOf(cut, length, settings, name, chance)) {
        yield 'sound' in made ? { ...made, index: ++index } : made;
      }
    }
  }
};

function* loopsOf(
  cut: Excerpt,
  wanted: WantedLength,
  settings: Settings,
  name: (colour: string) => string,
  chance: Chance,
): Generator<Made> {
  const { drones } = settings;
  const spliced = splice(cut, wanted, settings);
  let smeared: Closed | null = null;
  const worked = (change: Change): Closed => {
    const kept = spliced && reworked(spliced, change);
    if (kept) return kept;
    smeared ??= smearExcerpt(cut, wanted, chance('pad', cut.transform.name, wanted.frames));
    const changed = change(smeared);
    return { ...changed, sound: settleRing(changed.sound) };
  };
  const texture = (closed: Closed, variant: string): Texture => ({
    family: 'pad',
    naming: 'pad_loop',
    index: 0,
    variant,
    ...closed,
    stability: cut.stability,
    transposition: cut.transposition,
    stretch: cut.transform.factor,
    targetPeakDb: settings.global.target_peak_dbfs,
  });
  for (const colour of drones.pad_variants) {
    const closed = worked((loop) => coloured(loop, colour, drones));
    if (isHeard(closed.sound)) yield texture(closed, name(colour));
    else yield { family: 'pad', reason: `${name(colour)}: ${nothingLeft(colour, drones)}` };
  }
  if (drones.enable_reversal) yield texture(worked(reversed), name('reversed'));
}

/** The splice changed, or null where its seam can now be heard: what a filter leaves may not match as the whole did. */
function reworked(spliced: Closed, change: Change): Closed | null {
  const changed = change(spliced);
  const sound = nudgeWrap(changed.sound);
  const { crossfade } = changed.loop.kind === 'splice' ? changed.loop : { crossfade: 0 };
  const isFine = seamSeverity(measureSeam(sound, crossfade)) <= 1 || !isHeard(sound);
  return isFine ? { ...changed, sound } : null;
}

function isHeard(sound: Sound): boolean {
  return rms(sound) > 10 ** (LEAST_LEVEL_DB / 20);
}

/** A matched splice around the excerpt's middle, or null where none closes unheard. */
function splice(cut: Excerpt, wanted: WantedLength, settings: Settings): Closed | null {
  const { sampleRate, channels } = cut.sound;
  const length = Math.round(wanted.frames * cut.transform.factor);
  const startSlack = Math.round(START_SLACK_SEC * sampleRate);
  const lengthSlack = wanted.exact ? 0 : Math.round(LENGTH_SLACK * length);
  // The loop, its crossfade of at most half its length, and the slack.
  const from = Math.max(0, cut.middle - length - startSlack);
  const to = cut.middle + (length >> 1) + startSlack + lengthSlack;
  const closed = closeLoop(
    { sampleRate, channels: channels.map((channel) => channel.subarray(from, to)) },
    {
      start: cut.middle - (length >> 1) - from,
      length,
      startSlack,
      lengthSlack,
      fade: Math.round((settings.pad_miner.loop_crossfade_ms / 1000) * sampleRate),
    },
  );
  if (!closed || seamSeverity(closed.seam) > 1) return null;
  return {
    sound: closed.sound,
    loop: { kind: 'splice', crossfade: closed.crossfade },
    origin: cut.origin(from + closed.start, frameCount(closed.sound)),
  };
}

function smearExcerpt(cut: Excerpt, wanted: WantedLength, random: Random): Closed {
  const length = Math.round(wanted.frames * cut.transform.factor);
  return { ...smearedCut(cut, length, random), loop: { kind: 'ring' } };
}

function coloured(closed: Closed, colour: Colour, drones: Settings['drones']): Closed {
  const { sampleRate, channels } = closed.sound;
  const sections = colourFilter(colour, drones, sampleRate);
  const filtered = channels.map((channel) => filterCircular(channel, sections));
  return { ...closed, sound: { sampleRate, channels: filtered } };
}

function colourFilter(colour: Colour, drones: Settings['drones'], sampleRate: number): Section[] {
  const order = ORDERS[colour];
  if (colour === 'airy') return butterworthHighPass(order, drones.airy_highpass_hz, sampleRate);
  const cutoff = colour === 'warm' ? drones.warm_lowpass_hz : drones.dark_high_cut_hz;
  return butterworthLowPass(order, cutoff, sampleRate);
}

function nothingLeft(colour: Colour, drones: Settings['drones']): string {
  if (colour === 'airy') {
    return `nothing sounds above ${drones.airy_highpass_hz} Hz; lower drones.airy_highpass_hz`;
  }
  const [key, cutoff] =
    colour === 'warm'
      ? ['warm_lowpass_hz', drones.warm_lowpass_hz]
      : ['dark_high_cut_hz', drones.dark_high_cut_hz];
  return `nothing sounds below ${cutoff} Hz; raise drones.${key}`;
}

/**
 * A loop that closes forwards closes backwards, and wraps where it did. Its crossfade, as even as it was,
 * now lies after the wrap: no frames before the wrap are blended.
 */
function reversed({ sound, loop, origin }: Closed): Closed {
  const channels = sound.channels.map((channel) => channel.slice().reverse());
  return {
    sound: { sampleRate: sound.sampleRate, channels },
    loop: loop.kind === 'splice' ? { kind: 'splice', crossfade: 0 } : loop,
    origin,
  };
}
