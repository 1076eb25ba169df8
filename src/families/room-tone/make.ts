/** Room tone: what a recording holds where nobody plays, as rings to lie under anything. */
import type { Analysis } from '../../analysis/analysis.ts';
import { fadeIn, fadeOut } from '../../dsp/fade.ts';
import { square } from '../../dsp/maths.ts';
import { randomisePhases } from '../../dsp/randomise-phases.ts';
import { type NoSteadyTempo, wantedLengths } from '../shared/wanted-lengths.ts';
import {
  isWanted,
  type Made,
  type Maker,
  type Material,
  type RandomFor,
  type Texture,
  type Unwanted,
} from '../texture.ts';
import { findRoomTone, type NoRoomTone, type RoomToneSearch, type TimeRange, whyNoRoomTone } from './find.ts';
import type { RoomToneSettings } from './settings.ts';

/** Why a source gives no room tone, or none in bars. */
export type RoomToneReason = NoRoomTone | NoSteadyTempo;

/** Most of a stretch that is read for a ring, s: more is longer than any ring needs to wander through. */
const MOST_MATERIAL_SEC = 12;
/** Stretches whose mean spectra differ by less are one room, dB (root mean square over mel bands, level apart). */
const ALIKE_DB = 1.5;
/** A grain fades over this at both ends, s. */
const GRAIN_FADE_SEC = 0.005;

/**
 * Mines the room tone of a source: a ring of each stretch that sounds unlike those before it, the longest first, at
 * most `max_extracted`; and with `keep_grains` as many of the windows themselves, none overlapping.
 */
export const mineRoomTone: Maker<RoomToneSettings, RoomToneReason> = async function* (
  material,
  settings,
  randomFor,
): AsyncIterable<Made<RoomToneReason> | Unwanted> {
  const search = findRoomTone(material.analysis, settings.room_tone);
  if (search.windows.length === 0) {
    yield { family: 'silence', reason: whyNoRoomTone(search, settings.room_tone) };
    return;
  }
  const made = yield* rings(material, settings, search, randomFor);
  if (settings.room_tone.keep_grains) yield* grains(material, settings, search, made);
};

const UNWANTED: Unwanted = { family: 'silence', isWanted: false };

/** @returns how many there are */
async function* rings(
  material: Material,
  settings: RoomToneSettings,
  { stretches }: RoomToneSearch,
  randomFor: RandomFor,
): AsyncGenerator<Made<NoSteadyTempo> | Unwanted, number> {
  const { reader, analysis } = material;
  const { room_tone: miner } = settings;
  const { sampleRate } = reader;
  const { lengths, reason } = wantedLengths(
    [miner.loop_duration_sec],
    settings.musicality,
    analysis.tempo,
    sampleRate,
  );
  if (reason) yield { family: 'silence', reason };
  let index = 0;
  for (const { start, length } of unlike(stretches, analysis, miner.max_extracted)) {
    const count = Math.min(length, Math.round(MOST_MATERIAL_SEC * sampleRate));
    const used = { start: start + ((length - count) >> 1), length: count };
    for (const { frames } of lengths) {
      index++;
      if (!isWanted(material, index)) {
        yield UNWANTED;
        continue;
      }
      const sound = await reader.read(used.start, used.length);
      const ring = randomisePhases(sound, frames, randomFor('silence', start, frames));
      yield { ...texture(settings, used, sampleRate), index, sound: ring, loop: { kind: 'ring' } };
    }
  }
  return index;
}

/** @param before textures that were made of the same source */
async function* grains(
  material: Material,
  settings: RoomToneSettings,
  { windows }: RoomToneSearch,
  before: number,
): AsyncGenerator<Texture | Unwanted> {
  const { reader } = material;
  const { sampleRate } = reader;
  const fade = Math.round(GRAIN_FADE_SEC * sampleRate);
  let end = 0;
  let index = 0;
  for (const window of windows) {
    if (window.start < end || index === settings.room_tone.max_extracted) continue;
    end = window.start + window.length;
    index++;
    if (!isWanted(material, before + index)) {
      yield UNWANTED;
      continue;
    }
    const sound = await reader.read(window.start, window.length);
    for (const channel of sound.channels) {
      fadeIn(channel, fade);
      fadeOut(channel, fade);
    }
    yield { ...texture(settings, window, sampleRate), naming: 'silence_grain', index, sound };
  }
}

/** What all textures of room tone have in common. */
function texture(
  { room_tone }: RoomToneSettings,
  { start, length }: TimeRange,
  sampleRate: number,
): Omit<Texture, 'index' | 'sound'> {
  return {
    family: 'silence',
    naming: 'silence',
    variant: '',
    loop: null,
    origin: { startSec: start / sampleRate, endSec: (start + length) / sampleRate },
    stability: null,
    targetPeakDb: room_tone.target_peak_dbfs,
  };
}

/** The first so many stretches, each unlike those before it. */
function unlike(stretches: readonly TimeRange[], analysis: Analysis, count: number): TimeRange[] {
  const chosen: { stretch: TimeRange; colour: Float64Array }[] = [];
  for (const stretch of stretches) {
    if (chosen.length === count) break;
    const colour = colourOf(stretch, analysis);
    if (chosen.every((other) => difference(colour, other.colour) >= ALIKE_DB))
      chosen.push({ stretch, colour });
  }
  return chosen.map(({ stretch }) => stretch);
}

/** Mean level of each mel band about the mean of all, dB. */
function colourOf({ start, length }: TimeRange, { timbre }: Analysis): Float64Array {
  const { hop, rows, columns, values } = timbre;
  const first = Math.min(rows - 1, Math.ceil(start / hop));
  const end = Math.max(first + 1, Math.min(rows, Math.floor((start + length) / hop)));
  const colour = new Float64Array(columns);
  for (let row = first; row < end; row++) {
    for (let band = 0; band < columns; band++) colour[band] += values[row * columns + band] / (end - first);
  }
  const mean = colour.reduce((sum, level) => sum + level, 0) / columns;
  return colour.map((level) => level - mean);
}

function difference(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let band = 0; band < one.length; band++) sum += square(one[band] - other[band]);
  return Math.sqrt(sum / one.length);
}
