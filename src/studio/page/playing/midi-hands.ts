/** What keys, pads, faders and the pedal of a MIDI device do: keys play the piano, pads the tray, faders the layers. */

import { remember, remembered } from '../state/remembered.ts';
import { LEAST_DB, MOST_DB } from './layer-line.ts';
import type { MidiMessage } from './midi-message.ts';

/** The channel of drums (General MIDI), and the note that is its first pad on most devices. */
const PADS_CHANNEL = 10;
const FIRST_PAD = 36;
const MOST_VELOCITY = 127;

interface Hands {
  /** @param levelDb 0 for the hardest press */
  note(note: number, levelDb: number): void;
  noteUp(note: number): void;
  /** @param place of the tray, from 0 */
  pad(place: number, levelDb: number): void;
  padUp(place: number): void;
  /** @param place of the layer, from 0 */
  layerLevel(place: number, levelDb: number): void;
  pedal(isDown: boolean): void;
  quiet(): void;
}

/** @returns hears one message after the other */
export function createMidiHands(hands: Hands): (message: MidiMessage) => void {
  /** Faders in the order in which they were first moved, which is the order of the layers that they move. */
  const faders = remembered<string[]>('faders', []);

  function layerOf(channel: number, controller: number): number {
    const name = `${channel} ${controller}`;
    if (!faders.includes(name)) {
      faders.push(name);
      remember('faders', faders);
    }
    return faders.indexOf(name);
  }
  return (message) => {
    switch (message.kind) {
      case 'down': {
        const { channel, note, velocity } = message;
        const levelDb = 40 * Math.log10(velocity / MOST_VELOCITY);
        if (channel === PADS_CHANNEL) hands.pad(note - FIRST_PAD, levelDb);
        else hands.note(note, levelDb);
        break;
      }
      case 'up':
        if (message.channel === PADS_CHANNEL) hands.padUp(message.note - FIRST_PAD);
        else hands.noteUp(message.note);
        break;
      case 'turn': {
        const share = message.value / MOST_VELOCITY;
        const levelDb = Math.round(LEAST_DB + share * (MOST_DB - LEAST_DB));
        hands.layerLevel(layerOf(message.channel, message.controller), levelDb);
        break;
      }
      case 'pedal':
        hands.pedal(message.isDown);
        break;
      case 'quiet':
        hands.quiet();
    }
  };
}
