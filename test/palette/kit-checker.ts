/**
 * Judges a kit by nothing but the profile's file and the kit's files: its own readers of headers and its own limits,
 * none of the engine's code.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';

interface ReadWav {
  readonly sampleRate: number;
  readonly bitDepth: number;
  readonly channels: readonly Float32Array[];
  readonly frames: number;
  /** First and last frame of the loop in `smpl`; null where there is none. */
  readonly loop: { readonly start: number; readonly end: number } | null;
  /** Of `smpl`. */
  readonly unityNote: number | null;
}

// biome-ignore lint/suspicious/noExplicitAny: what a profile's file holds is what is judged
type Json = any;

/** What a sample's file takes of a device, by its header. */
interface SampleFacts {
  readonly sampleRate: number;
  readonly bitDepth: number;
  readonly channelCount: number;
  readonly frames: number;
  readonly dataBytes: number;
  readonly chunkIds: readonly string[];
}

/** Beside the samples, and not for the card. */
const BESIDE = ['KIT.csv', 'README.txt', '.afterglow-folder.json'];
const CHUNK_IDS: Record<string, string> = { smpl: 'smpl', acid: 'acid', cue: 'cue ', info: 'LIST' };

/** Everything in which a kit breaks its profile; empty where it keeps to it. */
export function kitFaults(folder: string, profile: Json): string[] {
  const value = (key: string) => profile[key]?.value ?? null;
  const most = (key: string) => value(key) ?? Infinity;
  const files = filesIn(folder);
  const faults: string[] = [];
  const fault = (file: string, what: string) => faults.push(`${file}: ${what}`);
  const fromCard = playedFromCard(folder);
  let [samples, seconds, bytes] = [0, 0, 0];
  for (const file of files) {
    if (file.length > most('longest_path')) fault(file, 'path too long');
    const facts = sampleFacts(file, readFileSync(join(folder, file)));
    if (facts === null) continue;
    samples++;
    seconds += (facts.frames * facts.channelCount) / facts.sampleRate;
    if (!fromCard.has(file)) bytes += facts.dataBytes;
    for (const what of sampleFaults(facts, value)) fault(file, what);
    for (const what of nameFaults(file, value, profile.target)) fault(file, what);
  }
  const lower = new Set(files.map((file) => file.toLowerCase()));
  if (lower.size !== files.length) faults.push('names differ in case only');
  if (seconds > most('total_sec')) faults.push(`${seconds} s in all`);
  if (bytes > most('total_bytes') - (value('reserved_bytes') ?? 0)) faults.push(`${bytes} bytes in all`);
  if (samples - fromCard.size > most('most_samples')) faults.push(`${samples} samples`);
  if (fromCard.size > (value('streamed_samples') ?? 0)) faults.push(`${fromCard.size} from the card`);
  const folders = new Map<string, number>();
  for (const file of files) folders.set(folderOf(file), (folders.get(folderOf(file)) ?? 0) + 1);
  for (const [path, count] of folders) {
    if (count > most('most_files_per_folder')) faults.push(`${path}: ${count} files`);
  }
  return faults;
}

/** The files that an owner is told to play from the card, where they take no memory: only KIT.csv can say which. */
function playedFromCard(folder: string): Set<string> {
  const rows: Record<string, string>[] = parse(readFileSync(join(folder, 'KIT.csv')), { columns: true });
  return new Set(rows.filter((row) => row.plays_from === 'card').map(({ file }) => file));
}

function sampleFaults(facts: SampleFacts, value: (key: string) => Json): string[] {
  const { sampleRate, bitDepth, channelCount, frames, chunkIds } = facts;
  const rates = value('sample_rates_hz');
  const preferred = value('preferred_sample_rate_hz');
  const takesRate =
    rates === null ||
    (Array.isArray(rates)
      ? rates.includes(sampleRate)
      : sampleRate >= rates.least && sampleRate <= rates.most);
  const allowed = ['fmt ', 'data', ...(value('chunks') ?? []).map((name: string) => CHUNK_IDS[name])];
  const extra = chunkIds.filter((id) => !allowed.includes(id));
  return [
    ...(takesRate ? [] : [`${sampleRate} Hz`]),
    ...(preferred === null || sampleRate === preferred ? [] : [`${sampleRate} Hz is not what is preferred`]),
    ...(value('bit_depths')?.includes(bitDepth) === false ? [`${bitDepth} bits`] : []),
    ...(value('channels')?.includes(channelCount) === false ? [`${channelCount} channels`] : []),
    ...(frames / sampleRate > (value('longest_sample_sec') ?? Infinity) ? [`${frames / sampleRate} s`] : []),
    ...(extra.length > 0 ? [extra.join()] : []),
  ];
}

function nameFaults(file: string, value: (key: string) => Json, target: string): string[] {
  const name = file.slice(file.lastIndexOf('/') + 1).replace(/\.[^.]*$/, '');
  const alphabet = value('alphabet');
  const folder = value('folder');
  return [
    ...(name.length > (value('longest_name') ?? Infinity) ? ['name too long'] : []),
    ...(alphabet !== null && [...name].some((character) => !alphabet.includes(character))
      ? ['alphabet']
      : []),
    ...(folder !== null && !folderPattern(folder, target).test(folderOf(file)) ? [`not in ${folder}`] : []),
  ];
}

/** What a sample takes; null of a file that is none. */
function sampleFacts(file: string, bytes: Buffer): SampleFacts | null {
  if (/\.wav$/i.test(file)) return wavFacts(bytes);
  // Polyend: a header of 392 bytes, the frames at 60, then 16 bits at 44.1 kHz.
  if (/\.pti$/i.test(file)) {
    const [frames, dataBytes] = [bytes.readUInt32LE(60), bytes.length - 392];
    const channelCount = dataBytes / (2 * frames);
    return { sampleRate: 44_100, bitDepth: 16, channelCount, frames, dataBytes, chunkIds: [] };
  }
  return /\.aif$/i.test(file) ? aiffFacts(bytes) : null;
}

/** By `COMM`: two bytes channels, four frames, two bits, and the rate, of whose fraction the upper half is enough. */
function aiffFacts(bytes: Buffer): SampleFacts {
  const common = bytes.indexOf('COMM') + 8;
  const [channelCount, frames] = [bytes.readUInt16BE(common), bytes.readUInt32BE(common + 2)];
  const bitDepth = bytes.readUInt16BE(common + 6);
  const sampleRate = bytes.readUInt32BE(common + 10) / 2 ** (16414 - bytes.readUInt16BE(common + 8));
  const dataBytes = (frames * channelCount * bitDepth) / 8;
  return { sampleRate, bitDepth, channelCount, frames, dataBytes, chunkIds: [] };
}

function wavFacts(bytes: Buffer): SampleFacts {
  const chunks = riffChunks(bytes);
  const [format, data] = [chunks.get('fmt ')!, chunks.get('data')!];
  if (format.readUInt16LE(0) !== 1) throw new Error('no PCM');
  const [channelCount, sampleRate, bitDepth] = [
    format.readUInt16LE(2),
    format.readUInt32LE(4),
    format.readUInt16LE(14),
  ];
  const frames = data.length / ((bitDepth / 8) * channelCount);
  return {
    ...{ sampleRate, bitDepth, channelCount, frames },
    ...{ dataBytes: data.length, chunkIds: [...chunks.keys()] },
  };
}

function riffChunks(bytes: Buffer): Map<string, Buffer> {
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WAVE')
    throw new Error('no WAV');
  if (bytes.readUInt32LE(4) + 8 !== bytes.length) throw new Error('its length is wrong');
  const chunks = new Map<string, Buffer>();
  for (let at = 12; at < bytes.length; ) {
    const length = bytes.readUInt32LE(at + 4);
    chunks.set(bytes.toString('latin1', at, at + 4), bytes.subarray(at + 8, at + 8 + length));
    at += 8 + length + (length % 2);
  }
  return chunks;
}

/**
 * How a kit's loops close: the jump at the wrap, between the points of `smpl` where there are any, over the largest step
 * between neighbours inside.
 */
export function loopStep({ channels, frames, loop }: ReadWav): number {
  const { start, end } = loop ?? { start: 0, end: frames - 1 };
  return Math.max(
    ...channels.map((channel) => {
      let largest = 0;
      for (let n = start + 1; n <= end; n++)
        largest = Math.max(largest, Math.abs(channel[n] - channel[n - 1]));
      return Math.abs(channel[start] - channel[end]) / (largest || 1);
    }),
  );
}

/** The WAVs below a folder, with slashes, sorted. */
export function wavsIn(folder: string): string[] {
  return filesIn(folder).filter((path) => path.endsWith('.wav'));
}

/** All files of a kit that are for the card, with slashes, sorted. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((path) => !BESIDE.includes(path))
    .sort();
}

function folderOf(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf('/')));
}

/** A little-endian PCM WAV. */
export function readWav(bytes: Buffer): ReadWav {
  const chunks = riffChunks(bytes);
  const [data, sampler] = [chunks.get('data')!, chunks.get('smpl')];
  const { sampleRate, bitDepth, channelCount, frames } = wavFacts(bytes);
  const size = bitDepth / 8;
  const channels = Array.from({ length: channelCount }, () => new Float32Array(frames));
  for (let n = 0, at = 0; n < frames; n++) {
    for (let c = 0; c < channelCount; c++, at += size) {
      const sample = size === 2 ? data.readInt16LE(at) : data.readIntLE(at, size);
      channels[c][n] = sample / 2 ** (bitDepth - 1);
    }
  }
  const loops = sampler?.readUInt32LE(28) ?? 0;
  return {
    ...{ sampleRate, bitDepth, channels, frames },
    loop: sampler && loops > 0 ? { start: sampler.readUInt32LE(44), end: sampler.readUInt32LE(48) } : null,
    unityNote: sampler?.readUInt32LE(12) ?? null,
  };
}

/** Samples of presets lie in a folder of their own, or in one of two. */
function folderPattern(folder: string, target: string): RegExp {
  const below = target === 'op-xy' ? '/[^/]+\\.preset' : '';
  const path = folder.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replaceAll('{kit}', '[^/]+');
  const above = target === 'op-1' ? '(drum|synth)/' : '';
  return new RegExp(`^${above}${path}${below}$`);
}
