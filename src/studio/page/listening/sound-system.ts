/** All that sounds: the selected texture, layers under it, and notes played on it. */
import type { Texture } from '../../protocol.ts';
import { createLayers, type Layers } from '../playing/layers.ts';
import { createPiano, type Piano } from '../playing/piano.ts';
import { createHeldVoices, type HeldVoices } from '../sound/held-voices.ts';
import { createOutput, type Output } from '../sound/output.ts';
import { createPlayer, type Player } from '../sound/player.ts';
import { createSounds, type Sounds } from '../sound/sounds.ts';
import type { Voice } from '../sound/voice.ts';
import type { History } from '../state/history.ts';
import { showSoundProblem } from '../state/latest-request.ts';
import { createLevelMatch, type LevelMatch } from './level-match.ts';
import { createPlayback, type Playback } from './playback.ts';
import { createRecorder, type Recorder } from './recorder.ts';

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
  /** What keys and pads hold. */
  readonly held: HeldVoices;
  /** A note on the selected texture, a MIDI note's number. @returns null where there is nothing to play */
  note(note: number, levelDb: number): Promise<Voice | null>;
  /** A texture as it is, as a pad plays it. @returns null where it cannot be had */
  asItIs(texture: Texture, levelDb: number): Promise<Voice | null>;
  readonly recorder: Recorder;
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
  const held = createHeldVoices();
  const parts = { player, sounds, levels };
  const note = (number: number, levelDb: number) => startNote(facts.selected(), number, levelDb, parts);
  const piano = createPiano(held, (number) => note(number, 0));
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
    held,
    note,
    asItIs: (texture, levelDb) => startAt(texture, 1, levelDb, parts),
    recorder: createRecorder(output),
    silence() {
      playback.stop();
      layers.silence();
      held.silence();
    },
  };
}

type NoteParts = Pick<SoundSystem, 'player' | 'sounds' | 'levels'>;

/** A note on a texture, from its root. @returns null where there is nothing to play */
async function startNote(
  texture: Texture | null,
  note: number,
  levelDb: number,
  parts: NoteParts,
): Promise<Voice | null> {
  if (!texture) return null;
  const root = texture.root ? texture.root.note + texture.root.cents / 100 : MIDDLE_C;
  return startAt(texture, 2 ** ((note - root) / 12), levelDb, parts);
}

/** @param rate how fast it is read: 2 is an octave up @returns null where it cannot be had */
async function startAt(
  texture: Texture,
  rate: number,
  levelDb: number,
  { player, sounds, levels }: NoteParts,
): Promise<Voice | null> {
  try {
    const sound = sounds.peek(texture) ?? (await sounds.get(texture));
    const gain = levels.factorOf(texture, NOTE_DB + levelDb);
    return player.add(sound, { isLoop: texture.loop !== null, gain, rate });
  } catch (error) {
    showSoundProblem((error as Error).message);
    return null;
  }
}
