import { describe, expect, it } from 'vitest';
import { type Candidate, fairOrder } from '../../src/targets/candidate.ts';
import { parseProfile } from '../../src/targets/parse-profile.ts';
import { planKit } from '../../src/targets/plan-kit.ts';
import { wantedShape } from '../../src/targets/shape.ts';
import { leftOutText } from '../../src/wording/kits.ts';

const profile = (figures: Record<string, unknown> = {}) =>
  parseProfile(JSON.stringify({ version: 1, id: 'mine', device: 'Mine', ...figures }), 'mine.json');

const texture = (path: string, facts: Partial<Candidate> = {}): Candidate => ({
  ...{
    path,
    family: 'pad',
    source: path,
    variant: '',
    brightness: '',
    kind: '',
    key: '',
    rootName: '',
    grade: 'A',
    loops: true,
  },
  ...{ durationSec: 10, sampleRate: 44_100, bitDepth: 24, channelCount: 2, ...facts },
});

const paths = (all: readonly { readonly texture: Candidate }[]) => all.map((one) => one.texture.path);

describe('planKit', () => {
  it('fills a device best first, and passes over what is too long for the room that is left', () => {
    const textures = [
      texture('a'),
      texture('b', { durationSec: 30 }),
      texture('c', { family: 'drone' }),
      texture('d'),
    ];
    const plan = planKit(textures, profile({ total_sec: 61 }), 'K');
    expect(paths(plan.slots)).toEqual(['a', 'd', 'c']);
    expect(plan.leftOut).toEqual([
      {
        texture: textures[1],
        reason: {
          code: 'seconds-full',
          needs: expect.closeTo(60, 2),
          left: expect.closeTo(41, 2),
          limit: 61,
        },
      },
    ]);
    expect(leftOutText(plan.leftOut[0].reason)).toBe(
      'needs 60.0 s of mono, and better ranked ones leave 41.0 of 61 s',
    );
    expect(plan.used.seconds).toBeCloseTo(60, 2);
    expect(plan.used.seconds).toBeLessThanOrEqual(61);
    expect(plan.limits).toMatchObject({ samples: null, seconds: 61, bytes: null });
  });

  it('counts the frames that a target puts around a loop, and leaves them room', () => {
    const figures = { target: 'op-xy', longest_sample_sec: 10, total_bytes: 10_000_000, channels: [1] };
    const textures = [texture('loop'), texture('once', { loops: false, durationSec: 1 })];
    const plan = planKit(textures, profile(figures), 'K');
    expect(plan.slots.map(({ shape }) => shape.longestFrames)).toEqual([441_000 - 8, 441_000]);
    // A one-shot may be a frame longer than it is said to be.
    expect(plan.slots.map(({ size }) => size.bytes)).toEqual([2 * 441_000, 2 * 44_101]);
    expect(plan.limits.bytes).toBe(10_000_000);
  });

  it('counts what a sound takes in the device, not what it takes now', () => {
    const [slot] = planKit(
      [texture('a')],
      profile({ channels: [1], bit_depths: [16], sample_rates_hz: [22_050] }),
      'K',
    ).slots;
    expect(slot.size.seconds).toBeCloseTo(10, 3);
    expect(slot.size.bytes / (10 * 22_050 * 2)).toBeCloseTo(1, 4);
    expect(slot.shape).toEqual({ sampleRate: 22_050, bitDepth: 16, channelCount: 1, longestFrames: null });
  });

  it('counts a loop that will be looped anew by its new length, and refuses a one-shot that would be halved', () => {
    const plan = planKit(
      [texture('a'), texture('b', { loops: false })],
      profile({ longest_sample_sec: 4, total_sec: 8 }),
      'K',
    );
    expect(paths(plan.slots)).toEqual(['a']);
    expect(plan.used.seconds).toBe(8);
    expect(plan.leftOut[0].reason).toEqual({ code: 'too-long', durationSec: 10, mostSec: 4, isAsked: false });
  });

  it('gives the room of what is refused to the next', () => {
    const textures = ['a', 'b', 'c'].map((path) => texture(path));
    const broken = { code: 'unreadable', message: 'it is broken' } as const;
    const plan = planKit(textures, profile({ most_samples: 2 }), 'K', { leftOut: new Map([['a', broken]]) });
    expect(paths(plan.slots)).toEqual(['b', 'c']);
    expect(plan.leftOut).toEqual([{ texture: textures[0], reason: broken }]);
  });

  it('lays files where the device looks, in as many folders as they need', () => {
    const textures = Array.from({ length: 5 }, (_, i) => texture(`t${i}`));
    const files = (figures: object) =>
      planKit(textures, profile({ most_files_per_folder: 2, ...figures }), 'K').slots.map(({ file }) => file);
    expect(files({ folder: 'X/{kit}/Y' })).toEqual([
      ...[
        'X/K/Y/PD01_t0.wav',
        'X/K/Y/PD02_t1.wav',
        'X/K_2/Y/PD03_t2.wav',
        'X/K_2/Y/PD04_t3.wav',
        'X/K_3/Y/PD05_t4.wav',
      ],
    ]);
    expect(files({ folder: 'X' })).toEqual(['X/PD01_t0.wav', 'X/PD02_t1.wav']);
    expect(files({ folder: '' })).toEqual(['PD01_t0.wav', 'PD02_t1.wav']);
    expect(files({})[4]).toBe('K_3/PD05_t4.wav');
  });

  it('shortens names for the path, and says where the name of the kit is too long for that', () => {
    const device = profile({ folder: 'SAMPLES/{kit}', longest_path: 30 });
    expect(planKit([texture('strings')], device, 'KIT').slots[0].file).toBe('SAMPLES/KIT/PD01_strings.wav');
    expect(() => planKit([texture('a')], device, 'A_LONG_NAME_THIS')).toThrow(/--name/);
  });
});

describe('wantedShape', () => {
  it.each([
    [{}, 96_000, 44_100],
    [{ sample_rates_hz: [44_100, 48_000] }, 48_000, 48_000],
    [{ sample_rates_hz: [44_100, 48_000] }, 96_000, 48_000],
    [{ sample_rates_hz: [44_100, 48_000] }, 32_000, 44_100],
    [{ sample_rates_hz: [48_000], preferred_sample_rate_hz: 48_000 }, 44_100, 48_000],
    [{ sample_rates_hz: { least: 8000, most: 46_875 } }, 48_000, 46_875],
    [{ sample_rates_hz: { least: 8000, most: 46_875 } }, 44_100, 44_100],
    [{ sample_rates_hz: { least: 30_000, most: 46_875 } }, 22_050, 32_000],
  ])('for %j brings %i to %i Hz', (figures, own, wanted) => {
    const shape = wantedShape(profile(figures), { sampleRate: own, bitDepth: 24, channelCount: 1 }, [16, 24]);
    expect(shape.sampleRate).toBe(wanted);
  });

  it.each([
    [{}, 24, 2, 16, 2],
    [{ bit_depths: [16, 24] }, 24, 1, 24, 1],
    [{ bit_depths: [16, 24] }, 16, 1, 16, 1],
    [{ bit_depths: [8, 24], channels: [2] }, 16, 1, 24, 2],
    [{ bit_depths: [16], channels: [1] }, 24, 2, 16, 1],
  ])(
    'for %j makes of %i bits and %i channels %i and %i',
    (figures, bitDepth, channelCount, bits, channels) => {
      const shape = wantedShape(profile(figures), { sampleRate: 44_100, bitDepth, channelCount }, [16, 24]);
      expect([shape.bitDepth, shape.channelCount]).toEqual([bits, channels]);
    },
  );
});

it('wantedShape keeps to what can be written, whatever the device takes', () => {
  const facts = { sampleRate: 44_100, bitDepth: 24, channelCount: 1 };
  expect(wantedShape(profile({ bit_depths: [16, 24] }), facts, [16]).bitDepth).toBe(16);
});

describe('fairOrder', () => {
  it('takes families in turn, sources in turn within them, A before B, and no F', () => {
    const all = [
      texture('pad a1', { source: 'a' }),
      texture('pad a2', { source: 'a' }),
      texture('pad b1', { source: 'b' }),
      texture('pad b2', { source: 'b', grade: 'B' }),
      texture('hiss a1', { source: 'a', family: 'hiss' }),
      texture('hiss a2', { source: 'a', family: 'hiss', grade: 'F' }),
    ];
    expect(fairOrder(all).map(({ path }) => path)).toEqual([
      'pad a1',
      'hiss a1',
      'pad b1',
      'pad a2',
      'pad b2',
    ]);
  });
});

it('a kit leaves free what a device keeps for itself', () => {
  const figures = { total_bytes: 3_000_000, bit_depths: [16], channels: [1] };
  const textures = ['a', 'b', 'c'].map((path) => texture(path));
  const free = planKit(textures, profile(figures), 'K');
  const shared = planKit(textures, profile({ ...figures, reserved_bytes: 1_200_000 }), 'K');
  expect([free.slots.length, shared.slots.length]).toEqual([3, 2]);
  expect([free.limits.bytes, shared.limits.bytes]).toEqual([3_000_000, 1_800_000]);
});

it('a kit has a folder for each bank, where it has folders of its own', () => {
  const textures = [
    ...Array.from({ length: 5 }, (_, i) => texture(`pad ${i}`)),
    texture('hit', { family: 'drum', kind: 'kick', loops: false, durationSec: 1 }),
  ];
  const folders = (figures: Record<string, unknown>) =>
    planKit(textures, profile({ bank_size: 4, ...figures }), 'K').slots.map(({ file }) =>
      file.slice(0, file.lastIndexOf('/')),
    );
  expect(folders({ folder: 'X/{kit}' })).toEqual([
    ...['X/K_01', 'X/K_01', 'X/K_01', 'X/K_01'],
    ...['X/K_02', 'X/K_02'],
  ]);
  expect(folders({ folder: 'X/{kit}', most_files_per_folder: 3 })).toEqual([
    ...['X/K_01', 'X/K_01', 'X/K_01', 'X/K_01_2'],
    ...['X/K_02', 'X/K_02'],
  ]);
  expect(new Set(folders({ folder: 'X' }))).toEqual(new Set(['X']));
});
