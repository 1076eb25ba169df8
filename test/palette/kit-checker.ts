/**
 * Judges a kit by nothing but the profile's file and the kit's files: its own small WAV reader and its own limits,
 * none of the engine's code.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface ReadWav {
  readonly sampleRate: number;
  readonly bitDepth: number;
  readonly channels: readonly Float32Array[];
  readonly frames: number;
  readonly dataBytes: number;
  readonly chunkIds: readonly string[];
  /** First and last frame of the loop in `smpl`, and its root; null where there is none. */
  readonly loop: { readonly start: number; readonly end: number } | null;
  readonly unityNote: number | null;
}

// biome-ignore lint/suspicious/noExplicitAny: what a profile's file holds is what is judged
type Json = any;

/** Everything in which a kit breaks its profile; empty where it keeps to it. */
export function kitFaults(folder: string, profile: Json): string[] {
  const value = (key: string) => profile[key]?.value ?? null;
  const files = wavsIn(folder);
  const faults: string[] = [];
  const fault = (file: string, what: string) => faults.push(`${file}: ${what}`);
  let [seconds, bytes] = [0, 0];
  for (const file of files) {
    const wav = readWav(readFileSync(join(folder, file)));
    seconds += (wav.frames * wav.channels.length) / wav.sampleRate;
    bytes += wav.dataBytes;
    const rates = value('sample_rates_hz');
    const takesRate =
      rates === null ||
      (Array.isArray(rates)
        ? rates.includes(wav.sampleRate)
        : wav.sampleRate >= rates.least && wav.sampleRate <= rates.most);
    if (!takesRate) fault(file, `${wav.sampleRate} Hz`);
    if (value('preferred_sample_rate_hz') !== null && wav.sampleRate !== value('preferred_sample_rate_hz')) {
      fault(file, `${wav.sampleRate} Hz is not what is preferred`);
    }
    if (value('bit_depths') !== null && !value('bit_depths').includes(wav.bitDepth))
      fault(file, `${wav.bitDepth} bits`);
    if (value('channels') !== null && !value('channels').includes(wav.channels.length))
      fault(file, `${wav.channels.length} channels`);
    if (value('longest_sample_sec') !== null && wav.frames / wav.sampleRate > value('longest_sample_sec')) {
      fault(file, `${wav.frames / wav.sampleRate} s`);
    }
    const extra = wav.chunkIds.filter((id) => id !== 'fmt ' && id !== 'data');
    const idOf: Record<string, string> = { smpl: 'smpl', acid: 'acid', cue: 'cue ', info: 'LIST' };
    const allowed = (value('chunks') ?? []).map((name: string) => idOf[name]);
    if (extra.some((id) => !allowed.includes(id))) fault(file, extra.join());
    const name = file.slice(file.lastIndexOf('/') + 1).replace(/\.wav$/, '');
    if (value('longest_name') !== null && name.length > value('longest_name')) fault(file, 'name too long');
    if (value('alphabet') !== null && [...name].some((c) => !value('alphabet').includes(c)))
      fault(file, 'alphabet');
    if (value('longest_path') !== null && file.length > value('longest_path')) fault(file, 'path too long');
    if (
      value('folder') !== null &&
      !folderPattern(value('folder')).test(file.slice(0, file.lastIndexOf('/')))
    ) {
      fault(file, `not in ${value('folder')}`);
    }
  }
  const lower = new Set(files.map((file) => file.toLowerCase()));
  if (lower.size !== files.length) faults.push('names differ in case only');
  if (value('total_sec') !== null && seconds > value('total_sec')) faults.push(`${seconds} s in all`);
  if (value('total_bytes') !== null && bytes > value('total_bytes')) faults.push(`${bytes} bytes in all`);
  if (value('most_samples') !== null && files.length > value('most_samples'))
    faults.push(`${files.length} samples`);
  const folders = new Map<string, number>();
  for (const file of files) {
    const folder = file.slice(0, file.lastIndexOf('/'));
    folders.set(folder, (folders.get(folder) ?? 0) + 1);
  }
  const most = value('most_files_per_folder');
  for (const [path, count] of folders)
    if (most !== null && count > most) faults.push(`${path}: ${count} files`);
  return faults;
}

/** How a kit's loops close: jump at the wrap over the largest step between neighbours inside. */
export function loopStep({ channels }: ReadWav): number {
  return Math.max(
    ...channels.map((channel) => {
      let largest = 0;
      for (let n = 1; n < channel.length; n++)
        largest = Math.max(largest, Math.abs(channel[n] - channel[n - 1]));
      return Math.abs(channel[0] - channel[channel.length - 1]) / (largest || 1);
    }),
  );
}

/** The WAVs below a folder, with slashes, sorted. */
export function wavsIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.wav'))
    .sort();
}

/** A little-endian PCM WAV. */
export function readWav(bytes: Buffer): ReadWav {
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WAVE')
    throw new Error('no WAV');
  if (bytes.readUInt32LE(4) + 8 !== bytes.length) throw new Error('its length is wrong');
  const chunks = new Map<string, Buffer>();
  for (let at = 12; at < bytes.length; ) {
    const length = bytes.readUInt32LE(at + 4);
    chunks.set(bytes.toString('latin1', at, at + 4), bytes.subarray(at + 8, at + 8 + length));
    at += 8 + length + (length % 2);
  }
  const [format, data, sampler] = [chunks.get('fmt ')!, chunks.get('data')!, chunks.get('smpl')];
  if (format.readUInt16LE(0) !== 1) throw new Error('no PCM');
  const [count, sampleRate, bitDepth] = [
    format.readUInt16LE(2),
    format.readUInt32LE(4),
    format.readUInt16LE(14),
  ];
  const size = bitDepth / 8;
  const frames = data.length / (size * count);
  const channels = Array.from({ length: count }, () => new Float32Array(frames));
  for (let n = 0, at = 0; n < frames; n++) {
    for (let c = 0; c < count; c++, at += size) {
      const sample = size === 2 ? data.readInt16LE(at) : data.readIntLE(at, size);
      channels[c][n] = sample / 2 ** (bitDepth - 1);
    }
  }
  const loops = sampler?.readUInt32LE(28) ?? 0;
  return {
    ...{ sampleRate, bitDepth, channels, frames, dataBytes: data.length, chunkIds: [...chunks.keys()] },
    loop: sampler && loops > 0 ? { start: sampler.readUInt32LE(44), end: sampler.readUInt32LE(48) } : null,
    unityNote: sampler?.readUInt32LE(12) ?? null,
  };
}

function folderPattern(folder: string): RegExp {
  return new RegExp(`^${folder.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replaceAll('{kit}', '[^/]+')}$`);
}
