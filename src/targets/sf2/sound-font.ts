/**
 * SoundFont 2.04 with 24 bits: a RIFF file of what it is, of all sound, and of tables that say how it is played.
 * http://www.synthfont.com/sfspec24.pdf
 */
import { LimitError } from '../../errors.ts';
import { chunk, concatenate, type Piece } from '../../formats/wav-chunks.ts';
import type { ReadSample } from '../target.ts';
import type { NamedSample, Preset } from './presets.ts';
import { placeIn } from './sample-data.ts';
import { presetTables } from './tables.ts';

/** RIFF counts in 32 bits; the rest of the file stays far below the difference. */
const MOST_SOUND_BYTES = 0xfff00000;

/**
 * The bytes of a SoundFont; one sample in memory at a time, each read twice, since its lower bits stand behind all upper ones.
 * @throws LimitError over 4 GiB, or with more zones than the format can count
 */
export async function* soundFont(
  title: string,
  presets: readonly Preset[],
  software: string,
  read: ReadSample,
): AsyncGenerator<Uint8Array> {
  const samples = samplesOf(presets);
  const frames = samples.reduce((sum, sample) => sum + framesOf(sample), 0);
  if (3 * frames > MOST_SOUND_BYTES) {
    throw new LimitError(`The textures of ${title} do not fit in a SoundFont of 4 GiB; choose fewer.`);
  }
  // The lower bits are as many bytes as an even number of frames, and say so in their size, else players leave them out.
  const padding = frames % 2;
  const upper = head('smpl', 2 * frames);
  const lower = head('sm24', frames + padding);
  const info = concatenate(list('INFO', infoChunks(title, software)));
  const tables = concatenate(list('pdta', [presetTables(presets, samples)]));
  const sound = 4 + upper.length + 2 * frames + lower.length + frames + padding;
  yield concatenate([
    head('RIFF', 4 + info.length + 8 + sound + tables.length),
    text('sfbk'),
    info,
    head('LIST', sound),
    text('sdta'),
    upper,
  ]);
  for (const sample of samples) yield (await read(sample.file)).subarray(0, 2 * framesOf(sample));
  yield lower;
  for (const sample of samples) yield (await read(sample.file)).subarray(2 * framesOf(sample));
  yield new Uint8Array(padding);
  yield tables;
}

/** Each once, in the order in which presets name them. */
function samplesOf(presets: readonly Preset[]): NamedSample[] {
  const zones = presets.flatMap((preset) => preset.zones);
  return [...new Map(zones.map(({ sample }) => [sample.file, sample])).values()];
}

/** Of all channels. */
function framesOf({ frameCount, channelCount, loops }: NamedSample): number {
  return channelCount * placeIn(frameCount, loops).length;
}

/** Version 2.04, the first with 24 bits. */
function infoChunks(title: string, software: string): Piece[] {
  return [
    ...chunk('ifil', [Uint8Array.of(2, 0, 4, 0)]),
    ...chunk('isng', [evenText('EMU8000')]),
    ...chunk('INAM', [evenText(title)]),
    ...chunk('ISFT', [evenText(software)]),
  ];
}

/** Closed by one zero or two, so that its length is even; at most 256 bytes. */
function evenText(words: string): Uint8Array {
  const bytes = text(words).subarray(0, 254);
  const even = new Uint8Array(bytes.length + 2 - (bytes.length % 2));
  even.set(bytes);
  return even;
}

function list(type: string, body: readonly Piece[]): Piece[] {
  return chunk('LIST', [text(type), ...body]);
}

/** The eight bytes before a chunk's body. */
function head(id: string, length: number): Uint8Array {
  const bytes = new Uint8Array(8);
  bytes.set(text(id));
  new DataView(bytes.buffer).setUint32(4, length, true);
  return bytes;
}

function text(words: string): Uint8Array {
  return new TextEncoder().encode(words);
}
