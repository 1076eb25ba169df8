/**
 * Octatrack `.ot`: what the device keeps of a sample beside its WAV, which has the same name. 832 bytes, big-endian. Nothing of it is
 * published by its maker; the layout is as found in files that a device wrote (after OctaChainer and octatools, checked
 * against twelve of them).
 */
import { MalformedFileError } from '../errors.ts';
import { dataView } from './bytes.ts';
import {
  group,
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

/** Frames of the file. The end is the frame behind the last. */
const SLICE = { start: u32(0), end: u32(4), loopPoint: u32(8) };

/** Most slices of a file. */
export const MOST_OT_SLICES = 64;

const FIELDS = {
  form: text(0x00, 16),
  zeros: raw(0x10, 5),
  version: u8(0x15),
  /** 1 in most files of the device, 0 in those of other programs. */
  unknown: u8(0x16),
  /** Beats a minute × 24. */
  tempo: u32(0x17),
  /** Hundredths of a bar of four beats. */
  trimLength: u32(0x1b),
  loopLength: u32(0x1f),
  stretch: u32(0x23),
  loop: u32(0x27),
  gain: u16(0x2b),
  trigQuantize: u8(0x2d),
  trimStart: u32(0x2e),
  /** A loop goes from its point to here, always. */
  trimEnd: u32(0x32),
  loopPoint: u32(0x36),
  /** Of those beyond the count, the device leaves what was there before. */
  slices: list(0x3a, MOST_OT_SLICES, (at) => group(at, SLICE)),
  sliceCount: u32(0x33a),
  /** Of all bytes behind `form` and before itself, modulo 65,536. */
  checksum: u16(0x33e),
};

/** Every file begins with it. */
const FORM = 'FORM\0\0\0\0DPS1SMPA';
export const OT_BYTES = sizeOf(FIELDS);

/** A file, without what is the same in all and the sum. */
export type OtFile = Omit<RecordOf<typeof FIELDS>, 'form' | 'checksum'>;
export type OtSlice = RecordOf<typeof SLICE>;

/** Values of fields that are choices. */
export const OT = {
  version: 2,
  stretch: { off: 0, normal: 2, beat: 3 },
  loop: { off: 0, on: 1, pingPong: 2 },
  /** Plus two for each dB, from 0 to 96. */
  unityGain: 48,
  /** A trig plays at once. */
  direct: 255,
  /** A slice's, where it has none. */
  noLoopPoint: 0xffffffff,
} as const;

/** The bytes of a file, its sum included. @param file as many slices as it has room for */
export function writeOt(file: OtFile): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(OT_BYTES);
  writeRecord(FIELDS, { ...file, form: FORM, checksum: 0 }, dataView(bytes), 'big');
  FIELDS.checksum.write(dataView(bytes), sumOf(bytes), 'big');
  return bytes;
}

/**
 * What a file says; {@link writeOt} gives its bytes again.
 * @param name of the file, for messages
 * @throws MalformedFileError where it is none, or damaged
 */
export function parseOt(name: string, bytes: Uint8Array): OtFile {
  const isOne = bytes.length === OT_BYTES && FIELDS.form.read(dataView(bytes), 'big') === FORM;
  if (!isOne) {
    throw new MalformedFileError(`“${name}” is no Octatrack .ot file; those have ${OT_BYTES} bytes.`);
  }
  const { form: _, checksum, ...file } = readRecord(FIELDS, dataView(bytes), 'big');
  if (checksum !== sumOf(bytes)) {
    throw new MalformedFileError(`“${name}” is damaged: its checksum does not match; copy it again.`);
  }
  if (file.sliceCount > MOST_OT_SLICES) {
    throw new MalformedFileError(
      `“${name}” is damaged: it counts ${file.sliceCount} slices of ${MOST_OT_SLICES}; copy it again.`,
    );
  }
  return file;
}

function sumOf(bytes: Uint8Array): number {
  let sum = 0;
  for (let i = FIELDS.form.at + FIELDS.form.size; i < FIELDS.checksum.at; i++) sum += bytes[i];
  return sum % 0x10000;
}
