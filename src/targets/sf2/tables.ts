/** How presets, instruments, zones and samples refer to each other in a SoundFont. */
import { log2 } from '../../dsp/maths.ts';
import { LimitError } from '../../errors.ts';
import { concatenate, type Piece } from '../../formats/wav-chunks.ts';
import type { NamedSample, Preset, PresetZone } from './presets.ts';
import { type Row, type TableName, table } from './records.ts';
import { placeIn } from './sample-data.ts';

/** Generators (SoundFont 2.04, 8.1.2). */
const GENERATOR = {
  pan: 17,
  attack: 34,
  release: 38,
  instrument: 41,
  keys: 43,
  velocities: 44,
  attenuation: 48,
  coarseTune: 51,
  fineTune: 52,
  sample: 53,
  loopMode: 54,
  scaleTuning: 56,
  chokeClass: 57,
  root: 58,
};
/** Loops for ever, through the release too. */
const LOOPS = 1;
/** Pan of a channel, tenths of a percent. */
const SIDES = [-500, 500];
/** Which channel a sample is. */
const KINDS = { mono: 1, right: 2, left: 4 };
/** A note's velocity, falling, concave: what players let it take off the level, and by how much, centibels. */
const VELOCITY = { source: 0x0502, centibels: 960 };
/** A release this long lets a hit ring to its end, s; it fades by 1 dB in a second. */
const RING_SEC = 100;
/** Tables refer to each other in 16 bits. */
const MOST_ROWS = 0xffff;

/**
 * The tables of some presets.
 * @param samples in the order in which their sound lies in the file
 * @throws LimitError where there are more zones than the format can count
 */
export function presetTables(presets: readonly Preset[], samples: readonly NamedSample[]): Uint8Array {
  const rows = emptyTables();
  const firstOf = new Map<string, number>();
  let start = 0;
  for (const sample of samples) {
    firstOf.set(sample.file, rows.shdr.length);
    for (let channel = 0; channel < sample.channelCount; channel++) {
      rows.shdr.push(sampleRow(sample, channel, start, rows.shdr.length));
      start += placeIn(sample.frameCount, sample.loops).length;
    }
  }
  for (const [number, { name, bank, program, zones }] of presets.entries()) {
    rows.phdr.push([name, program, bank, rows.pbag.length, 0, 0, 0]);
    rows.pbag.push([rows.pgen.length, 0]);
    rows.pgen.push([GENERATOR.instrument, number]);
    rows.inst.push([name, rows.ibag.length]);
    for (const zone of zones) addZone(zone, firstOf.get(zone.sample.file)!, rows);
  }
  close(rows);
  if (Math.max(rows.igen.length, rows.ibag.length, rows.imod.length) > MOST_ROWS) {
    throw new LimitError('A SoundFont cannot hold so many zones; choose fewer textures.');
  }
  const pieces = Object.entries(rows).flatMap(([name, own]): Piece[] => table(name as TableName, own));
  return concatenate(pieces);
}

type Tables = Record<TableName, Row[]>;

/** In the order in which they stand in the file. */
function emptyTables(): Tables {
  return { phdr: [], pbag: [], pmod: [], pgen: [], inst: [], ibag: [], imod: [], igen: [], shdr: [] };
}

function sampleRow(
  { name, sampleRate, channelCount, frameCount, loops, rootKey }: NamedSample,
  channel: number,
  start: number,
  index: number,
): Row {
  const { loopStart, loopEnd, end } = placeIn(frameCount, loops);
  const place = loops ? [start + end, start + loopStart, start + loopEnd] : [start + end, start, start];
  // What has no root has the middle of the keyboard: the number that means so, 255, makes players fall silent.
  const pitch = [sampleRate, rootKey, 0];
  if (channelCount === 1) return [name, start, ...place, ...pitch, 0, KINDS.mono];
  return channel === 0
    ? [`${name}-L`, start, ...place, ...pitch, index + 1, KINDS.left]
    : [`${name}-R`, start, ...place, ...pitch, index - 1, KINDS.right];
}

/** A zone for each channel, hard to its side. */
function addZone(zone: PresetZone, firstSample: number, rows: Tables): void {
  const { channelCount } = zone.sample;
  for (let channel = 0; channel < channelCount; channel++) {
    rows.ibag.push([rows.igen.length, rows.imod.length]);
    rows.igen.push(
      // Players drop a range of keys that is not the first, and what follows the sample.
      [GENERATOR.keys, range(zone.lowKey, zone.highKey)],
      [GENERATOR.velocities, range(zone.lowVelocity, zone.highVelocity)],
      ...(channelCount === 1 ? [] : [[GENERATOR.pan, SIDES[channel]]]),
      ...soundOf(zone),
      [GENERATOR.sample, firstSample + channel],
    );
    const { velocityDepth } = zone.group;
    if (velocityDepth === 1) continue;
    rows.imod.push([
      VELOCITY.source,
      GENERATOR.attenuation,
      Math.round(velocityDepth * VELOCITY.centibels),
      0,
      0,
    ]);
  }
}

/** Cents are in the zone: some players take no notice of the sample's own correction. */
function soundOf({ rootKey, tracksKeys, tuneCents, loops, chokeClass, group, isOneShot }: PresetZone): Row[] {
  const cents = Math.round(tuneCents) + 0;
  const coarse = Math.trunc(cents / 100);
  return [
    ...(group.attackSec > 0 ? [[GENERATOR.attack, timecents(group.attackSec)]] : []),
    [GENERATOR.release, timecents(isOneShot ? RING_SEC : group.releaseSec)],
    ...(coarse === 0 ? [] : [[GENERATOR.coarseTune, coarse]]),
    [GENERATOR.fineTune, cents - 100 * coarse],
    ...(loops ? [[GENERATOR.loopMode, LOOPS]] : []),
    ...(tracksKeys ? [] : [[GENERATOR.scaleTuning, 0]]),
    ...(chokeClass === 0 ? [] : [[GENERATOR.chokeClass, chokeClass]]),
    [GENERATOR.root, rootKey],
  ];
}

/** The row behind the last of each table, which says where the last one's own end. */
function close(rows: Tables): void {
  rows.phdr.push(['EOP', 0, 0, rows.pbag.length, 0, 0, 0]);
  rows.pbag.push([rows.pgen.length, 0]);
  rows.pmod.push([0, 0, 0, 0, 0]);
  rows.pgen.push([0, 0]);
  rows.inst.push(['EOI', rows.ibag.length]);
  rows.ibag.push([rows.igen.length, rows.imod.length]);
  rows.imod.push([0, 0, 0, 0, 0]);
  rows.igen.push([0, 0]);
  rows.shdr.push(['EOS', 0, 0, 0, 0, 0, 0, 0, 0, 0]);
}

function range(low: number, high: number): number {
  return low | (high << 8);
}

function timecents(seconds: number): number {
  return Math.round(1200 * log2(seconds));
}
