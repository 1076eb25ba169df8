/** Several textures at once: a pad, dust over it and hiss under it, each at its own level. */
import { byId } from '../../report/page/element.ts';
import type { Texture } from '../protocol.ts';
import { createLayerLine, LEAST_DB } from './layer-line.ts';
import { factor } from './level.ts';
import type { Voice } from './voice.ts';

interface Layer {
  readonly texture: Texture;
  readonly line: HTMLElement;
  levelDb: number;
  voice: Voice | null;
}

export interface Layers {
  /** Lays a texture over the others, or takes it away again. @returns whether it lies there now */
  toggle(texture: Texture): Promise<boolean>;
  /** Silent, but still laid. */
  silence(): void;
  /** All together from their beginnings, or none. */
  toggleAll(): Promise<void>;
}

/**
 * @param start sounds a texture, times a factor
 * @param gainDb what a texture is matched by
 */
export function createLayers(
  start: (texture: Texture, gain: number) => Promise<Voice>,
  gainDb: (texture: Texture) => number,
): Layers {
  const layers = new Map<string, Layer>();
  const gainOf = ({ texture, levelDb }: Layer) =>
    levelDb <= LEAST_DB ? 0 : factor(gainDb(texture) + levelDb);

  async function sound(layer: Layer): Promise<void> {
    const voice = await start(layer.texture, gainOf(layer));
    // Taken away, or started twice, while it was fetched.
    if (layers.get(layer.texture.id) !== layer || layer.voice) voice.stop();
    else layer.voice = voice;
    show(layers);
  }
  function remove(id: string): void {
    const layer = layers.get(id);
    if (!layer) return;
    stopLayer(layer);
    layer.line.remove();
    layers.delete(id);
    show(layers);
  }
  function add(texture: Texture): Layer {
    const onLevel = (levelDb: number) => {
      layer.levelDb = levelDb;
      layer.voice?.setGain(gainOf(layer));
    };
    const line = createLayerLine(texture, onLevel, () => remove(texture.id));
    const layer: Layer = { texture, line, levelDb: 0, voice: null };
    byId('layer-list').append(line);
    layers.set(texture.id, layer);
    return layer;
  }

  return {
    async toggle(texture) {
      if (layers.has(texture.id)) {
        remove(texture.id);
        return false;
      }
      await sound(add(texture));
      return true;
    },
    silence: () => silence(layers),
    async toggleAll() {
      if (isSounding(layers)) silence(layers);
      else await Promise.all([...layers.values()].map(sound));
    },
  };
}

function silence(layers: ReadonlyMap<string, Layer>): void {
  for (const layer of layers.values()) stopLayer(layer);
  show(layers);
}

function isSounding(layers: ReadonlyMap<string, Layer>): boolean {
  return [...layers.values()].some(({ voice }) => voice !== null);
}

function stopLayer(layer: Layer): void {
  layer.voice?.stop();
  layer.voice = null;
}

function show(layers: ReadonlyMap<string, Layer>): void {
  byId('layers').hidden = layers.size === 0;
  byId('layers-all').textContent = isSounding(layers) ? 'silence layers' : 'sound layers';
}
