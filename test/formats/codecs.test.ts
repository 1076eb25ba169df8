import { describe, expect, it, vi } from 'vitest';
import { byteReader } from '../../src/formats/bytes.ts';
import { openFlac } from '../../src/formats/flac.ts';
import { openMp3 } from '../../src/formats/mp3.ts';
import { openOgg } from '../../src/formats/ogg.ts';
import { fixture } from './reading.ts';

/** The packages' decoders, counted from their making until they are freed, and made to fail. */
const codecs = vi.hoisted(() => {
  const state = { made: 0, live: 0, failing: false };
  type Decoder = Record<string, (...given: unknown[]) => unknown>;
  const counted = (Real: new (...given: unknown[]) => Decoder) =>
    new Proxy(Real, {
      construct(target, given) {
        const decoder = new target(...given);
        state.made++;
        state.live++;
        const free = decoder.free.bind(decoder);
        decoder.free = () => {
          state.live--;
          return free();
        };
        for (const step of ['decode', 'decodeFrames', 'decodeOggPages']) {
          const real = decoder[step]?.bind(decoder);
          decoder[step] = (...data) => {
            if (state.failing) throw new Error('a damaged piece');
            return real(...data);
          };
        }
        return decoder;
      },
    });
  /** The package with its decoder replaced. */
  const mock = (name: string) => async (original: () => Promise<unknown>) => {
    const real = (await original()) as Record<string, never>;
    return { ...real, [name]: counted(real[name]) };
  };
  return { state, mock };
});
vi.mock('@wasm-audio-decoders/flac', codecs.mock('FLACDecoder'));
vi.mock('@wasm-audio-decoders/ogg-vorbis', codecs.mock('OggVorbisDecoder'));
vi.mock('mpg123-decoder', codecs.mock('MPEGDecoder'));
vi.mock('opus-decoder', codecs.mock('OpusDecoder'));

describe.each([
  ['s16.flac', openFlac],
  ['tone.mp3', openMp3],
  ['tone.ogg', openOgg],
  ['tone.opus', openOgg],
])('%s: no decoder is left', (name, open) => {
  const stream = () => {
    Object.assign(codecs.state, { made: 0, live: 0, failing: false });
    return open(byteReader(name, fixture(name)));
  };

  it('at the end', async () => {
    for await (const _ of (await stream()).blocks);
    expect(codecs.state).toMatchObject({ made: 1, live: 0 });
  });

  it('where the sound is left before its end', async () => {
    for await (const _ of (await stream()).blocks) break;
    expect(codecs.state).toMatchObject({ made: 1, live: 0 });
  });

  it('where it fails all the time', async () => {
    const { blocks } = await stream();
    codecs.state.failing = true;
    const walk = async () => {
      for await (const _ of blocks);
    };
    await walk().catch(() => undefined);
    expect(codecs.state.made).toBeGreaterThan(0);
    expect(codecs.state.live).toBe(0);
  });
});
