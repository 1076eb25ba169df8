import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { Random } from '../../src/dsp/random.ts';
import { encodeWav, type WavOptions } from '../../src/formats/wav-writer.ts';
import { hasTool } from '../tools.ts';
import { fixture, noise, readBytes, run } from './reading.ts';

const folder = mkdtempSync(join(tmpdir(), 'afterglow-writer-'));
afterAll(() => rmSync(folder, { recursive: true }));

function options(changes: Partial<WavOptions> = {}): WavOptions {
  return {
    bitDepth: 24,
    sampler: { loop: true, root: { note: 57, cents: -3 } },
    info: { name: 'pad 01', software: 'afterglow-engine', source: 'Süße Träume.wav, 1.50–3.50 s' },
    random: new Random('dither'),
    ...changes,
  };
}

function sound(channelCount = 2, frames = 500) {
  return { sampleRate: 44_100, channels: noise(frames, 24).slice(0, channelCount) };
}

const NOTHING = { sampler: undefined, info: undefined };
/** Of the 500 frames of {@link sound}. */
const LOOP_OF_TWO_BEATS = { isOneShot: false, root: 57, beats: 2 };

const cases = [1, 2].flatMap((channelCount) =>
  ([16, 24] as const).map((bitDepth) => [channelCount, bitDepth] as const),
);

/** Chunk ids of a WAV in order, and their bodies. */
function chunks(bytes: Uint8Array): Map<string, Uint8Array> {
  const view = new DataView(bytes.buffer);
  const found = new Map<string, Uint8Array>();
  let at = 12;
  while (at < bytes.length) {
    const size = view.getUint32(at + 4, true);
    found.set(Buffer.from(bytes.subarray(at, at + 4)).toString('latin1'), bytes.slice(at + 8, at + 8 + size));
    at += 8 + size + (size % 2);
  }
  expect(at).toBe(bytes.length);
  expect(view.getUint32(4, true)).toBe(bytes.length - 8);
  return found;
}

describe('24 bits', () => {
  it.each([1, 2])('come back exactly, %i channels', async (channelCount) => {
    const written = sound(channelCount);
    const { channels, sampleRate, warnings } = await readBytes(encodeWav(written, options()));
    expect(channels).toEqual(written.channels);
    expect([sampleRate, warnings]).toEqual([44_100, []]);
  });

  it('hold the very samples of a file written by others', async () => {
    const ours = chunks(encodeWav(sound(), options())).get('data');
    expect(ours).toEqual(chunks(fixture('s24.wav')).get('data'));
  });

  it('clamp what is beyond full scale', async () => {
    const over = { sampleRate: 44_100, channels: [Float32Array.of(1, 1.5, -1, -1.5, Number.NaN)] };
    const { channels } = await readBytes(encodeWav(over, options()));
    const top = 8388607 / 8388608;
    expect([...channels[0]].map((sample) => sample + 0)).toEqual([top, top, -1, -1, 0]);
  });
});

describe('16 bits', () => {
  it('are dithered by ±1 LSB at most around rounding, without bias', async () => {
    const frames = 40_000;
    const level = 0.3 / 32768;
    const quiet = { sampleRate: 44_100, channels: [new Float32Array(frames).fill(level)] };
    const [samples] = (await readBytes(encodeWav(quiet, options({ bitDepth: 16 })))).channels;
    const integers = samples.map((sample) => sample * 32768);
    expect(new Set(integers)).toEqual(new Set([-1, 0, 1]));
    const mean = integers.reduce((sum, value) => sum + value, 0) / frames;
    // Undithered it would be 0: all of the signal lost.
    expect(mean).toBeCloseTo(0.3, 2);
    const power = integers.reduce((sum, value) => sum + (value - 0.3) ** 2, 0) / frames;
    // TPDF makes the error a quarter of an LSB², whatever the signal.
    expect(power).toBeCloseTo(0.25, 2);
  });

  it('repeat with the seed and only with it', () => {
    const bytes = (seed: string) => encodeWav(sound(), options({ bitDepth: 16, random: new Random(seed) }));
    expect(bytes('a')).toEqual(bytes('a'));
    expect(bytes('a')).not.toEqual(bytes('b'));
  });
});

describe('chunks', () => {
  it('put the samples at byte 44', () => {
    for (const changes of [{}, NOTHING, { acid: LOOP_OF_TWO_BEATS, cues: [0, 100] }]) {
      const bytes = encodeWav(sound(), options(changes));
      expect(Buffer.from(bytes.subarray(36, 40)).toString()).toBe('data');
    }
  });

  it('are what is to be said', () => {
    const ids = (changes: Partial<WavOptions>) => [
      ...chunks(encodeWav(sound(1, 333), options(changes))).keys(),
    ];
    expect(ids(NOTHING)).toEqual(['fmt ', 'data']);
    expect(ids({})).toEqual(['fmt ', 'data', 'smpl', 'LIST']);
    expect(ids({ sampler: { loop: false, root: null } })).toEqual(['fmt ', 'data', 'LIST']);
    const all = { acid: LOOP_OF_TWO_BEATS, cues: [0] };
    expect(ids(all)).toEqual(['fmt ', 'data', 'smpl', 'acid', 'cue ', 'LIST']);
  });

  it('are 16 bytes of plain PCM before the sound, whatever follows', () => {
    for (const [channelCount, bitDepth] of cases) {
      const format = chunks(encodeWav(sound(channelCount), options({ bitDepth }))).get('fmt ')!;
      expect([format.length, format[0], format[1]]).toEqual([16, 1, 0]);
    }
  });

  it('end a loop where it ends, before what stands behind it', () => {
    const sampler = { loop: true, loopFrames: 490, root: null };
    const words = new Uint32Array(chunks(encodeWav(sound(), options({ sampler }))).get('smpl')!.buffer);
    expect([...words.slice(11, 13)]).toEqual([0, 489]);
  });

  it.each([
    [-0.6, 57, 0],
    [-1.1, 56, 0.989],
    [-20, 56, 0.8],
    [0, 57, 0],
    [0.6, 57, 0.006],
  ])('call a root %d cents from A3 note %i and a fraction of %d', (cents, note, fraction) => {
    const sampler = { loop: false, root: { note: 57, cents } };
    const words = new Uint32Array(chunks(encodeWav(sound(), { ...options(), sampler })).get('smpl')!.buffer);
    expect(words[3]).toBe(note);
    expect(words[4] / 2 ** 32).toBeCloseTo(fraction, 6);
  });

  it('state loop, period, root note and its fraction', () => {
    const smpl = chunks(encodeWav(sound(), options())).get('smpl')!;
    const words = new Uint32Array(smpl.buffer);
    expect(smpl).toHaveLength(60);
    // Three cents under A3: G#3 and 97 hundredths.
    expect([...words].map((word, index) => (index === 4 ? (word / 2 ** 32).toFixed(4) : word))).toEqual([
      0,
      0,
      22676,
      56,
      '0.9700',
      0,
      0,
      1,
      0,
      0,
      0,
      0,
      499,
      0,
      0,
    ]);
  });

  it('have no loop where there is none', () => {
    const root = { note: 60, cents: 0 };
    const smpl = chunks(encodeWav(sound(), options({ sampler: { loop: false, root } }))).get('smpl')!;
    expect([...new Uint32Array(smpl.buffer)]).toEqual([0, 0, 22676, 60, 0, 0, 0, 0, 0]);
  });
});

describe('other programs agree', () => {
  function write(channelCount: number, bitDepth: 16 | 24): string {
    const path = join(folder, `${channelCount}-${bitDepth}.wav`);
    writeFileSync(path, encodeWav(sound(channelCount), options({ bitDepth })));
    return path;
  }

  it.skipIf(!hasTool('sndfile-info')).each(cases)('sndfile-info: %i channels, %i bits', (channels, bits) => {
    const report = run('sndfile-info', [write(channels, bits)]).toString();
    expect(report).toMatch(new RegExp(`Channels +: ${channels}\\b`));
    expect(report).toMatch(new RegExp(`Bit Width +: ${bits}\\b`));
    expect(report).toMatch(/Sample Rate : 44100/);
    expect(report).toMatch(/Frames +: 500/);
    expect(report).toMatch(/WAVE_FORMAT_PCM/);
    expect(report).toMatch(/Midi Note +: 56/);
    expect(report).toMatch(/Loop Count +: 1/);
    expect(report).toMatch(/Start : +0 +End : +499/);
    expect(report).toMatch(/INAM : pad 01/);
    expect(report).toMatch(/ISRC : Süße Träume\.wav, 1\.50–3\.50 s/);
    expect(report).not.toMatch(/\*\*\*|should be|odd/i);
  });

  it.skipIf(!hasTool('sndfile-info'))('sndfile-info: tempo, root and slices', () => {
    const path = join(folder, 'said.wav');
    const report = (acid: WavOptions['acid'], cues: number[]) => {
      writeFileSync(path, encodeWav(sound(1, 22_050), options({ sampler: undefined, acid, cues })));
      return run('sndfile-info', [path]).toString();
    };
    const loop = report({ isOneShot: false, root: 57, beats: 1 }, [0, 9000, 18_000]);
    expect(loop).toMatch(/Flags +: 0x0006 \(Loop,RootNoteValid,StretchOn,RAMBased/);
    expect(loop).toMatch(/Root note : 0x39/);
    expect(loop).toMatch(/Beats +: 1\n +Meter +: 4\/4\n +Tempo +: 120\.0/);
    expect(loop).toMatch(/Count : 3/);
    for (const [i, frame] of [0, 9000, 18_000].entries()) {
      expect(loop).toMatch(
        new RegExp(`Cue ID : +${i + 1}  Pos : +${frame}  Chunk : data .* Offset : +${frame}\n`),
      );
    }
    expect(loop).not.toMatch(/\*\*\*|should be|odd/i);
    const shot = report({ isOneShot: true, root: null, beats: null }, []);
    expect(shot).toMatch(/Flags +: 0x0001 \(OneShot,RootNoteInvalid,StretchOff/);
    expect(shot).toMatch(/Beats +: 0\n +Meter +: 4\/4\n +Tempo +: 0\.0/);
  });

  it.skipIf(!hasTool('soxi')).each(cases)('soxi: %i channels, %i bits', (channels, bits) => {
    const path = write(channels, bits);
    const ask = (flag: string) => run('soxi', [flag, path]).toString().trim();
    expect(['-c', '-b', '-r', '-s'].map(ask)).toEqual([String(channels), String(bits), '44100', '500']);
    expect(ask('-e')).toBe('Signed Integer PCM');
  });

  it.skipIf(!hasTool('ffprobe')).each(cases)('ffprobe: %i channels, %i bits', (channels, bits) => {
    const entries = 'stream=codec_name,sample_rate,channels,duration_ts:format_tags';
    const path = write(channels, bits);
    const report = JSON.parse(
      run('ffprobe', ['-v', 'error', '-show_entries', entries, '-of', 'json', path]).toString(),
    );
    expect(report.streams).toEqual([
      { codec_name: `pcm_s${bits}le`, sample_rate: '44100', channels, duration_ts: 500 },
    ]);
    expect(report.format.tags.title).toBe('pad 01');
    expect(report.format.tags.encoder).toBe('afterglow-engine');
  });
});
