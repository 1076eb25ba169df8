/** Makes again what a row of the manifest describes: no folders are looked at, and nothing is written. */
import { openSource } from '../archive/source.ts';
import type { Families, Settings } from '../config/settings.ts';
import type { FinishedTexture } from '../curation/finish.ts';
import { resample } from '../dsp/resample.ts';
import { resampleRing } from '../dsp/resample-ring.ts';
import type { MakerId } from '../families/family.ts';
import { makerOf } from '../families/lookup.ts';
import {
  isTexture,
  isUnwanted,
  type Made,
  type Material,
  type Texture,
  type Unwanted,
} from '../families/texture.ts';
import type { Platform } from '../platform/platform.ts';
import { type LayerPair, layered } from './lay.ts';
import { make } from './makers.ts';
import { analyseMaterial } from './material.ts';
import { randomFor } from './random-for.ts';
import { fileOf, finished } from './texture-file.ts';

/** One maker on one source, as it was once done. */
export interface RemakeRequest {
  /** The source as the manifest shows it, and its name in file names. */
  readonly source: string;
  readonly name: string;
  readonly settings: Settings;
  readonly seed: number;
  readonly families: Families;
  /** SHA-256 of what it was made from, as that was then; empty where that was nothing. */
  readonly content: string;
  /**
   * Which textures are wanted, by their numbers within the unit, and where in the source they began, s; left out: all. Others
   * are made only where that must be.
   */
  readonly wants?: ReadonlyMap<number, number>;
  readonly work:
    | {
        readonly makerId: MakerId;
        /** Absolute; null for what is made of no source. */
        readonly path: string | null;
      }
    /** One texture over another, by its number within its unit. */
    | { readonly makerId: MakerId; readonly layers: LayerPair };
}

/** A texture made again. */
export interface Remade {
  /** Its number within its unit, from 1. */
  readonly index: number;
  readonly texture: Texture;
  /**
   * Finishes and encodes it.
   * @param path where it lies, or would, under an export folder
   * @param rate Hz, where that is to be another; a loop is resampled round its end
   */
  file(path: string, rate?: number): { readonly bytes: Uint8Array; readonly finished: FinishedTexture };
}

/**
 * The textures of a unit, in the order in which they were made then.
 * @param onProgress receives the share of the source that is analysed; what it throws ends it
 * @param recordsLoops whether a loop that was searched records its search
 * @throws AudioError, FileSystemError where what it is made from cannot be read
 */
export async function* remake(
  platform: Platform,
  request: RemakeRequest,
  onProgress: (share: number) => void,
  recordsLoops = false,
): AsyncGenerator<Remade> {
  const { name, settings, families, work, wants } = request;
  const maker = makerOf(work.makerId, families);
  if ('layers' in work) {
    if (maker.input !== 'textures') throw new RangeError(`${maker.id} lays no textures over each other.`);
    const made = [await layered(platform, maker, work.layers, settings, families)];
    return yield* remadeOf(made, null, request, work.layers.index);
  }
  const { makerId, path } = work;
  if (path === null) return yield* remadeOf(madeOf(null), null, request);
  const opened = await openSource(platform, path);
  try {
    const material = await analyseMaterial(opened, name, settings, onProgress);
    yield* remadeOf(madeOf({ ...material, recordsLoops, ...(wants && { wants }) }), material, request);
  } finally {
    await opened.close();
  }

  function madeOf(material: Material | null) {
    return make(makerId, material, settings, randomFor(request.seed, request.content, makerId), families);
  }
}

async function* remadeOf(
  made: AsyncIterable<Made | Unwanted> | Iterable<Made>,
  material: Material | null,
  { name, settings, source, seed, content, families, work }: RemakeRequest,
  first = 1,
): AsyncGenerator<Remade> {
  const random = randomFor(seed, content, work.makerId);
  const analysis = material?.analysis ?? null;
  let index = first;
  for await (const texture of made) {
    if (isUnwanted(texture)) index++;
    if (!isTexture(texture)) continue;
    yield {
      index: index++,
      texture,
      file(path, rate) {
        const wanted = rate === undefined ? texture : atRate(texture, rate);
        const done = finished(wanted, { name, settings, analysis, families });
        return { finished: done, bytes: fileOf(done, wanted, path, { settings, source }, random) };
      },
    };
  }
}

function atRate(texture: Texture, rate: number): Texture {
  const { sound, loop } = texture;
  return { ...texture, sound: loop ? resampleRing(sound, rate) : resample(sound, rate) };
}
