/** Where results go. */
export interface ExportLocation {
  /** Absolute. */
  readonly exportFolder: string;
  /** No write happens outside this folder, links resolved; null lifts that. */
  readonly exportRoot: string | null;
}
