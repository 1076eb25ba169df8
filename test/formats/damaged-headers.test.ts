import { describe, expect, it, vi } from 'vitest';
import { MalformedFileError, UnsupportedFormatError } from '../../src/errors.ts';
import { readAiffHeader } from '../../src/formats/aiff-header.ts';
import { byteReader } from '../../src/formats/bytes.ts';
import { isSoundFrame } from '../../src/formats/flac-decoder.ts';
import { flacFrames } from '../../src/formats/flac-frames.ts';
import { readFlacInfo } from '../../src/formats/flac-info.ts';
import { readWavHeader } from '../../src/formats/wav-header.ts';
import { fixture, noise, readBytes } from './reading.ts';

/** Where a chunk begins. */
function chunkAt(bytes: Uint8Array, id: string): number {
  const at = Buffer.from(bytes).indexOf(id, 12, 'latin1');
  if (at < 0) throw new Error(`no ${id}`);
  return at;
}

/** A copy with a 32-bit number written at an offset behind a chunk's beginning. */
function patched(
  name: string,
  id: string,
  offset: number,
  value: number,
  width = 4,
  little = true,
): Uint8Array {
  const bytes = fixture(name).slice();
  const view = new DataView(bytes.buffer);
  const at = chunkAt(bytes, id) + offset;
  if (width === 4) view.setUint32(at, value, little);
  else view.setUint16(at, value, little);
  return bytes;
}

describe('WAV sizes that lie', () => {
  it.each([
    [0, /does not say how long/],
    [0xffffffff, /does not say how long/],
    [0x7ffff000, /cut short: it holds 0\.01 of the 12173\.92 s/],
    [2001, /cut short/],
  ])('data size %i: what is there is used, with a warning', async (size, warning) => {
    const sound = await readBytes(patched('s16.wav', 'data', 4, size), 'song.wav');
    expect(sound.channels).toEqual(noise(500, 16));
    expect(sound.warnings).toEqual([expect.stringMatching(warning)]);
    expect(sound.warnings[0]).toContain('“song.wav”');
  });

  it('a size that sound runs on behind is stale', async () => {
    const sound = await readBytes(patched('s16.wav', 'data', 4, 400), 'song.wav');
    expect(sound.channels).toEqual(noise(500, 16));
    expect(sound.warnings).toEqual([
      '“song.wav” claims 0.00 s, but its sound runs on behind them; all 0.01 s to its end are read.',
    ]);
  });

  it('an empty data chunk with another behind it holds nothing', async () => {
    const bytes = fixture('s16.wav');
    const at = chunkAt(bytes, 'data');
    const list = bytes.subarray(36, at);
    const empty = new Uint8Array([...bytes.subarray(0, 36), ...Buffer.from('data\0\0\0\0'), ...list]);
    const { layout, warnings } = await readWavHeader(byteReader('empty.wav', empty));
    expect([layout.frameCount, warnings]).toEqual([0, []]);
  });

  it('the RIFF size does not matter', async () => {
    for (const size of [0, 1, 0xffffffff]) {
      const bytes = fixture('s16.wav').slice();
      new DataView(bytes.buffer).setUint32(4, size, true);
      expect((await readBytes(bytes)).channels).toEqual(noise(500, 16));
    }
  });

  it('data cut in the middle gives whole frames up to there', async () => {
    const bytes = fixture('s24.wav');
    const sound = await readBytes(bytes.slice(0, chunkAt(bytes, 'data') + 8 + 6 * 250 + 5));
    expect(sound.channels).toEqual(noise(500, 24).map((channel) => channel.slice(0, 250)));
    expect(sound.warnings).toHaveLength(1);
  });
});

describe('WAV chunks', () => {
  const parts = () => {
    const bytes = fixture('s16.wav');
    const at = chunkAt(bytes, 'data');
    return { head: bytes.slice(0, 12), format: bytes.slice(12, 36), data: bytes.slice(at) };
  };
  /** An odd chunk and its padding byte. */
  const odd = [...Buffer.from('junk'), 3, 0, 0, 0, 1, 2, 3, 0];

  it('are found behind chunks of odd length', async () => {
    const { head, format, data } = parts();
    const sound = await readBytes(new Uint8Array([...head, ...odd, ...format, ...odd, ...data]));
    expect(sound.channels).toEqual(noise(500, 16));
  });

  it('are found behind chunks of odd length that lack their padding', async () => {
    const { head, format, data } = parts();
    const bare = odd.slice(0, -1);
    const sound = await readBytes(new Uint8Array([...head, ...bare, ...format, ...bare, ...data]));
    expect(sound.channels).toEqual(noise(500, 16));
  });

  it('may stand in any order', async () => {
    const { head, format, data } = parts();
    const sound = await readBytes(new Uint8Array([...head, ...data, ...odd, ...format]));
    expect(sound.channels).toEqual(noise(500, 16));
  });

  it('are missed where they are missing', async () => {
    const { head, format, data } = parts();
    await expect(readBytes(new Uint8Array([...head, ...data]))).rejects.toThrow(/no fmt chunk/);
    await expect(readBytes(new Uint8Array([...head, ...format]))).rejects.toThrow(/no data chunk/);
  });

  it('without end are given up', async () => {
    const empties = new Uint8Array(12 + 8 * 20_000);
    empties.set(parts().head);
    const reader = byteReader('empties.wav', empties);
    const reads = vi.spyOn(reader, 'read');
    await expect(readWavHeader(reader)).rejects.toThrow(MalformedFileError);
    expect(reads.mock.calls.length).toBeLessThan(5000);
  });
});

describe('what cannot be meant', () => {
  it.each([
    ['0 channels', 10, 0, 2, MalformedFileError, /0 channels/],
    ['65535 channels', 10, 65_535, 2, MalformedFileError, /65535 channels/],
    ['1 Hz', 12, 1, 4, UnsupportedFormatError, /sample rate of 1 Hz/],
    ['1 GHz', 12, 1e9, 4, UnsupportedFormatError, /sample rate of 1000000000 Hz/],
    ['an unknown codec', 8, 0x0055, 2, UnsupportedFormatError, /codec 0x0055/],
  ])('WAV: %s', async (_what, offset, value, width, kind, message) => {
    const reading = readBytes(patched('s16.wav', 'fmt ', offset, value, width), 'odd.wav');
    await expect(reading).rejects.toThrow(kind);
    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.toThrow(/“odd\.wav”/);
  });

  it.each([
    ['0 channels', 8, 0, 2, MalformedFileError],
    ['−1 channels', 8, 0xffff, 2, MalformedFileError],
    ['a rate of 0', 16, 0, 4, UnsupportedFormatError],
    ['an astronomic rate', 16, 0x7fff0000, 4, UnsupportedFormatError],
  ])('AIFF: %s', async (_what, offset, value, width, kind) => {
    await expect(readBytes(patched('s16.aiff', 'COMM', offset, value, width, false))).rejects.toThrow(kind);
  });
});

describe('AIFF sizes that lie', () => {
  it.each([
    ['COMM', 10, 0],
    ['COMM', 10, 0xffffffff],
    ['COMM', 10, 70_000],
  ])('%s+%i = %i', async (id, offset, value) => {
    const bytes = patched('s24.aiff', id, offset, value, 4, false);
    expect((await readAiffHeader(byteReader('song.aiff', bytes))).layout.frameCount).toBe(500);
    const sound = await readBytes(bytes);
    expect(sound.channels).toEqual(noise(500, 24));
    expect(sound.warnings).toHaveLength(1);
  });

  it('an SSND chunk shorter than COMM says is believed: what stands behind it is no sound', async () => {
    const whole = patched('s24.aiff', 'COMM', 10, 1000, 4, false);
    const bytes = new Uint8Array([
      ...whole,
      ...Buffer.from('ID3 \0\0\x10\0'),
      ...new Uint8Array(4096).fill(0x55),
    ]);
    const sound = await readBytes(bytes, 'song.aiff');
    expect(sound.channels).toEqual(noise(500, 24));
    expect(sound.warnings).toEqual([expect.stringMatching(/“song\.aiff” is cut short/)]);
  });

  it('an SSND chunk of no size is read for as long as COMM says', async () => {
    const bytes = patched('s24.aiff', 'SSND', 4, 0, 4, false);
    const sound = await readBytes(bytes);
    expect(sound.channels).toEqual(noise(500, 24));
    expect(sound.warnings).toEqual([]);
  });
});

describe('samples that are no numbers', () => {
  it.each(['f32.wav', 'f64.wav', 'f32.aifc', 'f64.aifc'])('become 0 in %s', async (name) => {
    const bytes = fixture(name).slice();
    const view = new DataView(bytes.buffer);
    const little = name.endsWith('wav');
    const width = name.startsWith('f64') ? 8 : 4;
    const first = bytes.length - 500 * 2 * width;
    [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e30].forEach((value, index) => {
      const at = first + (20 + index) * width;
      if (width === 8) view.setFloat64(at, value, little);
      else view.setFloat32(at, value, little);
    });
    const expected = noise(500, 24);
    for (const channel of expected) channel.fill(0, 10, 12);
    expect((await readBytes(bytes)).channels).toEqual(expected);
  });
});

it('reads a sound of one sample', async () => {
  const bytes = fixture('s16.wav');
  const one = bytes.slice(0, chunkAt(bytes, 'data') + 8 + 4);
  new DataView(one.buffer).setUint32(chunkAt(bytes, 'data') + 4, 4, true);
  const { channels, warnings } = await readBytes(one);
  expect(channels).toEqual(noise(500, 16).map((channel) => channel.slice(0, 1)));
  expect(warnings).toEqual([]);
});

describe('FLAC with damage', () => {
  /** Within the second of three frames; the third is 952 samples of noise, hardly under 4 bytes each. */
  const damaged = () => {
    const bytes = fixture('s16.flac').slice();
    bytes[bytes.length - 952 * 4 - 1500] ^= 0x10;
    return bytes;
  };

  it("is found by the frame's own sum, before any decoding", async () => {
    for (const [bytes, frames] of [
      [fixture('s16.flac'), ['0: 0', '1: 0', '2: 0']],
      [damaged(), ['0: 0', '2: 1024']],
    ] as const) {
      const reader = byteReader('song.flac', bytes);
      const found: string[] = [];
      const walk = flacFrames(reader, await readFlacInfo(reader), isSoundFrame, { brokenSec: 0 });
      for await (const { header, lostBefore } of walk) found.push(`${header.number}: ${lostBefore}`);
      expect(found).toEqual(frames);
    }
  });

  it('loses the damaged frame and nothing else', async () => {
    const sound = await readBytes(damaged(), 'song.flac');
    const expected = noise(3000, 16);
    for (const channel of expected) channel.fill(0, 1024, 2048);
    expect(sound.channels.map((channel) => channel.map((sample) => sample + 0))).toEqual(expected);
    expect(sound.warnings).toEqual(['“song.flac” is damaged: 0.02 s of it are read as silence.']);
  });

  it('cut short gives whole frames and says so', async () => {
    const bytes = fixture('s24.flac');
    const sound = await readBytes(bytes.slice(0, bytes.length - 100), 'song.flac');
    expect(sound.channels[0]).toHaveLength(2048);
    expect(sound.warnings).toEqual([expect.stringMatching(/“song\.flac” is cut short/)]);
  });
});

describe('lossy formats cut short', () => {
  it.each([
    ['tone.mp3', 0.5],
    // Two thirds of it are its set-up.
    ['tone.ogg', 0.9],
    ['tone.opus', 0.5],
  ])('%s gives what it holds, with a warning', async (name, share) => {
    const bytes = fixture(name);
    const whole = await readBytes(bytes);
    const cut = await readBytes(bytes.slice(0, Math.floor(bytes.length * share)), name);
    const length = cut.channels[0].length;
    expect(length).toBeGreaterThan(0);
    expect(length).toBeLessThan(whole.channels[0].length);
    expect(cut.warnings).toEqual([expect.stringMatching(/cut short/)]);
  });
});

describe('Ogg with damage', () => {
  it.each(['tone.ogg', 'tone.opus'])('%s: a page with a wrong sum is left out and told of', async (name) => {
    const bytes = fixture(name).slice();
    const whole = await readBytes(bytes);
    bytes[Math.floor(bytes.length * 0.85)] ^= 1;
    const sound = await readBytes(bytes, name);
    expect(sound.warnings).toEqual([expect.stringMatching(/is damaged in/)]);
    expect(sound.channels[0].length).toBeLessThan(whole.channels[0].length);
    expect(sound.channels[0].length).toBeGreaterThan(whole.channels[0].length * 0.5);
  });
});
