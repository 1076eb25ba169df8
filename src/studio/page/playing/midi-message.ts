/** What a MIDI message means (MIDI 1.0, table 1: channel voice messages, and controllers 64, 120 and 123). */

export type MidiMessage =
  /** @property velocity 1 to 127 */
  | { readonly kind: 'down'; readonly channel: number; readonly note: number; readonly velocity: number }
  | { readonly kind: 'up'; readonly channel: number; readonly note: number }
  | { readonly kind: 'pedal'; readonly isDown: boolean }
  /** A knob or fader. @property value 0 to 127 */
  | { readonly kind: 'turn'; readonly channel: number; readonly controller: number; readonly value: number }
  | { readonly kind: 'quiet' };

const PEDAL = 64;
/** All sound off, all notes off. */
const SILENCES = [120, 123];
/** Bank, modulation, breath and the like send by themselves, or belong to a hand on the keys. */
const NOT_FADERS = new Set([0, 1, 2, 32, 66, 67, ...SILENCES, 121, 122, 124, 125, 126, 127]);

/** @returns null for what the studio does not hear; channels from 1 */
export function midiMessage([status = 0, first = 0, second = 0]: Uint8Array): MidiMessage | null {
  const channel = (status & 0x0f) + 1;
  switch (status & 0xf0) {
    case 0x90:
      if (second > 0) return { kind: 'down', channel, note: first, velocity: second };
      return { kind: 'up', channel, note: first };
    case 0x80:
      return { kind: 'up', channel, note: first };
    case 0xb0:
      return controlMessage(channel, first, second);
    default:
      return null;
  }
}

function controlMessage(channel: number, controller: number, value: number): MidiMessage | null {
  if (controller === PEDAL) return { kind: 'pedal', isDown: value >= 64 };
  if (SILENCES.includes(controller)) return { kind: 'quiet' };
  return NOT_FADERS.has(controller) ? null : { kind: 'turn', channel, controller, value };
}
