import { describe, expect, it } from 'vitest';
import { byteReader } from '../../src/formats/bytes.ts';
import { endOfTags, startOfEndTags } from '../../src/formats/tags.ts';
import { fixture, readBytes } from './reading.ts';

const text = (words: string) => new Uint8Array(Buffer.from(words, 'latin1'));

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

/** Bytes of chance that are the same each time; without a sync word, which two of them make in some kilobytes. */
function junk(length: number): Uint8Array {
  let state = 1;
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 24) % 255;
  });
}

/** An ID3v2.4 tag of `length` bytes behind its header, which says `stated`. */
function id3(length: number, { stated = length, footer = false, body = junk(length) } = {}): Uint8Array {
  const size = [21, 14, 7, 0].map((shift) => (stated >> shift) & 127);
  const head = (word: string) => joined(text(word), Uint8Array.of(4, 0, footer ? 0x10 : 0, ...size));
  return footer ? joined(head('ID3'), body, head('3DI')) : joined(head('ID3'), body);
}

/** An APEv2 tag around `body`. */
function ape(body: Uint8Array, hasHeader: boolean): Uint8Array {
  const ends = (isHeader: boolean) => {
    const bytes = Buffer.alloc(32);
    bytes.write('APETAGEX', 'latin1');
    bytes.writeUInt32LE(2000, 8);
    bytes.writeUInt32LE(body.length + 32, 12);
    bytes.writeUInt32LE(1, 16);
    bytes.writeUInt32LE(((hasHeader ? 0x80000000 : 0) | (isHeader ? 0x20000000 : 0)) >>> 0, 20);
    return new Uint8Array(bytes);
  };
  return hasHeader ? joined(ends(true), body, ends(false)) : joined(body, ends(false));
}

const mp3 = fixture('tone.mp3');

describe('in front of any format', () => {
  const tags: Record<string, Uint8Array> = {
    'one tag': id3(300),
    'two tags': joined(id3(300), id3(200)),
    'a tag with a footer': id3(300, { footer: true }),
    'a tag with padding': id3(5000, { body: joined(junk(1000), new Uint8Array(4000)) }),
    'a picture of a megabyte': id3(1_000_000),
    'a tag that says it is shorter': id3(3000, { stated: 1000 }),
    'a tag that says it is longer': id3(300, { stated: 900 }),
    'a tag that says it is longer than the file': id3(300, { stated: 10_000_000 }),
    'a footer that is promised and missing': id3(300).fill(0x10, 5, 6),
  };
  const formats = ['s16.wav', 's16-rf64.wav', 's24.aiff', 's16.flac', 's16.oga', 'tone.mp3', 'tone.ogg'];
  const cases = Object.keys(tags).flatMap((tag) => formats.map((name) => [tag, name]));
  it.each([...cases, ['one tag', 'tone.opus']])('%s, and %s is read as without', async (tag, name) => {
    const bare = await readBytes(fixture(name));
    const tagged = await readBytes(joined(tags[tag], fixture(name)));
    expect(tagged).toEqual(bare);
  });
});

describe('junk in front of an MP3', () => {
  it.each([1, 1000, 60_000, 70_000, 300_000, 3_000_000])('of %i bytes is left out', async (length) => {
    expect(await readBytes(joined(junk(length), mp3))).toEqual(await readBytes(mp3));
  });

  it('behind a tag too', async () => {
    expect(await readBytes(joined(id3(300), junk(70_000), mp3))).toEqual(await readBytes(mp3));
  });
});

describe('behind the last frame of an MP3', () => {
  // Frames that would be heard if a tag were taken for sound.
  const body = mp3.slice(2000, 6000);
  const id3v1 = joined(text('TAG'), junk(125));
  const lyrics2 = joined(text('LYRICSBEGIN'), body, text('004011LYRICS200'));
  const tags: Record<string, Uint8Array> = {
    ID3v1: id3v1,
    'ID3v1 and its enhancement': joined(text('TAG+'), junk(223), id3v1),
    'APEv2 with a header': ape(body, true),
    'APEv2 without one': ape(body, false),
    'APEv2 and ID3v1': joined(ape(body, true), id3v1),
    'Lyrics3 v2 and ID3v1': joined(lyrics2, id3v1),
    'Lyrics3 v1 and ID3v1': joined(text('LYRICSBEGIN'), body, text('LYRICSEND'), id3v1),
    'ID3v2.4 with a footer': id3(body.length, { footer: true, body }),
    'all of them': joined(id3(body.length, { footer: true, body }), ape(body, true), lyrics2, id3v1),
  };
  it.each(Object.keys(tags))('%s is no sound, and no damage', async (name) => {
    const tagged = await readBytes(joined(mp3, tags[name]));
    expect(tagged).toEqual(await readBytes(mp3));
    expect(await startOfEndTags(byteReader(name, joined(mp3, tags[name])))).toBe(mp3.length);
  });
});

describe('what says it is a tag', () => {
  it('is believed no further than the file', async () => {
    expect(await endOfTags(byteReader('tag', id3(20, { stated: 1e6 })))).toBe(30);
    const long = joined(text('999999LYRICS200'));
    expect(await startOfEndTags(byteReader('long', long))).toBe(long.length);
    expect(await startOfEndTags(byteReader('words', text('no digLYRICS200')))).toBe(15);
  });
});
