/**
 * Polyend Tracker `.pti`: an instrument with its sound. A header of 392 bytes, little-endian, its CRC-32 at the end, then 16-bit
 * samples at 44.1 kHz to the end of the file, of two channels one behind the other. Published by nobody; the layout is
 * that of jaap3/pti-file-format, the CRC and the slices as found in files that a device wrote.
 *
 * Two libraries take the last four bytes for the CRC and the sound from byte 388 on: what they read begins with two samples of
 * noise.
 */
import { MalformedFileError } from '../errors.ts';
import { dataView } from './bytes.ts';
import { crc32 } from './crc-32.ts';
import {
  f32,
  group,
  i8,
  list,
  type RecordOf,
  raw,
  readRecord,
  sizeOf,
  text,
  u8,
  u16,
  u32,
  writeRecord,
} from './record.ts';

/** Times are milliseconds. */
const ENVELOPE = {
  amount: f32(0),
  delay: u16(4),
  attack: u16(6),
  hold: u16(8),
  decay: u16(10),
  sustain: f32(12),
  release: u16(16),
  isLfo: u8(18),
  isOn: u8(19),
};

const LFO = { shape: u8(0), speed: u8(1), unknown: raw(2, 2), amount: f32(4) };

/** Most slices of a file. */
export const MOST_PTI_SLICES = 48;
/** What moves: volume, pan, cutoff, wavetable, grain and tuning, in this order. */
const AUTOMATIONS = 6;

const FIELDS = {
  magic: text(0, 2),
  version: u16(2),
  firmware: raw(4, 4),
  structure: raw(8, 4),
  bodySize: u16(12),
  rubbish14: raw(14, 2),
  isActive: u32(16),
  isWavetable: u8(20),
  /** Ends with a zero. */
  name: text(21, 32),
  unknown53: raw(53, 3),
  /** In the memory of the device that wrote it. */
  address: u32(56),
  /** Of one channel; 0 in some files of early firmware. */
  frames: u32(60),
  windowSize: u16(64),
  unknown66: raw(66, 2),
  windows: u32(68),
  unknown72: raw(72, 4),
  playback: u8(76),
  unknown77: u8(77),
  // Positions are shares of the sound's length, of PTI.end.
  start: u16(78),
  loopStart: u16(80),
  loopEnd: u16(82),
  end: u16(84),
  unknown86: raw(86, 2),
  window: u32(88),
  envelopes: list(92, AUTOMATIONS, (at) => group(at, ENVELOPE)),
  lfos: list(212, AUTOMATIONS, (at) => group(at, LFO)),
  cutoff: f32(260),
  resonance: f32(264),
  filter: u8(268),
  isFiltered: u8(269),
  /** Semitones, then cents, that the sound is played higher. */
  tune: i8(270),
  finetune: i8(271),
  volume: u8(272),
  unknown273: raw(273, 3),
  pan: u16(276),
  delaySend: u8(278),
  unknown279: u8(279),
  /** Where each slice begins; it lasts to the next. */
  slices: list(280, MOST_PTI_SLICES, u16),
  sliceCount: u8(376),
  slice: u8(377),
  grainFrames: u16(378),
  grainPosition: u16(380),
  grainShape: u8(382),
  grainDirection: u8(383),
  reverbSend: u8(384),
  overdrive: u8(385),
  bitDepth: u8(386),
  unknown387: u8(387),
  /** Of all bytes before it. */
  crc: u32(388),
};

const MAGIC = 'TI';
const HEADER_BYTES = sizeOf(FIELDS);
const SAMPLE_BYTES = 2;

/** All that a header says, without what is the same in all and the CRC. */
export type PtiHeader = Omit<RecordOf<typeof FIELDS>, 'magic' | 'crc'>;

export interface PtiFile {
  readonly header: PtiHeader;
  /** One, or left and right, of the same length. */
  readonly channels: readonly Int16Array[];
}

/** Values of fields that are choices. */
export const PTI = {
  sampleRate: 44_100,
  bitDepth: 16,
  /** The last position; points of a loop lie between 0 and it, in order, and never on either. */
  end: 65_535,
  playback: { once: 0, forward: 1, slices: 4 },
  /** Of the name. */
  longestName: FIELDS.name.size - 1,
  /** Semitones up or down. */
  mostTune: 24,
} as const;

const LFO_AS_SAVED = { shape: 2, speed: 0, unknown: [0, 0], amount: 0.5 };
const ENVELOPE_AS_SAVED = {
  amount: 1,
  delay: 0,
  attack: 3000,
  hold: 0,
  decay: 0,
  sustain: 1,
  release: 1000,
  isLfo: 0,
  isOn: 0,
};

/** What a device of firmware 1.5 saves of an instrument that nobody has touched; played once. */
export const PTI_AS_SAVED: PtiHeader = {
  version: 1,
  firmware: [1, 5, 0, 1],
  structure: [9, 9, 9, 9],
  // Of the header from its version of structure on, up to the CRC: as all files have it.
  bodySize: 372,
  rubbish14: [0, 0],
  isActive: 1,
  isWavetable: 0,
  name: '',
  unknown53: [0, 0, 0],
  address: 0,
  frames: 0,
  windowSize: 2048,
  unknown66: [0, 0],
  windows: 0,
  unknown72: [0, 0, 0, 0],
  playback: PTI.playback.once,
  unknown77: 0,
  start: 0,
  loopStart: 1,
  loopEnd: PTI.end - 1,
  end: PTI.end,
  unknown86: [0, 0],
  window: 0,
  envelopes: Array.from({ length: AUTOMATIONS }, (_, i) =>
    i === 0 ? { ...ENVELOPE_AS_SAVED, attack: 0, isOn: 1 } : ENVELOPE_AS_SAVED,
  ),
  lfos: Array.from({ length: AUTOMATIONS }, () => LFO_AS_SAVED),
  cutoff: 1,
  resonance: 0,
  filter: 0,
  isFiltered: 0,
  tune: 0,
  finetune: 0,
  volume: 50,
  unknown273: [0, 0, 0],
  pan: 50,
  delaySend: 0,
  unknown279: 0,
  slices: Array.from({ length: MOST_PTI_SLICES }, () => 0),
  sliceCount: 0,
  slice: 0,
  grainFrames: 441,
  grainPosition: 0,
  grainShape: 0,
  grainDirection: 0,
  reverbSend: 0,
  overdrive: 0,
  bitDepth: PTI.bitDepth,
  unknown387: 0,
};

/** The bytes of a file, its CRC included. */
export function writePti({ header, channels }: PtiFile): Uint8Array<ArrayBuffer> {
  const samples = channels.reduce((sum, { length }) => sum + length, 0);
  const bytes = new Uint8Array(HEADER_BYTES + samples * SAMPLE_BYTES);
  const view = dataView(bytes);
  writeRecord(FIELDS, { ...header, magic: MAGIC, crc: 0 }, view, 'little');
  FIELDS.crc.write(view, crcOf(bytes), 'little');
  let at = HEADER_BYTES;
  for (const channel of channels) {
    for (let i = 0; i < channel.length; i++, at += SAMPLE_BYTES) view.setInt16(at, channel[i], true);
  }
  return bytes;
}

/**
 * What a file holds; {@link writePti} gives its bytes again.
 * @param name of the file, for messages
 * @throws MalformedFileError where it is none, or damaged
 */
export function parsePti(name: string, bytes: Uint8Array): PtiFile {
  const sound = bytes.length - HEADER_BYTES;
  const isOne = sound >= 0 && FIELDS.magic.read(dataView(bytes), 'little') === MAGIC;
  if (!isOne) throw new MalformedFileError(`“${name}” is no Polyend .pti file; those begin with ${MAGIC}.`);
  const { magic: _, crc, ...header } = readRecord(FIELDS, dataView(bytes), 'little');
  if (crc !== crcOf(bytes)) {
    throw new MalformedFileError(`“${name}” is damaged: its CRC does not match; copy it again.`);
  }
  // The length of the file is true; what the header says of it is 0 in some.
  const samples = sound / SAMPLE_BYTES;
  const channelCount = header.frames > 0 && samples === 2 * header.frames ? 2 : 1;
  const isWhole = header.frames === 0 ? Number.isInteger(samples) : samples === channelCount * header.frames;
  if (!isWhole) {
    throw new MalformedFileError(
      `“${name}” is damaged: it holds ${sound} bytes of sound, and its header says ${header.frames} frames; copy it again.`,
    );
  }
  const frames = samples / channelCount;
  const channels = Array.from({ length: channelCount }, (_, c) =>
    int16(bytes.subarray(HEADER_BYTES + c * frames * SAMPLE_BYTES), frames),
  );
  return { header, channels };
}

function int16(bytes: Uint8Array, count: number): Int16Array {
  const view = dataView(bytes);
  return Int16Array.from({ length: count }, (_, i) => view.getInt16(i * SAMPLE_BYTES, true));
}

function crcOf(bytes: Uint8Array): number {
  return crc32(bytes.subarray(0, FIELDS.crc.at));
}
