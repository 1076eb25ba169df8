/** What the report's page receives: the shape of its data blocks. */
import type { ShownFamily } from '../families.ts';
import type { PackedColumn } from './columns.ts';

/** Everything but sound and pictures, as one JSON block; nothing that follows from something else stands in it. */
export interface PackedSheet {
  readonly title: string;
  /** Textures of the export that it does not list, since rows alone would make the page too large. */
  readonly unlisted: number;
  /** The export folder, seen from the page, ready for a link: `./`. */
  readonly base: string;
  /** In the order in which they are shown. */
  readonly families: readonly ShownFamily[];
  /** Names of all figures. */
  readonly columns: readonly string[];
  /** A column each, its rows sorted by path. */
  readonly figures: readonly PackedColumn[];
  /** Place in its family's selection, from 1; 0 where it was not chosen. */
  readonly ranks: readonly number[];
  /** 0 to 1000. */
  readonly qualities: readonly number[];
  /** 0 where the page carries no sound. */
  readonly previews: readonly (PackedShape | 0)[];
}

export type PackedShape = readonly [frameCount: number, channelCount: number, sampleRate: number];

/** The sheet as the page works with it. */
export interface Sheet {
  readonly title: string;
  readonly unlisted: number;
  readonly families: readonly ShownFamily[];
  readonly columns: readonly string[];
  readonly textures: readonly SheetTexture[];
}

/** One texture. Its pictures lie in the block `overview-N`, its sound in `preview-N`, N its place in the sheet. */
export interface SheetTexture {
  /** Relative to the export folder. */
  readonly path: string;
  /** Where the full file lies, seen from the page, ready for a link. */
  readonly href: string;
  /** The whole name as one reads it: “journeys end, pad 03”. */
  readonly title: string;
  /** The name without its source: “pad 03”. */
  readonly part: string;
  /** The source's name as one reads it. */
  readonly source: string;
  /** The id of one of the sheet's families. */
  readonly family: string;
  readonly durationSec: number;
  readonly isLoop: boolean;
  readonly grade: string;
  readonly gradeReasons: readonly string[];
  readonly lufs: number | null;
  readonly centroidHz: number | null;
  /** `A3`; empty where unknown. */
  readonly root: string;
  /** Place in its family's selection, from 1; null where it was not chosen or nothing was. */
  readonly rank: number | null;
  /** By its figures, 0 to 1. */
  readonly quality: number;
  /** In the order of the sheet's columns. */
  readonly figures: readonly string[];
  /** Null where the page carries no sound. */
  readonly preview: PreviewShape | null;
}

/** What has to be known to play the bytes of a preview. */
export interface PreviewShape {
  readonly frameCount: number;
  readonly channelCount: number;
  /** Frames a second. Not whole where a loop had to keep its length to the sample: it is the frames over the seconds. */
  readonly sampleRate: number;
}
