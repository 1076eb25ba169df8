/** A reader of SoundFonts, written apart from the writer, by the format's text. */

interface ReadZone {
  /** In the order of the file: what, amount. */
  readonly generators: readonly (readonly [number, number])[];
  readonly modulators: readonly (readonly number[])[];
}

interface ReadSample {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly loopStart: number;
  readonly loopEnd: number;
  readonly rate: number;
  readonly root: number;
  readonly correction: number;
  readonly link: number;
  readonly type: number;
}

export interface ReadSoundFont {
  readonly version: string;
  readonly title: string;
  readonly presets: readonly { name: string; bank: number; program: number; zones: readonly ReadZone[] }[];
  readonly samples: readonly ReadSample[];
  /** All sound at 24 bits, full scale ±1. */
  readonly sound: Float64Array;
}

/** @throws Error where anything is not as it must be */
export function readSoundFont(file: Buffer): ReadSoundFont {
  const chunks = new Map<string, Buffer>();
  const walk = (from: number, to: number) => {
    for (let at = from; at < to; ) {
      const id = file.toString('latin1', at, at + 4);
      const size = file.readUInt32LE(at + 4);
      if (at + 8 + size > to) throw new Error(`${id} reaches too far`);
      if (id === 'LIST' || id === 'RIFF') walk(at + 12, at + 8 + size);
      else chunks.set(id, file.subarray(at + 8, at + 8 + size));
      if (size % 2 === 1) throw new Error(`${id} is odd`);
      at += 8 + size;
    }
  };
  if (file.toString('latin1', 8, 12) !== 'sfbk') throw new Error('no SoundFont');
  walk(0, file.length);
  const rows = (id: string, size: number) => {
    const table = chunks.get(id)!;
    if (table.length % size !== 0) throw new Error(`${id} has a part of a row`);
    return Array.from({ length: table.length / size }, (_, i) => table.subarray(size * i, size * (i + 1)));
  };
  const words = (id: string) => rows(id, 4).map((row) => [row.readUInt16LE(0), row.readUInt16LE(2)]);
  const text = (bytes: Buffer) => bytes.toString('latin1').replace(/\0.*$/s, '');
  const [bags, generators] = [words('ibag'), rows('igen', 4)];
  const zonesFrom = (first: number, behind: number): ReadZone[] =>
    bags.slice(first, behind).map(([generator, modulator], i) => ({
      generators: generators
        .slice(generator, bags[first + i + 1][0])
        .map((row) => [row.readUInt16LE(0), row.readInt16LE(2)] as const),
      modulators: rows('imod', 10)
        .slice(modulator, bags[first + i + 1][1])
        .map((row) => [row.readUInt16LE(0), row.readUInt16LE(2), row.readInt16LE(4), row.readUInt16LE(6)]),
    }));
  const instruments = rows('inst', 22);
  const [presetBags, presetGenerators] = [words('pbag'), words('pgen')];
  const presets = rows('phdr', 38);
  return {
    version: `${chunks.get('ifil')!.readUInt16LE(0)}.${chunks.get('ifil')!.readUInt16LE(2)}`,
    title: text(chunks.get('INAM')!),
    presets: presets.slice(0, -1).map((row, i) => {
      const [first, behind] = [row.readUInt16LE(24), presets[i + 1].readUInt16LE(24)];
      if (behind !== first + 1) throw new Error('a preset of other than one zone');
      const [[what, instrument]] = presetGenerators.slice(presetBags[first][0]);
      if (what !== 41) throw new Error('a preset without an instrument');
      const zones = zonesFrom(
        instruments[instrument].readUInt16LE(20),
        instruments[instrument + 1].readUInt16LE(20),
      );
      return {
        name: text(row.subarray(0, 20)),
        bank: row.readUInt16LE(22),
        program: row.readUInt16LE(20),
        zones,
      };
    }),
    samples: rows('shdr', 46)
      .slice(0, -1)
      .map((row) => ({
        name: text(row.subarray(0, 20)),
        start: row.readUInt32LE(20),
        end: row.readUInt32LE(24),
        loopStart: row.readUInt32LE(28),
        loopEnd: row.readUInt32LE(32),
        rate: row.readUInt32LE(36),
        root: row.readUInt8(40),
        correction: row.readInt8(41),
        link: row.readUInt16LE(42),
        type: row.readUInt16LE(44),
      })),
    sound: soundOf(chunks.get('smpl')!, chunks.get('sm24')!),
  };
}

function soundOf(upper: Buffer, lower: Buffer): Float64Array {
  const frames = upper.length / 2;
  if (lower.length !== frames + (frames % 2)) throw new Error('sm24 has another length than smpl');
  return Float64Array.from(
    { length: frames },
    (_, i) => (256 * upper.readInt16LE(2 * i) + lower[i]) / 2 ** 23,
  );
}
