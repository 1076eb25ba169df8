import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { basename, resolve } from 'node:path';
import { UnsupportedFormatError } from '../../errors.ts';
import { byteReader } from '../../formats/bytes.ts';
import { decodePcm } from '../../formats/pcm.ts';
import { assertPlausible, bytesPerFrame, type PcmLayout } from '../../formats/pcm-layout.ts';
import type { SoundBlock } from '../../formats/sound-stream.ts';
import { readWavHeader } from '../../formats/wav-header.ts';
import type { ForeignStream } from '../platform.ts';

/** ffmpeg's WAV header is some 100 bytes; the samples begin well within this. */
const HEADER_BYTES = 4096;

/** ffmpeg ends well all the same. Its words up to 6 and from 7 on. */
const DECODING_ERROR = /Error (?:while decoding stream|submitting packet to decoder)/;

/** As much of ffmpeg's report as is kept, from its start and from its end. */
const REPORT_LENGTH = 16 * 1024;

/**
 * Has the ffmpeg on the PATH decode the first audio stream of a file, as float WAV through a pipe. It may open local
 * files only: a playlist with the name of a sound must not reach the network.
 *
 * @throws UnsupportedFormatError without ffmpeg, or when ffmpeg finds no sound in the file
 */
export async function openWithFfmpeg(path: string): Promise<ForeignStream> {
  const child = spawn('ffmpeg', ffmpegArguments(path), { stdio: ['pipe', 'pipe', 'pipe'] });
  child.stdin.end();
  try {
    return await readStream(basename(path), child);
  } catch (error) {
    stop(child);
    throw error;
  }
}

async function readStream(name: string, child: ChildProcessWithoutNullStreams): Promise<ForeignStream> {
  const ended = waitFor(child);
  const report = collectReport(child);
  const output = child.stdout[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const head = await readHead(output);
  if (head.length === 0) {
    throw noSound(name, await ended, report());
  }
  const { layout } = await readWavHeader(byteReader(name, head));
  assertPlausible(name, layout.sampleRate, layout.channelCount);
  const warnings: string[] = [];
  let isDamaged = false;
  const judge = async () => {
    isDamaged = (await ended) !== 0 || DECODING_ERROR.test(report());
  };
  return {
    sampleRate: layout.sampleRate,
    channelMask: layout.channelMask,
    bitDepth: null,
    container: /Input #0, ([^,]+)/.exec(report())?.[1] ?? 'unknown',
    codec: /Audio: ([A-Za-z0-9_]+)/.exec(report())?.[1] ?? 'unknown',
    statedSec: statedSeconds(report()),
    warnings,
    complaint: () => (isDamaged ? `“${name}” is damaged; what ffmpeg could decode of it is used.` : null),
    blocks: readBlocks(name, child, output, head, layout, judge, warnings),
    close: () => stop(child),
  };
}

/** An ffmpeg that nobody reads would wait for a reader for ever, and this process for it. It has nothing to save. */
function stop(child: ChildProcessWithoutNullStreams): void {
  child.kill('SIGKILL');
  child.stdout.destroy();
}

/** The `file:` prefix and the full path keep names with dashes, colons and percent signs from meaning anything. */
function ffmpegArguments(path: string): string[] {
  return [
    ...['-hide_banner', '-nostats', '-v', 'info', '-protocol_whitelist', 'file,pipe'],
    ...['-i', `file:${resolve(path)}`, '-map', '0:a:0', '-map_metadata', '-1'],
    ...['-c:a', 'pcm_f32le', '-f', 'wav', 'pipe:1'],
  ];
}

/** The exit code, or the error that kept ffmpeg from starting. */
function waitFor(child: ChildProcessWithoutNullStreams): Promise<number | Error> {
  // Writing to a process that is gone must not surface as an exception of its own.
  child.stdin.on('error', () => undefined);
  return new Promise((done) => {
    child.on('error', done);
    child.on('close', (code) => done(code ?? -1));
  });
}

function collectReport(child: ChildProcessWithoutNullStreams): () => string {
  let first = '';
  let last = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (first.length < REPORT_LENGTH) first += text;
    else last = (last + text).slice(-REPORT_LENGTH);
  });
  return () => first + last;
}

const DURATION = /Duration: (\d+):(\d\d):(\d\d\.\d+)(?:, start: (-?\d+\.\d+))?/;

/** By what ffmpeg says of its input. A film may be longer than its sound, a picture is not; a guess from the bit rate is no statement. */
function statedSeconds(report: string): number | null {
  const [input] = report.split('Stream mapping:');
  const streams = [...input.matchAll(/Stream #0:.*/g)].filter(([line]) => !line.includes('(attached pic)'));
  const [, hours, minutes, seconds, start = '0'] = DURATION.exec(input) ?? [];
  if (hours === undefined || streams.length !== 1 || input.includes('Estimating duration')) return null;
  return 3600 * Number(hours) + 60 * Number(minutes) + Number(seconds) - Math.max(0, Number(start));
}

async function readHead(output: AsyncIterator<Buffer>): Promise<Buffer> {
  let head = Buffer.alloc(0);
  while (head.length < HEADER_BYTES) {
    const { value, done } = await output.next();
    if (done) break;
    head = Buffer.concat([head, value]);
  }
  return head;
}

function noSound(name: string, ended: number | Error, report: string): UnsupportedFormatError {
  const context = { name, report: report.slice(-2000) };
  if (ended instanceof Error) {
    return new UnsupportedFormatError(
      `“${name}” is in no format that can be read by itself: it needs ffmpeg on the PATH, and there is none; install it, or convert the file to WAV.`,
      { cause: ended, context },
    );
  }
  return new UnsupportedFormatError(
    `“${name}” holds no sound that this engine or ffmpeg can read; remove it or export it again.`,
    { context },
  );
}

async function* readBlocks(
  name: string,
  child: ChildProcessWithoutNullStreams,
  output: AsyncIterator<Buffer>,
  head: Buffer,
  layout: PcmLayout,
  judge: () => Promise<void>,
  warnings: string[],
): AsyncGenerator<SoundBlock> {
  const frameBytes = bytesPerFrame(layout);
  let repaired = 0;
  let rest = head.subarray(layout.dataOffset);
  try {
    while (true) {
      const whole = rest.length - (rest.length % frameBytes);
      if (whole > 0) {
        const decoded = decodePcm(rest.subarray(0, whole), layout);
        repaired += decoded.repaired;
        yield {
          sampleRate: layout.sampleRate,
          channels: decoded.channels,
          channelOrder: layout.channelOrder,
        };
      }
      const { value, done } = await output.next();
      if (done) break;
      rest = Buffer.concat([rest.subarray(whole), value]);
    }
    // Not killed before it has ended by itself: then it tells whether all went well.
    await judge();
  } finally {
    stop(child);
  }
  if (repaired > 0)
    warnings.push(`“${name}” has ${repaired} samples that are no usable number; they are read as 0.`);
}
