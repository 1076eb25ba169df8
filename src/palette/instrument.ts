/** Instruments for software samplers from a finished export: SFZ, DecentSampler, Bitwig, with their samples. */
import { mkdir, open, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { copyFresh } from '../archive/copy-file.ts';
import { openSource } from '../archive/source.ts';
import { textIfThere } from '../archive/text-file.ts';
import { safeName } from '../config/safe-name.ts';
import { KITS_FOLDER } from '../engine/export-folder.ts';
import { AudioError, FileSystemError } from '../errors.ts';
import { MULTISAMPLE_XML, multisampleText } from '../targets/bitwig/multisample.ts';
import { type StoredEntry, zipEnd, zipHeader } from '../targets/bitwig/stored-zip.ts';
import { decentSamplerText } from '../targets/decent-sampler/preset.ts';
import { sampleFileNames } from '../targets/sample-names.ts';
import { sfzText } from '../targets/sfz/sfz.ts';
import { type Instrument, type InstrumentSample, instrumentsOf, type Part } from '../targets/zones.ts';
import {
  curatedSelection,
  type DecidedSince,
  NOTHING_DECIDED,
  readDecidedSelection,
} from './decided-selection.ts';
import { openPalette, type PaletteTexture } from './palette.ts';
import { besideRuns, swapping, type WholeFolder, writeWholeFolder } from './whole-folder.ts';

export const INSTRUMENT_FORMATS = ['sfz', 'decentsampler', 'bitwig'] as const;
export type InstrumentFormat = (typeof INSTRUMENT_FORMATS)[number];

export interface InstrumentRequest {
  /** Absolute; its `_curated/selection.json` says which textures, else those of grade A and B. */
  readonly exportFolder: string;
  /** Names the files, and by default their folder. */
  readonly name: string;
  readonly formats: readonly InstrumentFormat[];
  /** Absolute; null is `_kits/NAME` in the export folder. */
  readonly out: string | null;
  /** No write happens outside this folder, links resolved; null lifts that. */
  readonly root: string | null;
  /** Replaces instruments that are there; what others put into their folder stays. */
  readonly force: boolean;
  /** Ends the work at the next texture; nothing has changed then. */
  readonly signal?: AbortSignal;
  /** See {@link WholeFolder.beforeSwap}. */
  readonly beforeSwap?: WholeFolder['beforeSwap'];
}

export interface WrittenInstrument {
  readonly part: Part;
  /** Relative to the folder. */
  readonly files: readonly string[];
  readonly textures: number;
  /** Of these, how many are mapped by root. */
  readonly byRoot: number;
}

export interface InstrumentResult {
  readonly folder: string;
  /** Whether somebody had chosen the textures. */
  readonly isCurated: boolean;
  /** How it differs from what curate chose. */
  readonly since: DecidedSince;
  readonly instruments: readonly WrittenInstrument[];
  /** Textures of the selection that the export folder no longer holds. */
  readonly missing: readonly string[];
  /** Textures that cannot be read, which the instruments leave out. */
  readonly failed: readonly { readonly path: string; readonly message: string }[];
}

/** What a format's file is called behind the name. */
const ENDINGS: Record<InstrumentFormat, string> = {
  sfz: '.sfz',
  decentsampler: '.dspreset',
  bitwig: '.multisample',
};
/** SFZ and DecentSampler share it. */
const SAMPLES = 'samples';
/** As both write it; see `sample-names.ts`. */
const SAMPLE_PATH = new RegExp(`${SAMPLES}/[\\w.+-]+\\.wav`, 'g');

/** A texture with its place in the instrument. */
interface Chosen {
  readonly texture: PaletteTexture;
  readonly sample: InstrumentSample;
}

/**
 * Writes the instruments of an export: one a part (pads, drums, …) and format, and copies of their samples. They
 * appear as a whole, or not at all. The same textures give the same bytes.
 *
 * @param onProgress is told how many samples of how many are written
 * @throws ConfigError where the folder is there and force was not given, or it holds no instruments
 * @throws FileSystemError where there is no texture to map
 * @throws MalformedFileError, BusyError, NotAllowedError, DiskFullError; the signal's reason where it aborts
 */
export async function writeInstruments(
  request: InstrumentRequest,
  onProgress: (done: number, all: number) => void = () => {},
): Promise<InstrumentResult> {
  const name = safeName(request.name, 60, 'instrument');
  const folder = request.out ?? join(request.exportFolder, KITS_FOLDER, name);
  const write = async (): Promise<InstrumentResult> => {
    const { textures, ...choice } = await chosenTextures(request.exportFolder);
    const { root, force } = request;
    const ours = (there: string) => filesOfInstruments(there, name);
    const written = await writeWholeFolder({ folder, root, force, ours, ...swapping(request) }, (making) =>
      writeAll(textures, making, name, request, onProgress),
    );
    return { folder, ...choice, ...written };
  };
  return besideRuns(folder, { exportFolder: request.exportFolder, exportRoot: request.root }, write);
}

/** What curate chose, by its order; else all that are no failures. */
async function chosenTextures(exportFolder: string) {
  const palette = await openPalette(exportFolder);
  const path = await curatedSelection(exportFolder);
  if (path === null) {
    const textures = palette.textures.filter(({ grade }) => grade === 'A' || grade === 'B');
    const since = NOTHING_DECIDED;
    return { textures: assertSome(textures, exportFolder), isCurated: false, since, missing: [] };
  }
  const byPath = new Map(palette.textures.map((texture) => [texture.path, texture]));
  const { textures: listed, ...since } = await readDecidedSelection(path, palette);
  const textures = listed.flatMap((chosen) => {
    const texture = byPath.get(chosen.path);
    return texture ? [{ ...texture, name: chosen.name ?? texture.name }] : [];
  });
  const missing = listed.map((chosen) => chosen.path).filter((each) => !byPath.has(each));
  return { textures: assertSome(textures, exportFolder), isCurated: true, since, missing };
}

function assertSome(textures: readonly PaletteTexture[], folder: string): readonly PaletteTexture[] {
  if (textures.length > 0) return textures;
  throw new FileSystemError(
    `“${folder}” holds no texture to make an instrument of; run "afterglow all" or "afterglow curate" first.`,
    { context: { path: folder } },
  );
}

/** The instruments of this name that are there, and the samples that they name. */
async function filesOfInstruments(folder: string, name: string): Promise<Set<string>> {
  const isInstrument = (file: string) =>
    file.startsWith(`${name}_`) && Object.values(ENDINGS).some((ending) => file.endsWith(ending));
  const instruments = (await readdir(folder).catch(() => [])).filter(isInstrument);
  const ours = new Set(instruments);
  for (const file of instruments.filter((each) => !each.endsWith(ENDINGS.bitwig))) {
    const text = (await textIfThere(join(folder, file))) ?? '';
    for (const [path] of text.matchAll(SAMPLE_PATH)) ours.add(path);
  }
  return ours;
}

async function writeAll(
  textures: readonly PaletteTexture[],
  folder: string,
  name: string,
  { formats, signal }: InstrumentRequest,
  onProgress: (done: number, all: number) => void,
): Promise<Pick<InstrumentResult, 'instruments' | 'failed'>> {
  const { chosen, failed } = await measured(textures, signal);
  const files = new Map(chosen.map(({ texture, sample }) => [sample.file, texture.file]));
  const copies = formats.some((format) => format !== 'bitwig') ? files.size : 0;
  const all = copies + (formats.includes('bitwig') ? files.size : 0);
  let done = 0;
  const next = () => {
    signal?.throwIfAborted();
    onProgress(done++, all);
  };
  if (copies > 0) {
    await mkdir(join(folder, SAMPLES));
    for (const [file, from] of files) {
      next();
      await copyFresh(from, join(folder, SAMPLES, file));
    }
  }
  const written: WrittenInstrument[] = [];
  for (const instrument of instrumentsOf(chosen.map(({ sample }) => sample))) {
    const title = `${name}_${instrument.part}`;
    for (const format of INSTRUMENT_FORMATS.filter((each) => formats.includes(each))) {
      const path = join(folder, title + ENDINGS[format]);
      if (format === 'sfz') await writeFile(path, sfzText(instrument, title, SAMPLES));
      else if (format === 'decentsampler') await writeFile(path, decentSamplerText(instrument, SAMPLES));
      else await writeMultisample(path, instrument, title, files, next);
    }
    written.push(summary(instrument, title, formats));
  }
  onProgress(all, all);
  return { instruments: written, failed };
}

function summary(
  { part, groups }: Instrument,
  title: string,
  formats: readonly InstrumentFormat[],
): WrittenInstrument {
  const zones = groups.flatMap((group) => group.zones);
  return {
    part,
    files: INSTRUMENT_FORMATS.filter((format) => formats.includes(format)).map(
      (format) => title + ENDINGS[format],
    ),
    textures: zones.length,
    byRoot: zones.filter(({ tracksKeys }) => tracksKeys).length,
  };
}

/**
 * How long each sample is, the files say; the manifest rounds. What cannot be read is left out.
 * @throws AudioError, FileSystemError where nothing can be read
 */
async function measured(
  textures: readonly PaletteTexture[],
  signal: AbortSignal | undefined,
): Promise<{ chosen: Chosen[]; failed: InstrumentResult['failed'] }> {
  const lengths: (Pick<Chosen, 'texture'> & Pick<InstrumentSample, 'frameCount' | 'sampleRate'>)[] = [];
  const failed: { path: string; message: string }[] = [];
  for (const texture of textures) {
    signal?.throwIfAborted();
    try {
      const source = await openSource(texture.file);
      lengths.push({ texture, frameCount: source.frameCount, sampleRate: source.sampleRate });
      await source.close();
    } catch (error) {
      if (!(error instanceof AudioError || error instanceof FileSystemError)) throw error;
      if (textures.length === failed.length + 1) throw error;
      failed.push({ path: texture.path, message: error.message });
    }
  }
  const names = sampleFileNames(lengths.map(({ texture }) => texture.name));
  const chosen = lengths.map(({ texture, frameCount, sampleRate }, index) => {
    const { family, isLoop, root, lufs, centroidHz, row } = texture;
    const facts = { family, kind: row.kind, frameCount, sampleRate, isLoop, root, lufs, centroidHz };
    return { texture, sample: { file: names[index], ...facts } };
  });
  return { chosen, failed };
}

/** One sample in memory at a time. */
async function writeMultisample(
  path: string,
  instrument: Instrument,
  name: string,
  files: ReadonlyMap<string, string>,
  next: () => void,
): Promise<void> {
  const handle = await open(path, 'wx');
  try {
    const entries: StoredEntry[] = [];
    let offset = 0;
    const append = async (bytes: Uint8Array) => {
      await handle.writeFile(bytes);
      offset += bytes.length;
    };
    const add = async (file: string, bytes: Uint8Array) => {
      const { entry, header } = zipHeader(file, bytes, offset);
      entries.push(entry);
      await append(header);
      await append(bytes);
    };
    await add(MULTISAMPLE_XML, new TextEncoder().encode(multisampleText(instrument, name)));
    for (const { sample } of instrument.groups.flatMap(({ zones }) => zones)) {
      next();
      await add(sample.file, await readFile(files.get(sample.file)!));
    }
    await append(zipEnd(entries, offset));
    await handle.sync();
  } finally {
    await handle.close();
  }
}
