/** The data blocks of the page, read where they are wanted. */
import { decodeAdpcm } from './adpcm.ts';
import { fromBase64 } from './base64.ts';
import type { PackedSheet, Sheet, SheetTexture } from './contract.ts';
import { type Overview, unpackOverview } from './overview.ts';
import { atLength } from './resample.ts';
import { unpackSheet } from './sheet.ts';

export function readSheet(): Sheet {
  return unpackSheet(JSON.parse(textOf('sheet') ?? '') as PackedSheet);
}

/** Null where the page has none, or is still being read. */
export function readOverview(place: number): Overview | null {
  const text = textOf(`overview-${place}`);
  return text === null ? null : unpackOverview(fromBase64(text));
}

/**
 * The sound of a texture at a rate; null where the page carries none, or is still being read.
 * A loop keeps its length to half a sample of that rate, and closes as it did.
 */
export function readSound(place: number, texture: SheetTexture, rate: number): Float32Array[] | null {
  const text = textOf(`preview-${place}`);
  if (text === null || !texture.preview) return null;
  const { frameCount, channelCount, sampleRate } = texture.preview;
  const length = Math.max(1, Math.round((frameCount * rate) / sampleRate));
  return decodeAdpcm(fromBase64(text), frameCount, channelCount).map((channel) =>
    atLength(channel, length, texture.isLoop),
  );
}

/** Null where there is no such block, or not all of it was read: what comes behind it is not there yet. */
function textOf(id: string): string | null {
  const block = document.getElementById(id);
  if (!block || (document.readyState === 'loading' && block.nextSibling === null)) return null;
  return block.textContent;
}
