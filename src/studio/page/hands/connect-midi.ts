import type { Kit } from '../kit/kit.ts';
import { showKitMessage } from '../kit/kit-message.ts';
import type { SoundSystem } from '../listening/sound-system.ts';
import { createMidi } from '../playing/midi.ts';
import { createMidiHands } from '../playing/midi-hands.ts';

/** Gives MIDI devices what the page sounds with: the piano, the tray, the layers. */
export function connectMidi(sound: SoundSystem, kit: Kit): void {
  const { held, piano, layers } = sound;
  const onMessage = createMidiHands({
    note(note, levelDb) {
      held.start(`note ${note}`, () => sound.note(note, levelDb));
      piano.showNote(note, true);
    },
    noteUp(note) {
      held.end(`note ${note}`);
      piano.showNote(note, false);
    },
    pad(place, levelDb) {
      const texture = kit.at(place);
      if (texture) held.start(`pad ${place}`, () => sound.asItIs(texture, levelDb));
    },
    padUp(place) {
      // What plays once plays to its end.
      if (kit.at(place)?.loop) held.end(`pad ${place}`);
      else held.forget(`pad ${place}`);
    },
    layerLevel: layers.setLevel,
    pedal: held.pedal,
    quiet: sound.silence,
  });
  createMidi(onMessage, showKitMessage);
}
