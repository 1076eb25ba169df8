/** MIDI devices of this machine, heard once the button asks the browser for them. */
import { announce, byId } from '../../../report/page/element.ts';
import { counted } from '../state/words.ts';
import { type MidiMessage, midiMessage } from './midi-message.ts';

/** @param showProblem why none is heard, on the screen */
export function createMidi(
  onMessage: (message: MidiMessage) => void,
  showProblem: (words: string) => void,
): void {
  const button = byId<HTMLButtonElement>('midi');
  let access: MIDIAccess | null = null;

  function listen(): void {
    const inputs = [...(access?.inputs.values() ?? [])];
    for (const input of inputs) {
      input.onmidimessage = ({ data }) => {
        const message = data && midiMessage(data);
        if (message) onMessage(message);
      };
    }
    button.setAttribute('aria-pressed', String(inputs.length > 0));
    button.querySelector('span')!.textContent = inputs.length > 0 ? `MIDI ${inputs.length}` : 'MIDI';
    const names = inputs.map(({ name }) => name).join(', ');
    button.title = names || 'Plug a MIDI keyboard in; it is heard as soon as it is there.';
    announce(inputs.length > 0 ? `${counted(inputs.length, 'MIDI device')}: ${names}` : button.title);
  }
  button.addEventListener('click', async () => {
    if (!navigator.requestMIDIAccess) {
      announceProblem('This browser knows no MIDI devices; Chrome, Edge and Firefox do.');
      return;
    }
    try {
      access = await navigator.requestMIDIAccess();
      access.onstatechange = listen;
      listen();
    } catch {
      announceProblem('The browser keeps MIDI devices from this page; allow them beside its address.');
    }
  });

  function announceProblem(words: string): void {
    button.title = words;
    showProblem(words);
    announce(words);
  }
}
