/** Textures as files that can be dragged out of the browser: fetched when a press begins, there when it becomes a drag. */
import type { Texture } from '../../protocol.ts';
import { getSound } from '../backend/api.ts';

export interface DraggedFiles {
  /** Fetches what may be dragged in a moment. */
  prepare(texture: Texture): void;
  /** What browsers that know it save where it is dropped (`DownloadURL`); null where it is not there yet. */
  address(texture: Texture): string | null;
}

/** Dropped files are read after the drag: so many stay. */
const MOST_KEPT = 8;

export function createDraggedFiles(): DraggedFiles {
  const addresses = new Map<string, string>();

  async function fetched({ id, stamp }: Texture): Promise<void> {
    const { bytes } = await getSound(`/api/sound/${id}?stamp=${encodeURIComponent(stamp)}`);
    addresses.set(keyOf({ id, stamp }), URL.createObjectURL(new Blob([bytes], { type: 'audio/wav' })));
    for (const [key, address] of addresses) {
      if (addresses.size <= MOST_KEPT) break;
      URL.revokeObjectURL(address);
      addresses.delete(key);
    }
  }
  return {
    prepare(texture) {
      // What cannot be fetched can still be dragged within the page.
      if (!addresses.has(keyOf(texture))) fetched(texture).catch(() => undefined);
    },
    address(texture) {
      const address = addresses.get(keyOf(texture));
      return address === undefined ? null : `audio/wav:${texture.name}.wav:${address}`;
    },
  };
}

function keyOf({ id, stamp }: Pick<Texture, 'id' | 'stamp'>): string {
  return `${id} ${stamp}`;
}
