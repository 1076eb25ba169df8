/** What is asked of textures that are made again, and what comes of it. */
import type { ManifestRow } from '../archive/manifest-row.ts';
import type { RecordedSettings } from '../engine/settings-record.ts';
import type { ErrorCode } from '../errors.ts';
import type { RenderChanges } from './changes.ts';
import type { LoopExplanation } from './explain-loop.ts';
import type { OwnProject } from './origin-project.ts';
import type { PaletteTexture } from './palette.ts';
import type { EditedColumn } from './row-edited.ts';

/** A texture made again. */
export interface Rendered {
  readonly texture: PaletteTexture;
  readonly bytes: Uint8Array;
  readonly durationSec: number;
  /** Nothing was changed, and it is byte for byte what lies in the export folder. */
  readonly isIdentical: boolean;
  /** What keeps it from being what it was. */
  readonly notes: readonly RenderNote[];
  /** Its own row of a manifest, were it listed. */
  readonly row: ManifestRow;
  /** The settings that made it, under the digest by which the row names them. */
  readonly recorded: readonly [digest: string, settings: RecordedSettings];
  /** Why it loops where it does; null where nobody asked. */
  readonly explanation: LoopExplanation | null;
}

/** One that could not be made again, and why. */
export interface NotRendered {
  readonly texture: PaletteTexture;
  readonly bytes: null;
  readonly reason: NotRenderedReason;
}

/** Why a texture, by its path in the export, cannot be made again. */
export type NotRenderedReason =
  /** An older version wrote its row. */
  | { readonly code: 'making-unknown'; readonly path: string }
  /** The export folder keeps other settings only; the command that makes such textures would note them. */
  | { readonly code: 'settings-unknown'; readonly path: string; readonly command: string }
  /** Its row says no seed any more, and none is asked for. */
  | { readonly code: 'seed-unknown'; readonly path: string; readonly command: string }
  /** Its source and settings give no such texture any more. */
  | { readonly code: 'not-made-again'; readonly path: string }
  /** An error of the engine's, by its code and its sentence. */
  | { readonly code: 'error'; readonly error: ErrorCode; readonly sentence: string };

/** What is otherwise about a texture made again. */
export type RenderNote =
  | { readonly code: 'source-changed'; readonly source: string }
  /** One of the two textures that it is laid of, by their paths. */
  | { readonly code: 'layer-changed'; readonly above: string; readonly below: string }
  | { readonly code: 'other-version'; readonly madeBy: string; readonly version: string }
  | { readonly code: 'other-bytes' }
  /** Its row was edited: figures there, by their columns, are not those of the file. They are a record, and not heeded. */
  | { readonly code: 'row-edited'; readonly columns: readonly EditedColumn[] }
  /** It comes from another place of its source, s: the one of then is not found with what was changed. */
  | { readonly code: 'other-moment'; readonly startSec: number; readonly formerSec: number };

export interface RenderRequest {
  /** The project that the user stands in or names; sources are looked for in that of the export, too. */
  readonly own: OwnProject;
  readonly changes: RenderChanges;
  /** Where one is to lie in the export, which its file says; by default where it lies. */
  readonly placeOf?: (texture: PaletteTexture) => string;
  /** Whether each texture explains its loop. */
  readonly explains?: boolean;
  /** Receives the source being analysed, and the share analysed; what it throws ends it. */
  readonly onProgress: (source: string, share: number) => void;
}
