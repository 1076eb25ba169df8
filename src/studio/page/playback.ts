/** What is heard when: the selected texture, its seam, its song, a preview on the way, layers and notes. */
import { byId } from '../../report/page/element.ts';
import type { Texture } from '../protocol.ts';
import { getSound } from './api.ts';
import { createLayers, type Layers } from './layers.ts';
import { factor, matchingDb } from './level.ts';
import { createOutput, type Output } from './output.ts';
import { createPiano, type Piano } from './piano.ts';
import { createPlayer, type Player } from './player.ts';
import { createSignal, type Signal } from './signal.ts';
import { createSounds, type Sounds } from './sounds.ts';
import type { Voice } from './voice.ts';
import { decodeWav, type PageSound } from './wav.ts';

/** The seam is heard from so long before it, seconds; of a shorter loop, from its middle. */
const BEFORE_SEAM_SEC = 0.7;
const MIDDLE_C = 60;

interface Ear {
  selected(): Texture | null;
  /** dBTP; null where it is not known. */
  truePeakDb(texture: Texture): number | null;
  /** Hz that most textures have. */
  rate(): number;
  say(words: string): void;
}

/** Where in its song the excerpt that sounds lies, as parts of the song. */
interface Excerpt {
  readonly start: number;
  readonly length: number;
}

export interface Listening {
  readonly output: Output;
  readonly player: Player;
  readonly sounds: Sounds;
  readonly layers: Layers;
  readonly piano: Piano;
  /** Levels are matched. */
  readonly isEven: Signal<boolean>;
  /** @param where `seam`: from just before it */
  play(texture: Texture, where?: 'start' | 'seam'): Promise<void>;
  playSong(texture: Texture): Promise<void>;
  /** A WAV by its address, once. */
  playAddress(address: string, of: Texture): Promise<void>;
  /** Sounds while it is pointed at; null: no longer. Leaves alone what plays otherwise. */
  preview(texture: Texture | null): void;
  isPreview(): boolean;
  stop(): void;
  /** All: layers and notes, too. */
  silence(): void;
  excerpt(): Excerpt | null;
}

export function createListening(ear: Ear): Listening {
  const output = createOutput(ear.rate);
  const player = createPlayer(output);
  const sounds = createSounds();
  const isEven = createSignal(true);
  let previewed: string | null = null;
  let excerpt: Excerpt | null = null;
  /** What is fetched for an older wish is not played. */
  let wish = 0;

  const gainDb = (texture: Texture) => (isEven.get() ? matchingDb(texture, ear.truePeakDb(texture)) : 0);

  async function fetched(texture: Texture): Promise<PageSound | null> {
    try {
      return sounds.peek(texture) ?? (await sounds.get(texture));
    } catch (error) {
      tellProblem((error as Error).message);
      return null;
    }
  }

  function tellProblem(message: string): void {
    byId('sound-problem').textContent = message;
    byId('sound-problem').hidden = false;
    ear.say(message);
  }

  /** Only the newest wish is played; `asked` tells how long it took, to who measures. */
  async function start(texture: Texture, begin: (sound: PageSound) => void): Promise<boolean> {
    const asked = performance.now();
    const own = ++wish;
    const sound = await fetched(texture);
    if (!sound || own !== wish) return false;
    excerpt = null;
    begin(sound);
    performance.measure('time to sound', { start: asked, end: performance.now() });
    return true;
  }

  async function play(texture: Texture, where: 'start' | 'seam' = 'start'): Promise<void> {
    const isLoop = texture.loop !== null;
    const sounds = previewed === texture.id && where === 'start';
    previewed = null;
    // What sounds already, since it is pointed at, goes on.
    const hasBegun =
      sounds ||
      (await start(texture, (sound) => {
        const fromSec = where === 'seam' ? beforeSeam(sound) : 0;
        const gain = factor(gainDb(texture));
        player.play({ id: texture.id, what: 'texture' }, sound, { isLoop, gain, fromSec });
      }));
    if (hasBegun)
      ear.say(`${where === 'seam' ? 'the seam of' : 'plays'} ${texture.title}${isLoop ? ', looping' : ''}`);
  }

  async function playAddress(address: string, of: Texture): Promise<Headers | null> {
    const own = ++wish;
    try {
      const { bytes, headers } = await getSound(address);
      if (own !== wish) return null;
      previewed = null;
      excerpt = null;
      player.play({ id: of.id, what: 'song' }, decodeWav(bytes), { isLoop: false, gain: 1 });
      return headers;
    } catch (error) {
      tellProblem((error as Error).message);
      return null;
    }
  }

  async function playSong(texture: Texture): Promise<void> {
    const headers = await playAddress(`/api/context/${texture.id}`, texture);
    if (!headers) return;
    const number = (name: string) => Number(headers.get(name));
    const source = number('afterglow-source-sec');
    excerpt = { start: number('afterglow-start-sec') / source, length: player.durationSec() / source };
    player.sounding.set(player.sounding.get());
    ear.say(`${texture.title} in its song`);
  }

  function preview(texture: Texture | null): void {
    if (!texture) {
      if (previewed !== null) stop();
      return;
    }
    const isFree = player.sounding.get() === null || previewed !== null;
    if (!isFree || !output.isAllowed()) return;
    previewed = texture.id;
    const isLoop = texture.loop !== null;
    void start(texture, (sound) => {
      player.play({ id: texture.id, what: 'texture' }, sound, { isLoop, gain: factor(gainDb(texture)) });
    });
  }

  function stop(): void {
    wish++;
    previewed = null;
    excerpt = null;
    player.stop();
  }

  async function startLayer(texture: Texture, gain: number): Promise<Voice> {
    const sound = await sounds.get(texture);
    return player.add(sound, { isLoop: true, gain });
  }

  async function startNote(note: number): Promise<Voice | null> {
    const texture = ear.selected();
    const sound = texture && (await fetched(texture));
    if (!texture || !sound) return null;
    const root = texture.root ? texture.root.note + texture.root.cents / 100 : MIDDLE_C;
    const gain = factor(gainDb(texture) - 3);
    return player.add(sound, { isLoop: texture.loop !== null, gain, rate: 2 ** ((note - root) / 12) });
  }

  const layers = createLayers(startLayer, gainDb);
  const piano = createPiano(startNote, ear.say);
  isEven.watch(() => {
    const sounding = player.sounding.get();
    const texture = ear.selected();
    if (sounding?.what === 'texture' && texture?.id === sounding.id) player.setGain(factor(gainDb(texture)));
  });

  return {
    ...{ output, player, sounds, layers, piano, isEven, play, playSong, preview, stop },
    async playAddress(address, of) {
      await playAddress(address, of);
    },
    silence() {
      stop();
      layers.silence();
      piano.silence();
    },
    isPreview: () => previewed !== null,
    excerpt: () => excerpt,
  };
}

/** Where in a loop to begin, so that its seam comes soon, seconds. */
function beforeSeam({ channels, sampleRate }: PageSound): number {
  const duration = channels[0].length / sampleRate;
  return duration - Math.min(BEFORE_SEAM_SEC, duration / 2);
}
