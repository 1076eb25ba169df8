import { realpath, stat } from 'node:fs/promises';
import { faultSentences } from '../../archive/manifest-fault.ts';
import { writeAtomic } from '../../archive/write.ts';
import { shownPath } from '../../engine/shown-path.ts';
import { ConfigError } from '../../errors.ts';
import type { RenderChanges } from '../../palette/changes.ts';
import type { LoopExplanation } from '../../palette/explain-loop.ts';
import { texturesNamed } from '../../palette/named.ts';
import { type OwnProject, sourceFile } from '../../palette/origin-project.ts';
import { openPalette, type Palette, type PaletteTexture } from '../../palette/palette.ts';
import { render as renderTextures } from '../../palette/render.ts';
import type { NotRendered, Rendered } from '../../palette/rendered.ts';
import { basename, dirname, join } from '../../paths.ts';
import { nodePlatform } from '../../platform/node/platform.ts';
import { type CodeAndFields, codeAndFields } from '../../reasons/words.ts';
import { notRenderedWords, renderNoteWords } from '../../wording/renders.ts';
import { absolute } from '../absolute.ts';
import { EXIT } from '../exit-codes.ts';
import { interruption } from '../interruption.ts';
import { printJson } from '../json.ts';
import { loopExplanationText } from '../loop-explanation.ts';
import { openExport } from '../open-export.ts';
import { openTerminal, type Terminal } from '../terminal.ts';

export interface RenderFlags {
  readonly config?: string;
  readonly export?: string;
  readonly out?: string;
  readonly rate?: number;
  readonly depth?: number;
  readonly length?: number;
  readonly seed?: number;
  readonly force?: boolean;
  readonly explain?: boolean;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

/** What became of one texture, for programs. */
interface Outcome {
  readonly path: string;
  /** Absolute; null where it could not be made, or nothing was to be written. */
  readonly file: string | null;
  readonly isIdentical: boolean;
  readonly notes: readonly string[];
  readonly isMade: boolean;
  /** Why it loops where it does; only where that was asked. */
  readonly loop?: LoopExplanation;
  /** The notes as data. */
  readonly codes: readonly CodeAndFields[];
}

/** `afterglow render ID…`: makes textures again from the manifest and their sources, or explains their loops. */
export async function render(ids: readonly string[], flags: RenderFlags): Promise<number> {
  const terminal = openTerminal(flags);
  const { folder, exportFolder } = await openExport(flags);
  const palette = await openPalette(nodePlatform, exportFolder);
  for (const sentence of faultSentences(palette.faults)) terminal.warning(sentence);
  const wanted = [...new Set(ids.flatMap((id) => texturesNamed(nodePlatform, palette, id)))];
  const files = flags.explain ? null : await filesFor(wanted, flags);
  if (files) await assertNoSource([...files.values()], palette, ownOf(folder, flags));
  const interrupted = interruption(terminal);
  const outcomes: Outcome[] = [];
  try {
    const rendering = renderTextures(nodePlatform, palette, wanted, {
      own: ownOf(folder, flags),
      changes: changesOf(flags),
      explains: flags.explain ?? false,
      onProgress(source, share) {
        interrupted.signal.throwIfAborted();
        terminal.live(`[*] analysing ${source}: ${Math.round(100 * share)} %`);
      },
    });
    for await (const one of rendering) {
      interrupted.signal.throwIfAborted();
      outcomes.push(await finish(one, files?.get(one.texture) ?? null, terminal));
    }
  } catch (error) {
    if (!interrupted.signal.aborted) throw error;
    return EXIT.interrupted;
  } finally {
    terminal.live('');
    interrupted.stopListening();
  }
  if (flags.json) {
    const textures = outcomes.map(({ isMade, ...outcome }) => outcome);
    printJson({ exportFolder: palette.exportFolder, textures });
  }
  return outcomes.every(({ isMade }) => isMade) ? EXIT.done : EXIT.failed;
}

/** Writes what was rendered, or explains it, and says so. @param file where to; null where nothing is written */
async function finish(
  one: Rendered | NotRendered,
  file: string | null,
  terminal: Terminal,
): Promise<Outcome> {
  const { path } = one.texture;
  if (one.bytes === null) {
    const why = notRenderedWords(one.reason);
    terminal.error(why);
    const codes = [codeAndFields(one.reason)];
    return { path, file: null, isIdentical: false, notes: [why], codes, isMade: false };
  }
  const { isIdentical, explanation } = one;
  const notes = one.notes.map(renderNoteWords);
  const codes = one.notes.map(codeAndFields);
  const shown = file === null ? path : shownPath(file, absolute('.'));
  if (file !== null) await writeAtomic(nodePlatform, file, one.bytes, rootFor(file));
  for (const note of notes) terminal.warning(`${shown}: ${note}`);
  if (file !== null)
    terminal.done(`wrote ${shown}${isIdentical ? ', byte for byte the file in the export' : ''}`);
  if (explanation) terminal.result(loopExplanationText(path, explanation));
  const outcome = { path, file, isIdentical, notes, codes, isMade: true };
  return explanation ? { ...outcome, loop: explanation } : outcome;
}

function changesOf({ rate, depth, length, seed }: RenderFlags): RenderChanges {
  return {
    ...(rate === undefined ? {} : { rate }),
    ...(depth === undefined ? {} : { depth }),
    ...(length === undefined ? {} : { lengthSec: length }),
    ...(seed === undefined ? {} : { seed }),
  };
}

/**
 * Where each texture goes: `--out` is a file for one, a folder for several; without it they go where the user stands.
 * @throws ConfigError where something lies there already and `--force` was not given, or two would go to one place
 */
async function filesFor(
  textures: readonly PaletteTexture[],
  { out, force }: RenderFlags,
): Promise<Map<PaletteTexture, string>> {
  const isFolder = out === undefined || textures.length > 1 || (await isDirectory(absolute(out)));
  const files = new Map<PaletteTexture, string>();
  const taken = new Set<string>();
  for (const texture of textures) {
    const file = isFolder ? join(absolute(out ?? '.'), basename(texture.file)) : absolute(out);
    if (taken.has(file.toLowerCase())) {
      throw new ConfigError(
        `Two of these textures are called “${basename(file)}”; render them one by one, with --out.`,
      );
    }
    if (!force && (await nodePlatform.files.exists(file))) {
      throw new ConfigError(
        `“${shownPath(file, absolute('.'))}” is there already; --force replaces it, --out names another.`,
      );
    }
    taken.add(file.toLowerCase());
    files.set(texture, file);
  }
  return files;
}

function ownOf(folder: string, { config }: RenderFlags): OwnProject {
  return { folder, ...(config === undefined ? {} : { config: absolute(config) }) };
}

/** Whatever --force allows, no source is written over, and nothing but sounds. */
async function assertNoSource(
  files: readonly string[],
  { textures, exportFolder }: Palette,
  own: OwnProject,
): Promise<void> {
  const sources = new Set<string>();
  for (const path of new Set(textures.map(({ row }) => row.source_path).filter((each) => each !== ''))) {
    const found = await sourceFile(nodePlatform, path, exportFolder, own);
    if (found) sources.add(await realpath(found.file));
  }
  for (const file of files) {
    const shown = shownPath(file, absolute('.'));
    if (!/\.wav$/i.test(file)) {
      throw new ConfigError(`“${shown}” is no name of a WAV; let --out end in .wav, or name a folder.`);
    }
    const there = await realpath(file).catch(() => null);
    if (there !== null && sources.has(there)) {
      throw new ConfigError(
        `“${shown}” is a source, and no source is ever written; let --out name another file.`,
      );
    }
  }
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** Unlike a run, this writes where the user says, as long as AFTERGLOW_EXPORT_ROOT allows it. */
function rootFor(file: string): string | null {
  if (process.env.AFTERGLOW_UNSAFE_IO === '1') return null;
  const root = process.env.AFTERGLOW_EXPORT_ROOT;
  return root === undefined || root === '' ? dirname(file) : absolute(root);
}
