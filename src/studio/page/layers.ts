/** Several textures at once: a pad, dust over it and hiss under it, each at its own level. */
import { byId, element } from '../../report/page/element.ts';
import type { Texture } from '../protocol.ts';
import { factor } from './level.ts';
import type { Voice } from './voice.ts';

/** Range of a layer's level, dB. */
const LEAST_DB = -36;
const MOST_DB = 6;

interface Layer {
  readonly texture: Texture;
  levelDb: number;
  voice: Voice | null;
  readonly line: HTMLElement;
}

export interface Layers {
  /** Lays a texture over the others, or takes it away again. @returns whether it lies there now */
  toggle(texture: Texture): Promise<boolean>;
  /** Silent, but still laid. */
  silence(): void;
  /** All together from their beginnings, or none. */
  toggleAll(): Promise<void>;
  count(): number;
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
  const gainOf = (layer: Layer) => factor(gainDb(layer.texture) + layer.levelDb);

  async function sound(layer: Layer): Promise<void> {
    const voice = await start(layer.texture, gainOf(layer));
    // Taken away, or started twice, while it was fetched.
    if (layers.get(layer.texture.id) !== layer || layer.voice) voice.stop();
    else layer.voice = voice;
    show();
  }

  function hush(layer: Layer): void {
    layer.voice?.stop();
    layer.voice = null;
  }

  function remove(id: string): void {
    const layer = layers.get(id);
    if (!layer) return;
    hush(layer);
    layer.line.remove();
    layers.delete(id);
    show();
  }

  function add(texture: Texture): Layer {
    const line = element('li', { class: texture.family });
    const title = element('span', { class: 'layer-name' }, texture.title);
    const level = element('input', {
      ...{ type: 'range', min: String(LEAST_DB), max: String(MOST_DB), step: '1', value: '0' },
      'aria-label': `Level of ${texture.title}, decibels`,
    });
    const away = element(
      'button',
      { type: 'button', 'aria-label': `Take ${texture.title} away` },
      'take away',
    );
    line.append(title, level, away);
    const layer: Layer = { texture, levelDb: 0, voice: null, line };
    level.addEventListener('input', () => {
      layer.levelDb = Number(level.value);
      layer.voice?.setGain(layer.levelDb <= LEAST_DB ? 0 : gainOf(layer));
    });
    away.addEventListener('click', () => remove(texture.id));
    byId('layer-list').append(line);
    layers.set(texture.id, layer);
    return layer;
  }

  function show(): void {
    byId('layers').hidden = layers.size === 0;
    const sounds = [...layers.values()].some(({ voice }) => voice);
    byId('layers-all').textContent = sounds ? 'silence layers' : 'sound layers';
  }

  return {
    count: () => layers.size,
    async toggle(texture) {
      if (layers.has(texture.id)) {
        remove(texture.id);
        return false;
      }
      await sound(add(texture));
      return true;
    },
    silence() {
      for (const layer of layers.values()) hush(layer);
      show();
    },
    async toggleAll() {
      const all = [...layers.values()];
      if (all.some(({ voice }) => voice)) this.silence();
      else await Promise.all(all.map(sound));
    },
  };
}
