/** What a search for a loop lends to itself changes nothing, and nothing of it is in the loop. */
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../src/config/defaults.ts';
import { levelTexture } from '../../src/curation/level.ts';
import { Rooms } from '../../src/dsp/rooms.ts';
import type { Sound } from '../../src/dsp/sound.ts';
import { rephased, runInOf } from '../../src/families/beds/rephased.ts';
import type { Texture } from '../../src/families/texture.ts';
import { blendSides, splitRegion, withFade } from '../../src/loops/band-crossfade.ts';
import { closeLoop } from '../../src/loops/close.ts';
import { risingCurve } from '../../src/loops/crossfade.ts';
import { evenCrossfade } from '../../src/loops/even-crossfade.ts';
import { evenSwell } from '../../src/loops/even-swell.ts';
import { rotateLoop } from '../../src/loops/place-wrap.ts';
import { filthy } from '../filthy.ts';
import { chord, noise, RATE } from '../signals.ts';

const swelling = (seed: string, hz: number) =>
  noise(3 * RATE, 0.3, seed).map((x, n) => x * (1 + 0.5 * Math.sin((2 * Math.PI * n) / hz)));
const sound: Sound = { sampleRate: RATE, channels: [swelling('one', 2 * RATE), swelling('other', 3 * RATE)] };
const SIDES = [3, 2.5].map((sec) => sec * RATE);

const made: Record<string, (lender?: ReturnType<typeof filthy>) => unknown> = {
  'bands, their blend and the loop that it closes': (lender) => {
    const [outgoingEnd, incomingEnd] = SIDES;
    const fade = RATE / 4;
    const incoming = splitRegion(sound, incomingEnd - fade, incomingEnd, lender);
    const outgoing = splitRegion(sound, outgoingEnd - fade, outgoingEnd, lender);
    const blend = blendSides({ incoming, incomingEnd, outgoing, outgoingEnd }, risingCurve(fade), lender);
    return [incoming, outgoing, blend, withFade(sound, RATE, RATE, blend, lender)];
  },
  'a loop that swells no more': (lender) => evenSwell(sound, 8, 0, lender),
  'a crossfade that stood out': (lender) => {
    const loud = sound.channels.map((channel) => channel.map((x, n) => (n > 2 * RATE ? 2 * x : x)));
    return evenCrossfade({ ...sound, channels: loud }, { start: 2 * RATE, length: RATE / 2 }, lender);
  },
  'a loop that begins elsewhere': (lender) => rotateLoop(sound, 5000, lender),
  'a texture at its level': (lender) => {
    const texture = { family: 'pad', loop: null, targetPeakDb: -6, sound } as unknown as Texture;
    return levelTexture(texture, defaultSettings().global, false, lender);
  },
  'other phases': (lender) => rephased(sound.channels[0], [400, 700], 100, runInOf(RATE), lender),
};

describe.each(Object.entries(made))('%s', (_, make) => {
  it('is the same in arrays that are lent', () => {
    const lender = filthy();
    // A difference of as many samples would take minutes to be shown.
    expect(isDeepStrictEqual(make(lender), make())).toBe(true);
    expect(lender.lent.length).toBeGreaterThan(0);
  });
});

it('closes a loop that is its own', () => {
  const held = { sampleRate: RATE, channels: [chord([57, 61, 64], 6 * RATE)] };
  const request = { start: 2 * RATE, length: RATE, startSlack: 2000, lengthSlack: 2000, fade: 4000 };
  const loop = closeLoop(held, request)!;
  const before = structuredClone(loop.sound);
  const rooms = new Rooms();
  for (let i = 0; i < 40; i++) rooms.floats(1 << (8 + (i % 12))).fill(77);
  rooms.release();
  for (let i = 0; i < 40; i++) rooms.floats(loop.length).fill(77);
  rooms.release();
  expect(isDeepStrictEqual(loop.sound, before)).toBe(true);
});
