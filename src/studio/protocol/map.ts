/** The map, and what sounds alike. */

/** x: dark (0) to bright (1); y: steady (0) to moving (1). The same for the same sounds on every start. */
interface Place {
  readonly id: string;
  readonly x: number;
  readonly y: number;
}

export interface MapAnswer {
  /** False while it is laid out by the manifest's figures, and embeddings are still being made: `map-changed` follows. */
  readonly isRefined: boolean;
  readonly places: readonly Place[];
}

export interface NeighboursAnswer {
  /** As in {@link MapAnswer}: until then neighbours are those on the map. */
  readonly isRefined: boolean;
  /** Nearest first, without itself. */
  readonly neighbours: readonly { readonly id: string; readonly distance: number }[];
}
