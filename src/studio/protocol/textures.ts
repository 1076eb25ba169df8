/** Textures and the exports they lie in. */
/** `afterglow studio a b` shows two. */
export interface ExportFolder {
  /** `e1`, `e2`, … in the order of the command line. */
  readonly id: string;
  /** As one reads it. */
  readonly name: string;
  /** As the user would name it. */
  readonly folder: string;
  /** Why its textures cannot be shown, in a sentence with the command that mends it; null where they can. */
  readonly problem: string | null;
  /** What is wrong with its curation.json, and what became of it; null where nothing is. */
  readonly warning: string | null;
}

/** What somebody decided; all left out: nothing. */
export interface Decision {
  readonly decision?: 'keep' | 'reject';
  /** 0 to 5. */
  readonly stars?: number;
  readonly note?: string;
  /** What its copies are called, without ending. */
  readonly name?: string;
}

export interface Texture {
  /** `e1-0123456789abcdef`: by its export and path, the same on every start. */
  readonly id: string;
  /** The id of its {@link ExportFolder}. */
  readonly export: string;
  /** In the export folder, with slashes; to be shown only. */
  readonly path: string;
  /** Without folder and ending. */
  readonly name: string;
  /** As one reads it: `journeys end, pad 03`. */
  readonly title: string;
  /** The title without its source: `pad 03`. */
  readonly part: string;
  /** As one reads it: `journeys end`. */
  readonly sourceTitle: string;
  /** The id of one of `PaletteAnswer.families`. */
  readonly family: string;
  readonly source: string;
  readonly variant: string;
  readonly durationSec: number;
  readonly channelCount: number;
  /** Hz. */
  readonly sampleRate: number;
  /** Frames, `end` behind the last; null for what plays once. */
  readonly loop: { readonly start: number; readonly end: number } | null;
  /** A, B or F. */
  readonly grade: string;
  readonly gradeReasons: readonly string[];
  readonly lufs: number | null;
  readonly centroidHz: number | null;
  /** MIDI note, cents from it, and how sure that is, 0 to 1. */
  readonly root: { readonly note: number; readonly cents: number; readonly confidence: number } | null;
  /** Place that `curate` gave it in its family, from 1; null where it was not chosen. */
  readonly rank: number | null;
  /** Place among its export's textures by what they are worth, from 1: what was chosen first, the families in turn. */
  readonly worth: number;
  readonly decision: Decision;
  /** Changes when the file does; the same as the `ETag` of its sound. */
  readonly stamp: string;
  /** All that the manifest says, as printed, in the order of `PaletteAnswer.columns`. */
  readonly figures: readonly string[];
}
