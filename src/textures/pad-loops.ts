/**
 * Pad loops: the stillest moment of a hand-picked source as loops in several colours, at several pitches
 * and speeds. A stretched loop is longer by its factor, so 2.0 plays the same music in twice the time.
 */
import type { Settings } from '../config/settings.ts';
import { butterworthHighPass, butterworthLowPass, type Section } from '../dsp/butterworth.ts';
import { filterCircular } from '../dsp/filter.ts';
import { rms } from '../dsp/levels.ts';
import { frameCount, type Sound } from '../dsp/sound.ts';
import { closeLoop } from '../loops/close.ts';
import { seamSeverity } from '../loops/seam.ts';
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
const LEAST_LEVEL_DB = -80;

/** The closed loop all colours of one transform are made of. */
type Closed = Pick<Texture, 'sound' | 'origin'> & { readonly loop: Loop };

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
  const closed = closeExcerpt(cut, wanted, settings, () => chance('pad', cut.transform.name, wanted.frames));
  const texture = (sound: Sound, variant: string): Texture => ({
    family: 'pad',
    naming: 'pad_loop',
    index: 0,
    variant,
    sound,
    loop: closed.loop,
    origin: closed.origin,
    stability: cut.stability,
    transposition: cut.transposition,
    stretch: cut.transform.factor,
    targetPeakDb: settings.global.target_peak_dbfs,
  });
  for (const colour of drones.pad_variants) {
    const sound = coloured(closed.sound, colour, drones);
    if (rms(sound) > 10 ** (LEAST_LEVEL_DB / 20)) yield texture(sound, name(colour));
    else yield { family: 'pad', reason: `${name(colour)}: ${nothingLeft(colour, drones)}` };
  }
  if (drones.enable_reversal) yield texture(reversed(closed.sound), name('reversed'));
}

/** The loop by a matched splice, or, where none closes unheard or the source is too short, smeared on a ring. */
function closeExcerpt(
  cut: Excerpt,
  wanted: WantedLength,
  settings: Settings,
  chance: () => ReturnType<Chance>,
): Closed {
  const { sampleRate } = cut.sound;
  const length = Math.round(wanted.frames * cut.transform.factor);
  const closed = closeLoop(cut.sound, {
    start: cut.middle - (length >> 1),
    length,
    startSlack: Math.round(START_SLACK_SEC * sampleRate),
    lengthSlack: wanted.exact ? 0 : Math.round(LENGTH_SLACK * length),
    fade: Math.round((settings.pad_miner.loop_crossfade_ms / 1000) * sampleRate),
  });
  if (closed && seamSeverity(closed.seam) <= 1) {
    return {
      sound: closed.sound,
      loop: { kind: 'splice', crossfade: closed.crossfade },
      origin: cut.origin(closed.start, frameCount(closed.sound)),
    };
  }
  const { sound, origin } = smearedCut(cut, length, chance());
  return { sound: settleRing(sound), loop: { kind: 'ring' }, origin };
}

function coloured({ sampleRate, channels }: Sound, colour: Colour, drones: Settings['drones']): Sound {
  const sections = colourFilter(colour, drones, sampleRate);
  return { sampleRate, channels: channels.map((channel) => filterCircular(channel, sections)) };
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

/** A loop that closes forwards closes backwards. */
function reversed({ sampleRate, channels }: Sound): Sound {
  return { sampleRate, channels: channels.map((channel) => channel.slice().reverse()) };
}
