/** Making again what a row of the manifest tells of: no folders are looked at, and nothing is written. */
import type { Analysis } from '../analysis/analysis.ts';
import { openSource } from '../archive/source.ts';
import type { Settings } from '../config/settings.ts';
import type { FinishedTexture } from '../curation/finish.ts';
import { type Chance, isTexture, type Material, type Texture } from '../textures/texture.ts';
import { chanceOf } from './chance.ts';
import { make } from './makers.ts';
import { hear, materialFor } from './material.ts';
import type { Making } from './phases.ts';
import { fileOf, finished } from './texture-file.ts';

/** One making of one source, as it was once done. */
export interface Remaking {
  /** Absolute; null for what is made of no source. */
  readonly path: string | null;
  /** The source as the manifest shows it, and its name in file names. */
  readonly source: string;
  readonly name: string;
  readonly making: Making;
  readonly settings: Settings;
  readonly seed: number;
  /** SHA-256 of the source as it was then; empty where there was none. */
  readonly content: string;
}

/** A texture made again. */
export interface Remade {
  readonly texture: Texture;
  /** Finishes and encodes it. @param path where it lies, or would, under an export folder */
  file(path: string): { readonly bytes: Uint8Array; readonly finished: FinishedTexture };
}

/**
 * The textures of a making, in the order in which they were made then.
 * @param onProgress told of the share of the source that is heard; what it throws ends it
 * @throws AudioError, FileSystemError where the source cannot be read
 */
export async function* remake(
  remaking: Remaking,
  onProgress: (share: number) => void,
): AsyncGenerator<Remade> {
  const { path, name, making, settings, seed, content } = remaking;
  const chance = chanceOf(seed, content, making);
  if (path === null) return yield* remakeOf(null, remaking, chance);
  const opened = await openSource(path);
  try {
    const whole = await hear(opened, name, settings, onProgress);
    const { material, close } = await materialFor(making, whole, settings, onProgress);
    try {
      yield* remakeOf(material, remaking, chance);
    } finally {
      await close();
    }
  } finally {
    await opened.close();
  }
}

async function* remakeOf(
  material: Material | null,
  { name, making, settings, source }: Remaking,
  chance: Chance,
): AsyncGenerator<Remade> {
  const analysis: Analysis | null = material?.analysis ?? null;
  for await (const texture of make(making, material, settings, chance)) {
    if (!isTexture(texture)) continue;
    yield {
      texture,
      file(path) {
        const done = finished(texture, { name, settings, analysis });
        return { finished: done, bytes: fileOf(done, texture, path, { settings, source }, chance) };
      },
    };
  }
}
