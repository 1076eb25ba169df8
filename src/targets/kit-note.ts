/** The note that lies beside a kit: how it gets into its device, and what the device will and will not do with it. */
import type { KnownValue, Profile } from './profile.ts';
import { sourceWord } from './profile-words.ts';

/** What a note says of its kit. */
export interface NotedKit {
  readonly name: string;
  readonly samples: number;
  /** Of sound data. */
  readonly bytes: number;
  /** Folders on the card, with slashes; a kit in banks has one for each. */
  readonly folders: readonly string[];
  /** Files that hold several samples as slices. */
  readonly chains: number;
  /** Its files lie in one ZIP. */
  readonly isZipped: boolean;
  /** Which were made shorter, from what to what, in words; empty where none was. */
  readonly shortened: string;
}

/** The text of a kit's note, from nothing but what its profile knows. */
export function kitNote(profile: Profile, kit: NotedKit): string {
  const { name, samples } = kit;
  return [
    `${name}: ${samples === 1 ? '1 sample' : `${samples} samples`} for ${profile.device}`,
    ...section('To the device', wayLines(profile, kit)),
    ...section('What it will do with them', [
      ...deviceLines(profile),
      ...loadedLines(profile, kit),
      ...chainLines(profile, kit),
    ]),
    ...(kit.shortened === '' ? [] : section('What is shorter than it was', [`${kit.shortened}.`])),
    ...section('How sure this is', [sureText(profile)]),
    '',
    'KIT.csv says for each file where it is from, its root and length, and what was done so that it fits.',
    '',
  ].join('\n');
}

/** What a device does with samples: loops, pitch, tempo, memory, a sentence or two each. */
export function deviceLines(profile: Profile): string[] {
  return [
    `Loops: ${sentences(loopsText(profile), profile.loops)}`,
    `Pitch: ${sentences(rootsText(profile), profile.roots)}`,
    `Tempo: ${sentences(tempoText(profile), profile.tempo)}`,
    ...memoryLines(profile),
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return ['', title, ...lines.map((line) => `- ${line}`)];
}

function wayLines({ loading, bank_size }: Profile, { isZipped, folders }: NotedKit): string[] {
  const way = loading ?? 'Copy what lies beside this note to where the device looks for samples.';
  return [
    isZipped ? `Unpack the ZIP: it is laid out as the card is. ${way}` : way,
    ...(bank_size.value !== null && folders.length > 1
      ? [`One folder for each bank of ${bank_size.value}: ${folders[0]} to ${folders.at(-1)}.`]
      : []),
  ];
}

function loopsText({ loops }: Profile): string {
  switch (loops.value) {
    case 'file':
      return 'each loop goes round as a whole file; nothing is to be set.';
    case 'points':
      return 'their points are written for the device; nothing is to be set.';
    case 'hand':
      return 'switch looping on for each, and leave start and end where they are: the whole file is the loop.';
    case 'doubtful':
      return 'doubtful. A loop may play once; then strike it again before it ends.';
    case null:
      return 'nobody has said whether it loops samples. If it can, the whole file is the loop.';
  }
}

function rootsText({ roots }: Profile): string {
  if (roots.value === null) return 'nobody has said whether it reads root notes; KIT.csv has them.';
  if (roots.value.length === 0) return 'root notes are not read; KIT.csv has them for tuning.';
  const places = { file: 'beside the sound', name: 'at the end of its name' };
  return `a root note that is known stands ${roots.value.map((place) => places[place]).join(' and ')}.`;
}

function tempoText({ tempo }: Profile): string {
  switch (tempo.value) {
    case 'file':
      return 'it is written for the device where it is sure.';
    case 'guess':
      return 'the device guesses one, and may stretch what has none.';
    default:
      return 'these are textures without a beat; set it in the device, if at all.';
  }
}

function chainLines({ slices }: Profile, { chains }: NotedKit): string[] {
  if (chains === 0) return [];
  const files = chains === 1 ? '1 file holds several hits' : `${chains} files hold several hits each`;
  return [
    `Slices: ${sentences(`${files}, in parts that its name counts; KIT.csv says which is which.`, slices)}`,
  ];
}

function memoryLines({ reserved_bytes, loaded_bytes, streamed_samples }: Profile): string[] {
  const line = (figure: KnownValue<number>, text: (value: number) => string) =>
    figure.value === null ? [] : [`Memory: ${sentences(text(figure.value), figure)}`];
  return [
    ...line(reserved_bytes, (bytes) => `${megabytes(bytes)} are left free.`),
    ...line(loaded_bytes, (bytes) => `a project loads up to ${megabytes(bytes)} at a time.`),
    ...line(streamed_samples, (count) => `up to ${count} samples play from the card.`),
  ];
}

/** Of a kit that no project can load at once. */
function loadedLines({ loaded_bytes }: Profile, { bytes }: NotedKit): string[] {
  if (loaded_bytes.value === null || bytes <= loaded_bytes.value) return [];
  return [`This kit has ${megabytes(bytes)}: load a part of it into each project.`];
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function sentences(text: string, { note }: KnownValue<unknown>): string {
  return note === undefined ? text : `${text} ${note}`;
}

function sureText(profile: Profile): string {
  switch (sourceWord(profile)) {
    case 'device':
      return 'Measured on the device.';
    case 'manual':
      return 'Most is from its maker’s manual; we have not tried it on the device.';
    case 'owners':
      return 'Most is what owners and other programs say; we have not tried it on the device.';
    case 'nobody':
      return 'Little is known of this device, and we have not tried it. Load one sample before you load all.';
    case 'us':
      return 'The limits are a choice of ours or yours, and not a device’s.';
  }
}
