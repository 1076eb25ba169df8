import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { openSource } from '../../src/archive/source.ts';
import { FileSystemError, MalformedFileError, UnsupportedFormatError } from '../../src/errors.ts';
import { downmix, downmixMatrix } from '../../src/formats/downmix.ts';
import { openWithFfmpeg } from '../../src/platform/node/ffmpeg.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { ffmpegDecode, fixture, noise, run, signalToNoise } from '../formats/reading.ts';
import { sines } from '../signals.ts';
import { hasTool } from '../tools.ts';

const folder = mkdtempSync(join(tmpdir(), 'afterglow-source-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

const fixturePath = (name: string) => fileURLToPath(new URL(`../formats/fixtures/${name}`, import.meta.url));

function file(name: string, bytes: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** Processes that this one has started and that still run. */
const children = () => process.getActiveResourcesInfo().filter((kind) => kind === 'ProcessWrap');

/** A float WAV of any channels, EXTENSIBLE. */
function floatWav(channels: readonly Float32Array[], mask = 0): Buffer {
  const frames = channels[0].length;
  const format = Buffer.alloc(40);
  format.writeUInt16LE(0xfffe, 0);
  format.writeUInt16LE(channels.length, 2);
  format.writeUInt32LE(44_100, 4);
  format.writeUInt16LE(channels.length * 4, 12);
  format.writeUInt16LE(32, 14);
  format.writeUInt16LE(22, 16);
  format.writeUInt16LE(32, 18);
  format.writeUInt32LE(mask, 20);
  format.write('0300000000001000800000aa00389b71', 24, 'hex');
  const data = Buffer.alloc(frames * channels.length * 4);
  channels.forEach((channel, index) => {
    channel.forEach((sample, frame) => {
      data.writeFloatLE(sample, (frame * channels.length + index) * 4);
    });
  });
  const chunk = (id: string, body: Buffer) => {
    const head = Buffer.from(`${id}\0\0\0\0`, 'latin1');
    head.writeUInt32LE(body.length, 4);
    return Buffer.concat([head, body]);
  };
  return chunk('RIFF', Buffer.concat([Buffer.from('WAVE'), chunk('fmt ', format), chunk('data', data)]));
}

describe('facts', () => {
  it.each([
    ['u8.wav', 'WAV', 'PCM', 8, 500],
    ['s24-extensible.wav', 'WAV', 'PCM', 24, 500],
    ['f64.wav', 'WAV', 'float', 64, 500],
    ['alaw.wav', 'WAV', 'A-law', 8, 128],
    ['s16-sowt.aifc', 'AIFF', 'PCM', 16, 500],
    ['s24.flac', 'FLAC', 'FLAC', 24, 3000],
    ['s16.oga', 'Ogg', 'FLAC', 16, 500],
    ['tone.mp3', 'MP3', 'MP3', null, 22_050],
    ['tone.ogg', 'Ogg', 'Vorbis', null, 22_050],
    ['tone.opus', 'Ogg', 'Opus', null, 24_000],
  ])('%s', async (name, format, encoding, bitDepth, frames) => {
    const source = await openSource(nodePlatform, fixturePath(name));
    expect(source.facts).toEqual({ format, encoding, bitDepth, channelCount: 2 });
    expect([source.channelCount, source.frameCount, source.warnings]).toEqual([2, frames, []]);
    await source.close();
  });
});

describe('reading by ranges', () => {
  it.each(['s24.wav', 's16.aiff', 's16.flac', 'tone.ogg'])(
    '%s: ranges are cut from the whole',
    async (name) => {
      const source = await openSource(nodePlatform, fixturePath(name));
      const whole = await source.read(0, source.frameCount);
      for (const [start, count] of [
        [0, 1],
        [17, 200],
        [source.frameCount - 3, 3],
        [source.frameCount, 0],
      ]) {
        const part = await source.read(start, count);
        expect(part.channels).toEqual(whole.channels.map((channel) => channel.slice(start, start + count)));
      }
      await expect(source.read(source.frameCount, 1)).rejects.toThrow(RangeError);
      await source.close();
    },
  );

  it('ten seconds of a long file cost ten seconds', async () => {
    // Three hours of silence, sparse on the disk.
    const frames = 3 * 3600 * 44_100;
    const path = file('long.wav', '');
    const header = fixture('s24.wav').slice(0, 102);
    new DataView(header.buffer).setUint32(98, frames * 6 - 4, true);
    writeFileSync(path, header);
    truncateSync(path, 102 + frames * 6);
    const source = await openSource(nodePlatform, path);
    const before = process.memoryUsage().arrayBuffers;
    const { channels } = await source.read(frames - 500_000, 441_000);
    expect(channels[1]).toHaveLength(441_000);
    // The bytes and the samples of ten seconds: 6.2 MB.
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16e6);
    await source.close();
  });

  it('a closed source reads no more', async () => {
    const source = await openSource(nodePlatform, fixturePath('s16.wav'));
    await source.close();
    await expect(source.read(0, 1)).rejects.toThrow(FileSystemError);
  });
});

describe('more than two channels', () => {
  /** Each channel is a constant of its own power of two, so that its share shows in the sum. */
  const ladder = (count: number) =>
    Array.from({ length: count }, (_, index) => new Float32Array(4).fill(index === 0 ? 1 : 0));

  it('fold to stereo by BS.775: one channel at a time of 5.1', async () => {
    const shares: [number, number][] = [];
    for (let only = 0; only < 6; only++) {
      const channels = ladder(6);
      channels.forEach((channel, index) => {
        channel.fill(index === only ? 1 : 0);
      });
      const source = await openSource(nodePlatform, file('surround.wav', floatWav(channels, 0x3f)));
      expect(source.facts.channelCount).toBe(6);
      const [left, right] = (await source.read(0, 1)).channels;
      shares.push([left[0], right[0]]);
      await source.close();
    }
    const scale = 1 + 2 * Math.SQRT1_2;
    const [front, half] = [1 / scale, Math.SQRT1_2 / scale];
    const expected = [
      [front, 0],
      [0, front],
      [half, half],
      [0, 0],
      [half, 0],
      [0, half],
    ];
    shares.forEach((share, index) => {
      expect(share[0]).toBeCloseTo(expected[index][0], 6);
      expect(share[1]).toBeCloseTo(expected[index][1], 6);
    });
  });

  it.each([3, 4, 5, 6, 7, 8, 12])(
    'full scale on all of %i channels stays within full scale',
    async (count) => {
      const channels = Array.from({ length: count }, () => new Float32Array(4).fill(1));
      const source = await openSource(nodePlatform, file('loud.wav', floatWav(channels)));
      const { channels: stereo } = await source.read(0, 4);
      expect(stereo).toHaveLength(2);
      for (const channel of stereo) {
        expect(channel[0]).toBeGreaterThan(0.5);
        expect(channel[0]).toBeLessThanOrEqual(1 + 1e-6);
      }
      await source.close();
    },
  );

  /** What of each channel alone comes out left and right. */
  async function sharesOf(count: number, wav: (channels: Float32Array[]) => Buffer): Promise<number[][]> {
    const shares: number[][] = [];
    for (let only = 0; only < count; only++) {
      const channels = Array.from({ length: count }, (_, c) => new Float32Array(4).fill(c === only ? 1 : 0));
      const source = await openSource(nodePlatform, file('tracks.wav', wav(channels)));
      shares.push((await source.read(0, 1)).channels.map(([sample]) => sample));
      await source.close();
    }
    return shares;
  }

  it('without a speaker mask are tracks: none is a centre or low-frequency effects', async () => {
    const third = expect.closeTo(1 / 3, 6);
    const shares = await sharesOf(6, (channels) => floatWav(channels, 0));
    expect(shares).toEqual([0, 1, 2, 3, 4, 5].map((c) => (c % 2 === 0 ? [third, 0] : [0, third])));
    // A mask that names another number of speakers tells nothing of these.
    expect(await sharesOf(6, (channels) => floatWav(channels, 0xf))).toEqual(shares);
  });

  it('of an odd number: the last one, without a partner, to both sides', async () => {
    const scale = 1 / (1 + Math.SQRT1_2);
    const both = expect.closeTo(Math.SQRT1_2 * scale, 6);
    const shares = await sharesOf(3, (channels) => floatWav(channels, 0));
    expect(shares).toEqual([
      [expect.closeTo(scale, 6), 0],
      [0, expect.closeTo(scale, 6)],
      [both, both],
    ]);
  });

  it.skipIf(!hasTool('ffmpeg')).each([
    ['51.ogg', ['-c:a', 'libvorbis']],
    ['51.opus', ['-c:a', 'libopus', '-mapping_family', '1']],
    ['51.flac', ['-c:a', 'flac', '-sample_fmt', 's16']],
  ])('%s: each format has its own order of channels', async (name, codec) => {
    const channels = [220, 330, 440, 50, 550, 660].map((hertz) => sines([hertz], 24_000));
    const path = join(folder, name);
    run('ffmpeg', ['-v', 'error', '-y', '-i', file('51.wav', floatWav(channels, 0x3f)), ...codec, path]);
    const source = await openSource(nodePlatform, path);
    const { channels: stereo } = await source.read(0, source.frameCount);
    // ffmpeg gives all of them in the order of WAV.
    const wanted = downmix(ffmpegDecode(path, 6), downmixMatrix(6, 'wav', 0));
    expect(signalToNoise(wanted, stereo)).toBeGreaterThan(60);
    await source.close();
  });

  it('the speaker mask decides where it is given', async () => {
    // Back left, back right, back centre: no left and right in front at all.
    const channels = [1, 0, 0].map((value) => new Float32Array(4).fill(value));
    const source = await openSource(nodePlatform, file('backs.wav', floatWav(channels, 0x130)));
    const { channels: stereo } = await source.read(0, 1);
    expect([stereo[0][0], stereo[1][0]]).toEqual([expect.closeTo(Math.SQRT1_2 / (0.5 + Math.SQRT1_2), 6), 0]);
    await source.close();
  });
});

describe('bad files', () => {
  it('empty', async () => {
    await expect(openSource(nodePlatform, file('empty.wav', ''))).rejects.toThrow(MalformedFileError);
    await expect(openSource(nodePlatform, file('empty.mp3', ''))).rejects.toThrow('“empty.mp3” is empty');
  });

  it('text named .wav', async () => {
    const reading = openSource(nodePlatform, file('notes.wav', 'Remember the milk.\n'.repeat(100)));
    await expect(reading).rejects.toThrow(UnsupportedFormatError);
    await expect(reading).rejects.toThrow(/^“notes\.wav” holds text and no sound, .*; remove it, or /);
  });

  it('a folder named x.wav', async () => {
    mkdirSync(join(folder, 'x.wav'));
    await expect(openSource(nodePlatform, join(folder, 'x.wav'))).rejects.toThrow(/is a folder/);
  });

  it('dangling and circular links, and nothing at all', async () => {
    symlinkSync('gone.wav', join(folder, 'dangling.wav'));
    symlinkSync('circle.wav', join(folder, 'circle.wav'));
    await expect(openSource(nodePlatform, join(folder, 'dangling.wav'))).rejects.toThrow(/does not exist/);
    await expect(openSource(nodePlatform, join(folder, 'circle.wav'))).rejects.toThrow(/circle/);
    await expect(openSource(nodePlatform, join(folder, 'nothing.wav'))).rejects.toThrow(FileSystemError);
  });

  it.skipIf(process.platform === 'win32')('a pipe is refused, not waited for', async () => {
    const path = join(folder, 'pipe.wav');
    run('mkfifo', [path]);
    await expect(openSource(nodePlatform, path)).rejects.toThrow(/no regular file/);
  });

  it('samples that are no numbers are counted once', async () => {
    const channel = new Float32Array(100).fill(0.5).fill(Number.NaN, 10, 13);
    const source = await openSource(nodePlatform, file('nan.wav', floatWav([channel])));
    expect(source.warnings).toEqual([]);
    for (let pass = 0; pass < 2; pass++) {
      for (let start = 0; start < 100; start += 10) await source.read(start, 10);
    }
    expect(source.warnings).toEqual([expect.stringMatching(/“nan\.wav” has at least 3 samples/)]);
    expect((await source.read(9, 5)).channels[0]).toEqual(Float32Array.of(0.5, 0, 0, 0, 0.5));
    await source.close();
  });
});

describe('samples that are no numbers, in ranges that overlap', () => {
  it.each([
    [10, 7],
    [10, 10],
    [40, 1],
    [100, 100],
  ])('of %i frames, %i apart: counted once each', async (count, step) => {
    const channel = Float32Array.from({ length: 100 }, (_, frame) => (frame % 3 === 0 ? Number.NaN : 0.5));
    const source = await openSource(nodePlatform, file('sieve.wav', floatWav([channel, channel])));
    for (let start = 0; start < 100; start += step) await source.read(start, Math.min(count, 100 - start));
    expect(source.warnings).toEqual([expect.stringMatching(/ has at least 68 samples/)]);
    await source.close();
  });
});

describe('odd names', () => {
  it.each([
    'a b.wav',
    `it's "quoted".wav`,
    'two\nlines.wav',
    '🎹🌅.wav',
    '-i.wav',
    '--version.wav',
    '%d:file,pipe.wav',
    `${'n'.repeat(251)}.wav`,
  ])('%j', async (name) => {
    copyFileSync(fixturePath('s16.wav'), join(folder, name));
    const source = await openSource(nodePlatform, join(folder, name));
    expect((await source.read(0, 500)).channels).toEqual(noise(500, 16));
    await source.close();
  });
});

describe('what ffmpeg is asked for', () => {
  it('without ffmpeg there is one clear line', async () => {
    vi.stubEnv('PATH', folder);
    const reading = openSource(nodePlatform, file('song.m4a', '\0not ours'));
    await expect(reading).rejects.toThrow(UnsupportedFormatError);
    await expect(reading).rejects.toThrow(/“song\.m4a”.*needs ffmpeg on the PATH/);
  });

  it.skipIf(!hasTool('ffmpeg')).each([
    ['song.m4a', ['-c:a', 'alac'], 'alac'],
    ['song.caf', ['-c:a', 'pcm_s16le'], 'pcm_s16le'],
    ['-dash %d "q".mka', ['-c:a', 'pcm_s16le'], 'pcm_s16le'],
    ['song.au', ['-c:a', 'pcm_s16be'], 'pcm_s16be'],
  ])('%s', async (name, codec, encoding) => {
    const path = join(folder, name);
    run('ffmpeg', ['-v', 'error', '-y', '-i', fixturePath('s16.wav'), ...codec, `file:${path}`]);
    const source = await openSource(nodePlatform, path);
    expect(source.facts.encoding).toBe(encoding);
    expect((await source.read(0, 500)).channels).toEqual(noise(500, 16));
    expect([source.frameCount, source.warnings]).toEqual([500, []]);
    await source.close();
  });

  describe.skipIf(!hasTool('ffmpeg'))('what ffmpeg reads in part is said', () => {
    /** A tone of 3 s in a container, the first so many hundredths of its bytes. */
    const beginning = (name: string, codec: readonly string[], hundredths: number): string => {
      const whole = join(folder, `whole-${name}`);
      const tone = ['-f', 'lavfi', '-i', 'sine=frequency=300:duration=3:sample_rate=44100'];
      run('ffmpeg', ['-v', 'error', '-y', ...tone, ...codec, whole]);
      const bytes = readFileSync(whole);
      return file(name, bytes.subarray(0, Math.round((bytes.length * hundredths) / 100)));
    };
    const warningsOf = async (path: string) => {
      const source = await openSource(nodePlatform, path);
      await source.close();
      return source.warnings;
    };

    it.each([
      ['half.wv', [], /“half\.wv” is cut short: it holds .* of the 3\.00 s its header claims/],
      [
        'half.mka',
        ['-c:a', 'flac'],
        /“half\.mka” is cut short: it holds .* of the 3\.00 s its header claims/,
      ],
      // Its length is what ffmpeg guesses by its size.
      ['half.wma', [], /“half\.wma” is damaged; what ffmpeg could decode of it is used/],
    ] as const)('of a %s that was cut', async (name, codec, words) => {
      expect(await warningsOf(beginning(name, codec, 50))).toEqual([expect.stringMatching(words)]);
      expect(await warningsOf(beginning(`all-${name}`, codec, 100))).toEqual([]);
    });

    it('of TTA in Matroska, whose last block ffmpeg loses', async () => {
      const path = beginning('tta.mka', ['-af', 'atrim=end_sample=60775', '-c:a', 'tta'], 100);
      expect(await warningsOf(path)).toEqual([
        '“tta.mka” is cut short: it holds 1.04 of the 1.38 s its header claims, and those are used.',
      ]);
    });

    it('but a film may be longer than its sound, and of two sounds one is read', async () => {
      const picture = ['-f', 'lavfi', '-i', 'color=size=16x16:rate=5:duration=3'];
      const tone = (seconds: number) => ['-f', 'lavfi', '-i', `sine=duration=${seconds}`];
      const film = join(folder, 'film.mkv');
      run('ffmpeg', ['-v', 'error', '-y', ...picture, ...tone(1), '-c:v', 'mpeg4', '-c:a', 'flac', film]);
      const two = join(folder, 'two.mka');
      const both = ['-map', '0', '-map', '1', '-c:a', 'flac'];
      run('ffmpeg', ['-v', 'error', '-y', ...tone(1), ...tone(3), ...both, two]);
      expect(await warningsOf(film)).toEqual([]);
      expect(await warningsOf(two)).toEqual([]);
    });
  });

  // Lengths that no millisecond ends with: the edit list that ffmpeg writes counts in those.
  it.skipIf(!hasTool('ffmpeg')).each([
    ['aac.m4a', ['-c:a', 'aac'], 66_123],
    ['fast.m4a', ['-c:a', 'aac', '-movflags', '+faststart'], 66_049],
    ['half.m4a', ['-c:a', 'aac', '-ar', '22050'], 33_062],
    ['aac.mov', ['-c:a', 'aac'], 66_123],
    ['alac.m4a', ['-c:a', 'alac'], 66_123],
    ['alac.caf', ['-c:a', 'alac'], 66_123],
    // These state no length, or not to the frame: all that ffmpeg decodes is kept.
    ['fragments.m4a', ['-c:a', 'aac', '-movflags', '+frag_keyframe+empty_moov'], null],
    ['bare.aac', ['-c:a', 'aac'], null],
    ['song.mp2', ['-c:a', 'mp2'], null],
    ['song.wma', ['-c:a', 'wmav2'], null],
    ['aac.mka', ['-c:a', 'aac'], null],
  ])('%s is as long as it states', async (name, codec, length) => {
    const path = join(folder, name);
    const original = ['-f', 'lavfi', '-i', 'sine=441:r=44100,aformat=channel_layouts=stereo'];
    const end = ['-af', `atrim=end_sample=${name.startsWith('half') ? 66_124 : (length ?? 66_123)}`];
    run('ffmpeg', ['-v', 'error', '-y', ...original, ...end, ...codec, path]);
    const decoded = ffmpegDecode(path, 2);
    const source = await openSource(nodePlatform, path);
    expect([source.frameCount, source.warnings]).toEqual([length ?? decoded[0].length, []]);
    const { channels } = await source.read(0, source.frameCount);
    expect(channels).toEqual(decoded.map((channel) => channel.subarray(0, source.frameCount)));
    await source.close();
  });

  it.skipIf(!hasTool('ffmpeg') || !hasTool('sox'))(
    'an ADPCM WAV ends where its fact chunk says',
    async () => {
      const path = join(folder, 'adpcm.wav');
      run('sox', [
        '-D',
        '-n',
        '-r',
        '44100',
        '-c',
        '1',
        '-e',
        'ima-adpcm',
        path,
        'synth',
        '1.234',
        'sine',
        '441',
      ]);
      const stated = readFileSync(path).readUInt32LE(readFileSync(path).indexOf('fact') + 8);
      const source = await openSource(nodePlatform, path);
      expect(ffmpegDecode(path, 1)[0].length).toBeGreaterThan(stated);
      expect([source.frameCount, source.warnings]).toEqual([stated, []]);
      await source.close();
    },
  );

  it.each(['s24.wav', 's16.aiff'])(
    '%s that is cut while it is read is said to be, and not read as silence',
    async (name) => {
      const path = file(name, fixture(name));
      const source = await openSource(nodePlatform, path);
      truncateSync(path, 400);
      const reading = source.read(0, source.frameCount);
      await expect(reading).rejects.toThrow(MalformedFileError);
      await expect(reading).rejects.toThrow(
        `“${name}” became shorter while it was read; run again once nothing writes to it any more.`,
      );
      await source.close();
    },
  );

  it.each(['s16.flac', 'tone.ogg', 'tone.mp3'])('so is %s, which is decoded first', async (name) => {
    const path = file(name, fixture(name));
    // As if it were cut right after it was opened.
    const stat = async (asked: string) => {
      const found = await nodePlatform.files.stat(asked);
      if (asked === path) truncateSync(path, 400);
      return found;
    };
    const platform = { ...nodePlatform, files: { ...nodePlatform.files, stat } };
    await expect(openSource(platform, path)).rejects.toThrow(/became shorter while it was read/);
  });

  it.skipIf(!hasTool('ffmpeg')).each(['caf', 'm4a'])('so is a %s, which ffmpeg reads', async (ending) => {
    const path = join(folder, `cut.${ending}`);
    run('ffmpeg', ['-v', 'error', '-y', '-i', fixturePath('s16.wav'), path]);
    const foreignDecoder = {
      async open(asked: string) {
        const stream = await nodePlatform.foreignDecoder!.open(asked);
        truncateSync(path, 400);
        return stream;
      },
    };
    await expect(openSource({ ...nodePlatform, foreignDecoder }, path)).rejects.toThrow(
      /became shorter while it was read/,
    );
  });

  it.skipIf(!hasTool('ffmpeg'))('an M4A that is cut off is used, and told of', async () => {
    const whole = join(folder, 'whole.m4a');
    const original = ['-f', 'lavfi', '-i', 'sine=441:r=44100', '-t', '3'];
    run('ffmpeg', ['-v', 'error', '-y', ...original, '-c:a', 'aac', '-movflags', '+faststart', whole]);
    const bytes = readFileSync(whole);
    const source = await openSource(nodePlatform, file('off.m4a', bytes.subarray(0, bytes.length / 2)));
    expect(source.frameCount).toBeGreaterThan(44_100);
    expect(source.warnings).toContainEqual(
      expect.stringMatching(/“off\.m4a” is cut short: it holds \d\.\d\d of the 3\.00 s/),
    );
    await source.close();
  });

  it.skipIf(!hasTool('ffmpeg'))('a WAV around a codec of its own goes there too', async () => {
    const path = join(folder, 'adpcm.wav');
    run('ffmpeg', ['-v', 'error', '-y', '-i', fixturePath('tone.ogg'), '-c:a', 'adpcm_ms', path]);
    const source = await openSource(nodePlatform, path);
    expect(source.facts.encoding).toBe('adpcm_ms');
    expect(source.frameCount).toBeGreaterThanOrEqual(22_050);
    await source.close();
  });

  it.skipIf(!hasTool('ffmpeg'))('a file that is refused leaves no ffmpeg behind', async () => {
    // Two minutes: far more than the pipe holds, so that ffmpeg waits to be read, or killed.
    const path = join(folder, 'low.au');
    const silence = ['-f', 'lavfi', '-i', 'anullsrc=r=4000:cl=mono', '-t', '120'];
    run('ffmpeg', ['-v', 'error', '-y', ...silence, '-c:a', 'pcm_s16be', path]);
    await expect(openSource(nodePlatform, path)).rejects.toThrow(/4000 Hz/);
    await vi.waitFor(() => expect(children()).toEqual([]), 5000);
  });

  it.skipIf(!hasTool('ffmpeg'))('a stream that nobody walks ends with close', async () => {
    const path = join(folder, 'unwalked.au');
    const silence = ['-f', 'lavfi', '-i', 'anullsrc=r=44100:cl=mono', '-t', '60'];
    run('ffmpeg', ['-v', 'error', '-y', ...silence, '-c:a', 'pcm_s16be', path]);
    const stream = await openWithFfmpeg(path);
    expect(children()).toHaveLength(1);
    stream.close();
    await vi.waitFor(() => expect(children()).toEqual([]), 5000);
  });

  it.skipIf(!hasTool('ffmpeg'))('a playlist does not reach the network', async () => {
    const asked: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url);
      response.end();
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const { port } = server.address() as AddressInfo;
    const playlist = `#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nhttp://127.0.0.1:${port}/a.ts\n#EXT-X-ENDLIST\n`;
    await expect(openSource(nodePlatform, file('list.m3u8', playlist))).rejects.toThrow(
      UnsupportedFormatError,
    );
    await new Promise((closed) => server.close(closed));
    expect(asked).toEqual([]);
  });
});
