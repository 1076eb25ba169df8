/** All that sounds: the selected texture, layers under it, and notes played on it. */
import type { Texture } from '../protocol.ts';
import type { History } from './history.ts';
import { showSoundProblem } from './latest-request.ts';
import { createLayers, type Layers } from './layers.ts';
import { createLevelMatch, type LevelMatch } from './level-match.ts';
import { createOutput, type Output } from './output.ts';
import { createPiano, type Piano } from './piano.ts';
import { createPlayback, type Playback } from './playback.ts';
import { createPlayer, type Player } from './player.ts';
import { createSounds, type Sounds } from './sounds.ts';
import type { Voice } from './voice.ts';

const MIDDLE_C = 60;
/** Several notes at once are to fit under full scale, dB. */
const NOTE_DB = -3;

interface PageFacts {
  selected(): Texture | null;
  /** dBTP; null where it is not known. */
  truePeakDb(texture: Texture): number | null;
  /** Hz that most textures have. */
  rate(): number;
  readonly history: History;
}

export interface SoundSystem {
  readonly output: Output;
  readonly player: Player;
  readonly sounds: Sounds;
  readonly levels: LevelMatch;
  readonly playback: Playback;
  readonly layers: Layers;
  readonly piano: Piano;
  /** All: layers and notes, too. */
  silence(): void;
}

export function createSoundSystem(facts: PageFacts): SoundSystem {
  const output = createOutput(facts.rate);
  const player = createPlayer(output);
  const sounds = createSounds();
  const levels = createLevelMatch(facts.truePeakDb);
  const playback = createPlayback({ output, player, sounds, levels });
  const startLayer = async (texture: Texture, gain: number) =>
    player.add(await sounds.get(texture), { isLoop: true, gain });
  const layers = createLayers(startLayer, levels.gainDb, facts.history);
  const piano = createPiano((note) => startNote(facts.selected(), note, { player, sounds, levels }));
  levels.isOn.watch(() => {
    const sounding = player.sounding.get();
    const texture = facts.selected();
    if (sounding?.what === 'texture' && texture?.id === sounding.id) {
      player.setGain(levels.factorOf(texture));
    }
  });
  return {
    output,
    player,
    sounds,
    levels,
    playback,
    layers,
    piano,
    silence() {
      playback.stop();
      layers.silence();
      piano.silence();
    },
  };
}

/** A note on a texture: read faster or slower from its root. @returns null where there is nothing to play */
async function startNote(
  texture: Texture | null,
  note: number,
  { player, sounds, levels }: Pick<SoundSystem, 'player' | 'sounds' | 'levels'>,
): Promise<Voice | null> {
  if (!texture) return null;
  try {
    const sound = sounds.peek(texture) ?? (await sounds.get(texture));
    const root = texture.root ? texture.root.note + texture.root.cents / 100 : MIDDLE_C;
    const gain = levels.factorOf(texture, NOTE_DB);
    return player.add(sound, { isLoop: texture.loop !== null, gain, rate: 2 ** ((note - root) / 12) });
  } catch (error) {
    showSoundProblem((error as Error).message);
    return null;
  }
}
