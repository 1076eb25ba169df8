import type { KeyEstimate } from '../analysis/key.ts';

const PITCH_CLASSES = ['C', 'C#', 'D', 'D#', 'E', 'F', 'F#', 'G', 'G#', 'A', 'A#', 'B'];

/** A text of {@link noteName} or {@link keyName} with flats for its sharps: `A#3` is `Bb3`, `F# min` is `Gb min`. */
export function inFlats(name: string): string {
  return name.replace(
    /([A-G])#/,
    (_, letter) => `${letter === 'G' ? 'A' : String.fromCharCode(letter.charCodeAt(0) + 1)}b`,
  );
}

/** A MIDI note by name: 60 is C4, 69 is A4. */
export function noteName(note: number): string {
  return `${PITCH_CLASSES[((note % 12) + 12) % 12]}${Math.floor(note / 12) - 1}`;
}

/** More than this beside equal temperament at A = 440 Hz is heard against other textures, and said in words. */
const OUT_OF_TUNE_CENTS = 20;

/** How far a root lies beside its note: `+8c`, and beyond 20 cents `27 cents sharp`. @param cents -50 to 50 */
export function tuningWords(cents: number): string {
  const whole = Math.round(cents);
  if (Math.abs(cents) > OUT_OF_TUNE_CENTS) return `${Math.abs(whole)} cents ${whole < 0 ? 'flat' : 'sharp'}`;
  return `${whole < 0 ? '−' : '+'}${Math.abs(whole)}c`;
}

/** The MIDI note of a name as {@link noteName} writes it; null where it is none. */
export function noteNumber(name: string): number | null {
  const [, letter, octave] = /^([A-G]#?)(-?\d+)$/.exec(name) ?? [];
  const pitchClass = PITCH_CLASSES.indexOf(letter);
  return pitchClass < 0 ? null : pitchClass + 12 * (Number(octave) + 1);
}

/** A key as the manifest has it: `C maj`, `F# min`. */
export function keyName({ tonic, mode }: Pick<KeyEstimate, 'tonic' | 'mode'>): string {
  return `${PITCH_CLASSES[tonic]} ${mode}`;
}

/** The inverse of {@link keyName}; null where it is none. */
export function keyNamed(name: string): Pick<KeyEstimate, 'tonic' | 'mode'> | null {
  const [, letter, mode] = /^([A-G]#?) (maj|min)$/.exec(name) ?? [];
  const tonic = PITCH_CLASSES.indexOf(letter);
  return tonic < 0 ? null : { tonic, mode: mode as KeyEstimate['mode'] };
}

/** The name of a note in whatever octave: `A#`. @param note MIDI */
export function pitchClassName(note: number): string {
  return PITCH_CLASSES[((note % 12) + 12) % 12];
}
