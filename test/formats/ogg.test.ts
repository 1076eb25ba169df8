/** Ogg files that hold more than one sound, pictures, other streams, and damage in one of their links. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openSource } from '../../src/archive/source.ts';
import { UnsupportedFormatError } from '../../src/errors.ts';
import { byteReader } from '../../src/formats/bytes.ts';
import { identify } from '../../src/formats/identify.ts';
import { packetJoiner } from '../../src/formats/ogg-packets.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { hasTool } from '../tools.ts';
import {
  chained,
  FIRST,
  joined,
  LAST,
  longPacketPages,
  type Page,
  packetsOn,
  pagesOf,
  pageWith,
  renumbered,
  sealed,
  viewOf,
} from './ogg-files.ts';
import { fixture, readBytes, run, signalToNoise, type WholeSound } from './reading.ts';

const folder = mkdtempSync(join(tmpdir(), 'afterglow-ogg-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

const vorbis = fixture('tone.ogg');
const opus = fixture('tone.opus');
const flac = fixture('s16.oga');
const mono = fixture('mono-48k.ogg');

/** The sound of files read alone, one behind the other. */
async function oneByOne(...files: Uint8Array[]): Promise<Float32Array[]> {
  const sounds: WholeSound[] = [];
  for (const bytes of files) sounds.push(await readBytes(bytes));
  return [0, 1].map((channel) =>
    Float32Array.from(sounds.flatMap(({ channels }) => Array.from(channels[channel] ?? channels[0]))),
  );
}

/** The same samples, to the bit. */
function expectSame(
  got: Float32Array | readonly Float32Array[],
  wanted: Float32Array | readonly Float32Array[],
) {
  const bytes = (sound: typeof got) => {
    const channels = sound instanceof Float32Array ? [sound] : sound;
    return channels.map((channel) => Buffer.from(channel.slice().buffer));
  };
  const [gotBytes, wantedBytes] = [bytes(got), bytes(wanted)];
  expect(gotBytes.map(({ length }) => length)).toEqual(wantedBytes.map(({ length }) => length));
  expect(gotBytes.map((channel, index) => channel.compare(wantedBytes[index]))).toEqual(
    gotBytes.map(() => 0),
  );
}

/** A file with a byte of one of its pages changed and its checksum left wrong. */
function damagedAt(bytes: Uint8Array, pageIndex: number): Uint8Array {
  const pages = pagesOf(bytes);
  const page = pages.at(pageIndex)!;
  page[page.length - 1] ^= 0x55;
  return joined(pages);
}

describe('a chain', () => {
  it.each([
    ['two of Vorbis', [vorbis, vorbis]],
    ['two of Opus', [opus, opus]],
    ['two of FLAC', [flac, flac]],
    ['FLAC and Vorbis', [flac, vorbis, flac]],
  ])('%s: all links, each to its own end', async (_what, files) => {
    const sound = await readBytes(chained(...files), 'chain');
    expect(sound.warnings).toEqual([]);
    expectSame(sound.channels, await oneByOne(...files));
  });

  it('files joined as they are, all with one serial number', async () => {
    const { channels, warnings } = await readBytes(joined([vorbis, vorbis, vorbis]));
    expect(warnings).toEqual([]);
    expectSame(channels, await oneByOne(vorbis, vorbis, vorbis));
  });

  it('of a hundred links', async () => {
    const { channels, warnings } = await readBytes(chained(...new Array<Uint8Array>(100).fill(flac)));
    expect([channels[0].length, warnings]).toEqual([50_000, []]);
  });

  it('mono at 48 kHz, then stereo at 44.1 kHz', async () => {
    const source = await openSource(nodePlatform, file('wider.ogg', chained(mono, vorbis)));
    expect(source.facts).toEqual({ format: 'Ogg', encoding: 'Vorbis', bitDepth: null, channelCount: 2 });
    const converted = Math.ceil((22_050 * 48_000) / 44_100);
    expect([source.sampleRate, source.channelCount, source.frameCount]).toEqual([
      48_000,
      2,
      12_000 + converted,
    ]);
    const { channels } = await source.read(0, source.frameCount);
    const [alone] = (await readBytes(mono)).channels;
    for (const channel of channels) expectSame(channel.slice(0, 12_000), alone);
    const sine = (amplitude: number, hertz: number) =>
      Float32Array.from(
        { length: converted },
        (_, n) => amplitude * Math.sin((2 * Math.PI * hertz * n) / 48_000),
      );
    const behind = channels.map((channel) => channel.slice(12_000));
    expect(signalToNoise([sine(0.4, 441), sine(0.3, 661.5)], behind)).toBeGreaterThan(20);
    expect(source.warnings).toEqual([
      '“wider.ogg” changes from mono to stereo at 0.25 s; all of it is read as stereo.',
      '“wider.ogg” changes from 48 to 44.1 kHz at 0.25 s; all of it is read at the rate it begins with.',
    ]);
    await source.close();
  });

  it.skipIf(!hasTool('oggdec'))('of Vorbis, as oggdec reads it', async () => {
    const path = file('chain.ogg', chained(vorbis, vorbis));
    run('oggdec', ['-Q', '-R', '-b', '16', '-e', '0', '-s', '1', '-o', join(folder, 'chain.raw'), path]);
    const wanted = planar16(join(folder, 'chain.raw'));
    const { channels } = await readBytes(new Uint8Array(readFileSync(path)));
    expect(channels[0]).toHaveLength(wanted[0].length);
    expect(signalToNoise(wanted, channels)).toBeGreaterThan(70);
  });
});

/** Interleaved stereo of 16 bits. */
function planar16(path: string): Float32Array[] {
  const integers = new Int16Array(new Uint8Array(readFileSync(path)).buffer);
  return [0, 1].map((channel) =>
    Float32Array.from({ length: integers.length / 2 }, (_, frame) => integers[2 * frame + channel] / 32_768),
  );
}

describe('gain and pre-skip of Opus', () => {
  /** The fixture as another encoder would label it. */
  function labelled(preSkip: number, gainDb: number): Uint8Array {
    const pages = pagesOf(opus);
    const head = viewOf(pages[0].subarray(27 + pages[0][26]));
    head.setUint16(10, preSkip, true);
    head.setInt16(16, gainDb * 256, true);
    return sealed(pages);
  }

  it('are those of each link', async () => {
    const preSkip = viewOf(pagesOf(opus)[0]).getUint16(27 + 1 + 10, true);
    const { channels } = await readBytes(chained(opus, labelled(preSkip + 1000, -6)));
    const [plain] = (await readBytes(opus)).channels;
    expect(channels[0]).toHaveLength(24_000 + 23_000);
    const [first, second] = [channels[0].slice(0, 24_000), channels[0].slice(24_000)];
    expectSame(first, plain);
    const quieter = plain.slice(1000).map((sample) => sample * 10 ** (-6 / 20));
    expect(signalToNoise([quieter], [second])).toBeGreaterThan(100);
  });

  it.skipIf(!hasTool('opusdec'))('as opusdec reads them', async () => {
    const path = file('chain.opus', chained(labelled(312, 6), labelled(1500, -3.5), opus));
    run('opusdec', ['--quiet', '--no-dither', '--rate', '48000', path, join(folder, 'opus.wav')]);
    const wanted = await readBytes(new Uint8Array(readFileSync(join(folder, 'opus.wav'))));
    const { channels } = await readBytes(new Uint8Array(readFileSync(path)));
    expect(channels[0]).toHaveLength(wanted.channels[0].length);
    expect(signalToNoise(wanted.channels, channels)).toBeGreaterThan(60);
  });
});

describe('comments of any size', () => {
  /** Pages with a comment packet of this length instead of the file's own, whose set-up may share its page. */
  function withComment(bytes: Uint8Array, start: string, length: number): Uint8Array {
    const [head, headers, ...sound] = pagesOf(bytes);
    const serial = viewOf(head).getUint32(14, true);
    const comment = longPacketPages(new TextEncoder().encode(start), length, serial);
    const [, ...others] = packetsOn(headers);
    const setUp = others.map((packet) => pageWith({ serial }, packet));
    return sealed(renumbered([head, ...comment, ...setUp, ...sound]));
  }

  it.each([
    ['Vorbis', vorbis, '\x03vorbis'],
    ['Opus', opus, 'OpusTags'],
  ])('%s', async (_codec, bytes, start) => {
    const alone = await readBytes(bytes);
    for (const length of [0, 255, 65_025, 65_026, 1 << 20, (1 << 20) + 1, 5_000_000]) {
      const { channels, warnings } = await readBytes(withComment(bytes, start, Math.max(8, length)));
      expectSame(channels, alone.channels);
      expect(warnings).toEqual([]);
    }
  });

  it('damaged ones cost no sound', async () => {
    const { channels, warnings } = await readBytes(
      damagedAt(withComment(vorbis, '\x03vorbis', 200_000), 2),
      'x',
    );
    expectSame(channels, (await readBytes(vorbis)).channels);
    expect(warnings).toEqual([expect.stringMatching(/^“x” is damaged in one place/)]);
  });

  it('a packet that has lost a page is left out, and no other', () => {
    const join = packetJoiner();
    const page = { serial: 1, first: false, last: false, granule: 0 };
    const part = (value: number) => new Uint8Array(510).fill(value);
    const packetsOf = (sequence: number, parts: Uint8Array[], continued: boolean, open: boolean) =>
      join({ ...page, sequence, parts, continued, open }).packets.map(({ length, 0: value }) => [
        value,
        length,
      ]);
    expect(packetsOf(0, [part(1), part(2)], false, true)).toEqual([[1, 510]]);
    expect(packetsOf(1, [part(2)], true, true)).toEqual([]);
    expect(packetsOf(2, [part(2), part(3), part(4)], true, true)).toEqual([
      [2, 1530],
      [3, 510],
    ]);
    expect(packetsOf(4, [part(4), part(5)], true, false)).toEqual([[5, 510]]);
  });

  it('a packet without end is not held', () => {
    const join = packetJoiner();
    const before = process.memoryUsage().arrayBuffers;
    let packets = 0;
    const parts = [new Uint8Array(65_025)];
    for (let sequence = 0; sequence < 2000; sequence++) {
      const page = { serial: 1, first: false, last: false, granule: -1, continued: sequence > 0 };
      packets += join({ ...page, sequence, parts, open: sequence < 1999 }).packets.length;
    }
    expect(packets).toBe(0);
    // 130 MB went through.
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16e6);
  });
});

describe('streams side by side', () => {
  /** The fixture's pages, and between them those of two streams that are no sound. */
  function multiplexed(bytes: Uint8Array): Uint8Array {
    const [head, ...rest] = pagesOf(bytes);
    const text = (words: string) => new TextEncoder().encode(words);
    const between = rest.flatMap((page, index): Page[] => [
      pageWith({ serial: 8, sequence: index + 1, granule: index }, new Uint8Array(3000).fill(index)),
      page,
    ]);
    return sealed([
      pageWith({ flags: FIRST, serial: 7 }, text(`fishead\0${'\0'.repeat(56)}`)),
      pageWith({ flags: FIRST, serial: 8 }, text('\x80theora')),
      head,
      pageWith({ flags: LAST, serial: 7, sequence: 1 }, new Uint8Array(0)),
      ...between,
    ]);
  }

  it.each([
    ['vorbis', vorbis],
    ['opus', opus],
    ['ogg-flac', flac],
  ])('the sound of %s is found among others', async (format, bytes) => {
    const many = multiplexed(bytes);
    expect((await identify(byteReader('x', many)))?.format).toBe(format);
    const { channels, warnings } = await readBytes(bytes);
    expect(warnings).toEqual([]);
    for (const all of [many, joined([many, many])]) {
      const sound = await readBytes(all);
      expect(sound.warnings).toEqual([]);
      const wanted = all === many ? channels : await oneByOne(bytes, bytes);
      expectSame(sound.channels, wanted);
    }
  });

  it('of two sounds the first is read, and that is said', async () => {
    const [first, ...rest] = pagesOf(chained(vorbis));
    const [other, ...others] = pagesOf(mono);
    const { channels, warnings } = await readBytes(joined([first, other, ...rest, ...others]), 'x');
    expectSame(channels, (await readBytes(vorbis)).channels);
    expect(warnings).toEqual(['“x” has 2 sounds side by side; only the first is read.']);
  });

  it('without any known sound it is not ours', async () => {
    const page = pageWith({ flags: FIRST }, new TextEncoder().encode('Speex   1.2'));
    expect(await identify(byteReader('x', sealed([page])))).toBeNull();
  });

  it.skipIf(!hasTool('ffmpeg'))('a film with sound, as ffmpeg reads it', async () => {
    const path = join(folder, 'film.ogv');
    const inputs = ['testsrc=s=64x64:r=10:d=1', 'sine=440:r=44100:d=1'].flatMap((one) => [
      '-f',
      'lavfi',
      '-i',
      one,
    ]);
    const codecs = ['-c:v', 'libtheora', '-c:a', 'libvorbis'];
    run('ffmpeg', ['-v', 'error', '-y', ...inputs, ...codecs, '-f', 'ogg', path]);
    const source = await openSource(nodePlatform, path);
    expect([source.facts.encoding, source.frameCount, source.warnings]).toEqual(['Vorbis', 44_100, []]);
    await source.close();
  });
});

describe('a link that is damaged', () => {
  it.each([
    ['Vorbis', vorbis],
    ['Opus', opus],
  ])('%s: costs the next one nothing', async (_codec, bytes) => {
    const pages = pagesOf(bytes).length;
    const next = (await readBytes(bytes)).channels;
    for (let page = 2; page < pages; page++) {
      const { channels, warnings } = await readBytes(joined([damagedAt(bytes, page), bytes]), 'x');
      expectSame(channels[0].slice(-next[0].length), next[0]);
      expect(channels[0].length).toBeLessThan(2 * next[0].length);
      expect(warnings).toEqual([expect.stringMatching(/^“x” is damaged in one place; \d\.\d\d s of it/)]);
    }
  });

  it.skipIf(!hasTool('ffmpeg'))('FLAC: is silent where it is damaged', async () => {
    const path = join(folder, 'long.oga');
    const input = ['-f', 'lavfi', '-i', 'anoisesrc=r=44100:d=1:a=0.3:seed=1'];
    const codec = ['-c:a', 'flac', '-sample_fmt', 's16', '-frame_size', '1024', '-page_duration', '20000'];
    run('ffmpeg', ['-v', 'error', '-y', ...input, ...codec, '-f', 'ogg', path]);
    const long = new Uint8Array(readFileSync(path));
    const { channels, warnings } = await readBytes(joined([damagedAt(long, 20), flac]), 'x');
    const whole = await readBytes(joined([long, flac]));
    expect(whole.channels[0]).toHaveLength(44_100 + 500);
    const wrong = channels[0].reduce((sum, sample, n) => sum + (sample === whole.channels[0][n] ? 0 : 1), 0);
    expect(wrong).toBeGreaterThan(900);
    expect(wrong).toBeLessThanOrEqual(1024);
    expect(warnings).toEqual(['“x” is damaged: 0.02 s of it are read as silence.']);
  });

  it.each([
    ['its beginning', damagedAt(vorbis, 0)],
    ['its set-up', damagedAt(vorbis, 1)],
    ['a rate that cannot be', withRate(vorbis, 4000)],
  ])('without %s is left out', async (_what, broken) => {
    const { channels, warnings } = await readBytes(joined([vorbis, broken, vorbis]), 'x');
    expectSame(channels, await oneByOne(vorbis, vorbis));
    expect(warnings).toEqual(['“x” has a part that cannot be decoded; the 1.00 s of the others are used.']);
  });

  it('alone, is refused for what is wrong with it', async () => {
    const reading = readBytes(withRate(vorbis, 4000), 'x');
    await expect(reading).rejects.toThrow(UnsupportedFormatError);
    await expect(reading).rejects.toThrow(/“x” has a sample rate of 4000 Hz/);
    await expect(readBytes(damagedAt(vorbis, 0), 'x')).rejects.toThrow(
      /“x” has an Ogg header that is damaged/,
    );
  });

  it('FLAC without one sound frame is no sound', async () => {
    const pages = pagesOf(flac);
    pages.at(-1)!.fill(0x55, -100);
    const broken = sealed(pages);
    await expect(readBytes(broken, 'x')).rejects.toThrow(/“x” holds no sound that can be decoded/);
    const { warnings } = await readBytes(joined([broken, flac]), 'x');
    expect(warnings).toEqual(['“x” has a part that cannot be decoded; the 0.01 s of the others are used.']);
  });

  it('cut before its end: said of the last link, and damage in others', async () => {
    const cut = joined(pagesOf(vorbis).slice(0, -1));
    expect((await readBytes(joined([vorbis, cut]), 'x')).warnings).toEqual([
      expect.stringMatching(/^“x” is cut short: its end is missing/),
    ]);
    expect((await readBytes(joined([cut, vorbis]), 'x')).warnings).toEqual([
      expect.stringMatching(/^“x” is damaged in one place/),
    ]);
  });

  it('what lies behind the last one is no damage', async () => {
    const tag = new Uint8Array(128);
    tag.set(new TextEncoder().encode('TAG'));
    const { warnings } = await readBytes(joined([vorbis, tag]));
    expect(warnings).toEqual([]);
  });
});

/** A Vorbis file that states another rate. */
function withRate(bytes: Uint8Array, rate: number): Uint8Array {
  const pages = pagesOf(bytes);
  viewOf(pages[0]).setUint32(27 + 1 + 12, rate, true);
  return sealed(pages);
}

describe('the clock of a link', () => {
  it.each([
    ['Vorbis', vorbis],
    ['Opus', opus],
  ])(
    '%s: of a recording that was joined on air does not begin at 0, and trims the end',
    async (_codec, bytes) => {
      const late = pagesOf(bytes);
      for (const page of late) {
        const granule = viewOf(page).getBigInt64(6, true);
        if (granule > 0n) viewOf(page).setBigInt64(6, granule + 1_000_000n, true);
      }
      const { channels, warnings } = await readBytes(chained(sealed(late), bytes));
      expect(warnings).toEqual([]);
      expectSame(channels, await oneByOne(bytes, bytes));
    },
  );

  it.each([
    ['Vorbis', vorbis],
    ['Opus', opus],
  ])('%s: that is behind its first page trims the start', async (_codec, bytes) => {
    const early = pagesOf(bytes);
    for (const page of early) {
      const granule = viewOf(page).getBigInt64(6, true);
      if (granule > 0n) viewOf(page).setBigInt64(6, granule - 700n, true);
    }
    const { channels, warnings } = await readBytes(chained(bytes, sealed(early)));
    const whole = (await readBytes(bytes)).channels;
    expect(warnings).toEqual([]);
    channels.forEach((channel, index) => {
      expectSame(channel.slice(0, whole[0].length), whole[index]);
      expectSame(channel.slice(whole[0].length), whole[index].slice(700));
    });
  });

  it.skipIf(!hasTool('vcut') || !hasTool('oggdec'))('of both halves of a cut by vcut', async () => {
    const [path, first, second, raw] = ['uncut.ogg', 'first.ogg', 'second.ogg', 'second.raw'].map((name) =>
      join(folder, name),
    );
    run('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', 'sine=440:r=44100:d=2', '-ac', '2', path]);
    run('vcut', [path, first, second, '30001']);
    run('oggdec', ['-Q', '-R', '-b', '16', '-e', '0', '-s', '1', '-o', raw, second]);
    const [head, tail] = [first, second].map((name) => new Uint8Array(readFileSync(name)));
    const behind = (await readBytes(tail)).channels;
    expect(signalToNoise(planar16(raw), behind)).toBeGreaterThan(60);
    // vcut gives the whole back, but for the last bits of the blocks at the cut.
    const { channels } = await readBytes(joined([head, tail]));
    const uncut = (await readBytes(new Uint8Array(readFileSync(path)))).channels;
    expect(channels[0]).toHaveLength(uncut[0].length);
    expect(signalToNoise(uncut, channels)).toBeGreaterThan(60);
  });

  it('may say more than once that it ends', async () => {
    const pages = pagesOf(mono);
    const [head, headers, sound] = pages;
    const serial = viewOf(head).getUint32(14, true);
    // The packets of the only page of sound, a page each, and each of these the last.
    const packets = packetsOn(sound);
    const clock = [0, ...(await packetClock(head, headers, packets))];
    const last = packets.map((packet, index) =>
      pageWith({ flags: LAST, serial, granule: Math.min(12_000, clock[index + 1]) }, packet),
    );
    const { channels, warnings } = await readBytes(sealed(renumbered([head, headers, ...last])));
    expect(warnings).toEqual([]);
    expectSame(channels, (await readBytes(mono)).channels);
  });
});

/** Frames that are out when each of these packets is in. */
async function packetClock(head: Page, headers: Page, packets: readonly Uint8Array[]): Promise<number[]> {
  const serial = viewOf(head).getUint32(14, true);
  const clock = [0];
  for (let count = 2; count <= packets.length; count++) {
    const sound = pageWith({ serial, granule: 0, sequence: 2 }, ...packets.slice(0, count));
    // No last page: nothing is trimmed.
    viewOf(sound).setBigInt64(6, BigInt(1 << 30), true);
    const { channels } = await readBytes(sealed([head.slice(), headers.slice(), sound]));
    clock.push(channels[0].length);
  }
  return clock;
}
