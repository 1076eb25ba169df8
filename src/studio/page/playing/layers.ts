/** Several textures at once: a pad, dust over it and hiss under it, each at its own level. */
import { byId } from '../../../report/page/element.ts';
import type { Texture } from '../../protocol.ts';
import { factor } from '../sound/level.ts';
import type { Voice } from '../sound/voice.ts';
import type { History } from '../state/history.ts';
import { createLayerLine, LEAST_DB } from './layer-line.ts';

interface Layer {
  readonly texture: Texture;
  readonly line: HTMLElement;
  levelDb: number;
  voice: Voice | null;
}

export interface Layers {
  /** Lays a texture over the others, or takes it away again. @returns whether it lies there now */
  toggle(texture: Texture): Promise<boolean>;
  /** Moves the level of one of them, by its place from 0; nothing where there are fewer. */
  setLevel(place: number, levelDb: number): void;
  /** Silent, but still laid. */
  silence(): void;
  /** All together from their beginnings, or none. */
  toggleAll(): Promise<void>;
}

/**
 * @param start sounds a texture, times a factor
 * @param gainDb what a texture is matched by
 * @param history notes what is laid and taken away
 */
export function createLayers(
  start: (texture: Texture, gain: number) => Promise<Voice>,
  gainDb: (texture: Texture) => number,
  history: History,
): Layers {
  const layers = new Map<string, Layer>();
  /** dB, by the id of what was laid once; what is laid again has its level again. */
  const levels = new Map<string, number>();
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
      levels.set(texture.id, levelDb);
      layer.voice?.setGain(gainOf(layer));
    };
    const levelDb = levels.get(texture.id) ?? 0;
    const line = createLayerLine(texture, levelDb, { onLevel, onRemove: () => void toggle(texture) });
    const layer: Layer = { texture, line, levelDb, voice: null };
    byId('layer-list').append(line);
    layers.set(texture.id, layer);
    return layer;
  }

  async function flip(texture: Texture): Promise<boolean> {
    if (layers.has(texture.id)) {
      remove(texture.id);
      return false;
    }
    await sound(add(texture));
    return true;
  }
  function toggle(texture: Texture): Promise<boolean> {
    const words = `${texture.title} ${layers.has(texture.id) ? 'taken away' : 'laid as a layer'}`;
    const again = () => void flip(texture);
    history.did({ words, about: texture.id, undo: again, redo: again });
    return flip(texture);
  }

  return {
    toggle,
    setLevel(place, levelDb) {
      const fader = [...layers.values()][place]?.line.querySelector('input');
      if (!fader) return;
      fader.value = String(levelDb);
      fader.dispatchEvent(new Event('input'));
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
