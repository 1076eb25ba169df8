/** The mapping, and the three formats by readers that share nothing with their writers. */
import { describe, expect, it } from 'vitest';
import { multisampleText } from '../../src/targets/bitwig/multisample.ts';
import { decentSamplerText } from '../../src/targets/decent-sampler/preset.ts';
import { sampleFileNames } from '../../src/targets/sample-names.ts';
import { sfzText } from '../../src/targets/sfz/sfz.ts';
import { type InstrumentSample, instrumentsOf, type Zone } from '../../src/targets/zones.ts';
import { readSfz, readXml } from './readers.ts';

let count = 0;

function sample(given: Partial<InstrumentSample> = {}): InstrumentSample {
  count++;
  return {
    ...{ file: `sample_${count}.wav`, family: 'pad', kind: '', frameCount: 88200, sampleRate: 44100 },
    ...{ isLoop: true, root: null, lufs: -12, centroidHz: 1000 },
    ...given,
  };
}

function rooted(note: number, given: Partial<InstrumentSample> = {}, confidence = 0.8): InstrumentSample {
  return sample({ root: { note, cents: 12.4, confidence }, ...given });
}

function zonesOf(samples: readonly InstrumentSample[]): Zone[] {
  return instrumentsOf(samples).flatMap(({ groups }) => groups.flatMap(({ zones }) => zones));
}

/** Keys and velocities of a zone, and its root. */
function placed(samples: readonly InstrumentSample[]) {
  return zonesOf(samples).map(({ lowKey, highKey, rootKey, lowVelocity, highVelocity }) => [
    ...[lowKey, highKey, rootKey, lowVelocity, highVelocity],
  ]);
}

describe('the mapping', () => {
  it('lets zones meet halfway between roots, and reach two octaves', () => {
    expect(placed([rooted(57), rooted(60), rooted(62)])).toEqual([
      [36, 58, 57, 1, 127],
      [59, 60, 60, 1, 127],
      [61, 86, 62, 1, 127],
    ]);
  });

  it('moves roots that lie too low or high by octaves', () => {
    expect(zonesOf([rooted(24), rooted(103)]).map(({ rootKey }) => rootKey)).toEqual([36, 91]);
  });

  it('gives what has no clear root one key each in the lowest octave, at its own pitch', () => {
    const zones = zonesOf([sample(), rooted(60, {}, 0.19), rooted(50)]);
    expect(zones.map(({ lowKey, highKey, tracksKeys }) => [lowKey, highKey, tracksKeys])).toEqual([
      [36, 74, true],
      [24, 24, false],
      [25, 25, false],
    ]);
    expect(zones.map(({ tuneCents }) => tuneCents)).toEqual([-12.4, 0, 0]);
  });

  it('lays samples of one root over velocity, the darkest softest, and lets those beyond four take turns', () => {
    const centroids = [900, 300, 1200, 600, 1500];
    const zones = zonesOf(centroids.map((centroidHz) => rooted(57, { centroidHz })));
    expect(
      zones.map((zone) => [zone.sample.centroidHz, zone.lowVelocity, zone.highVelocity, zone.turn.of]),
    ).toEqual([
      [300, 1, 31, 1],
      [600, 32, 63, 1],
      [900, 64, 95, 1],
      [1200, 96, 127, 2],
      [1500, 96, 127, 2],
    ]);
  });

  it('puts drums where General MIDI has them, and lets hats choke each other', () => {
    const kinds = ['kick', 'snare', 'hat', 'hat', 'cymbal', 'cymbal', 'perc', 'kick', '', 'kick'];
    const hits = kinds.map((kind, i) =>
      sample({ family: 'drum', kind, isLoop: false, frameCount: i === 3 ? 30000 : 8000 }),
    );
    const [{ groups }] = instrumentsOf(hits);
    const keys = hits.map(
      (hit) => groups.flatMap(({ zones }) => zones).find((zone) => zone.sample === hit)!.lowKey,
    );
    expect(keys).toEqual([36, 38, 42, 46, 49, 51, 60, 35, 61, 36]);
    expect(groups.map(({ chokes, isOneShot }) => [chokes, isOneShot])).toEqual([
      [false, true],
      [true, true],
    ]);
  });

  it('gives each family of layers its own keys, at its own pitch, and each part its own instrument', () => {
    const instruments = instrumentsOf([
      rooted(57, { family: 'cloud' }),
      sample({ family: 'hiss' }),
      sample({ family: 'silence' }),
      sample({ family: 'drone' }),
    ]);
    expect(instruments.map(({ part }) => part)).toEqual(['drones', 'layers']);
    expect(instruments[1].groups.flatMap(({ zones }) => zones.map(({ lowKey }) => lowKey))).toEqual([
      36, 60, 84,
    ]);
    expect(instruments[1].groups[0].zones[0].tracksKeys).toBe(false);
  });

  it('brings all to one loudness, within bounds, but leaves hits as they are', () => {
    const gains = [-12, -40, 8, null].map((lufs) => zonesOf([sample({ lufs })])[0].gainDb);
    expect(gains).toEqual([-6, 6, -24, 0]);
    expect(zonesOf([sample({ family: 'drum', lufs: -12 })])[0].gainDb).toBe(0);
  });

  it('never leaves a sample out, and never lets two sound where one should', () => {
    const samples = Array.from({ length: 90 }, (_, i) =>
      i % 3 === 0 ? sample() : rooted(20 + ((i * 7) % 90), { centroidHz: (i * 37) % 1000 }),
    );
    const zones = zonesOf(samples);
    expect(new Set(zones.map((zone) => zone.sample)).size).toBe(90);
    for (let key = 0; key < 128; key++) {
      for (let velocity = 1; velocity < 128; velocity++) {
        const sounding = zones.filter(
          (zone) =>
            zone.lowKey <= key &&
            key <= zone.highKey &&
            zone.lowVelocity <= velocity &&
            velocity <= zone.highVelocity,
        );
        const turns = sounding.map(({ turn }) => turn.position).sort((a, b) => a - b);
        expect(turns).toEqual(sounding.map((_, i) => i + 1));
        if (sounding.length > 0) expect(sounding.every(({ turn }) => turn.of === sounding.length)).toBe(true);
      }
    }
  });
});

it('names samples so that no player stumbles, each once', () => {
  expect(sampleFileNames(['Café #1 = a', 'cafe s1 _ a', '夜', '..', 'pad+7'])).toEqual([
    ...['Cafe_s1___a', 'cafe_s1___a_2', '_', 'sample', 'pad+7'],
  ]);
});

/** What every format must say of each zone, in one shape. */
interface Heard {
  file: string;
  keys: [number, number];
  root: number;
  tracks: boolean;
  cents: number;
  gainDb: number;
  velocities: [number, number];
  /** First and last frame of the loop. */
  loop: [number, number] | null;
  takesTurns: boolean;
}

const MIXED = [
  rooted(57),
  ...[300, 600, 900, 1200, 1500].map((centroidHz) => rooted(40, { centroidHz, lufs: -17.96 })),
  sample({ root: { note: 60, cents: 0, confidence: 0.1 } }),
  rooted(64, { isLoop: false }),
];

function wanted(): Heard[] {
  return zonesOf(MIXED).map((zone) => ({
    file: zone.sample.file,
    keys: [zone.lowKey, zone.highKey],
    root: zone.rootKey,
    tracks: zone.tracksKeys,
    cents: Math.round(zone.tuneCents) + 0,
    gainDb: Math.round(zone.gainDb * 10) / 10 + 0,
    velocities: [zone.lowVelocity, zone.highVelocity],
    loop: zone.sample.isLoop ? [0, zone.sample.frameCount - 1] : null,
    takesTurns: zone.turn.of > 1,
  }));
}

const [pads] = instrumentsOf(MIXED);
const [drums] = instrumentsOf([sample({ family: 'drum', kind: 'hat', isLoop: false })]);

describe('as SFZ', () => {
  it('says of each zone what the mapping says', () => {
    const heard = readSfz(sfzText(pads, 'pads')).map(
      (region): Heard => ({
        file: region.sample.replace(/^samples\//, ''),
        keys: [Number(region.lokey), Number(region.hikey)],
        root: Number(region.pitch_keycenter),
        tracks: region.pitch_keytrack !== '0',
        cents: Number(region.tune),
        gainDb: Number(region.volume),
        velocities: [Number(region.lovel), Number(region.hivel)],
        loop:
          region.loop_mode === 'loop_continuous'
            ? [Number(region.loop_start), Number(region.loop_end)]
            : null,
        takesTurns: region.seq_length !== undefined,
      }),
    );
    expect(heard).toEqual(wanted());
  });

  it('plays drums to their end, and lets hats choke', () => {
    const [hat] = readSfz(sfzText(drums, 'drums'));
    expect(hat).toMatchObject({ loop_mode: 'one_shot', amp_veltrack: '100' });
    expect(hat.group).toBe(hat.off_by);
  });
});

describe('as DecentSampler preset', () => {
  it('says of each zone what the mapping says', () => {
    const root = readXml(decentSamplerText(pads));
    expect(root.name).toBe('DecentSampler');
    expect(root.children.map(({ name }) => name)).toEqual(['groups']);
    const groups = root.children[0].children;
    expect(groups.map(({ name }) => name)).toEqual(['group', 'group']);
    const heard = groups.flatMap(({ children }) =>
      children.map(({ name, attributes: of }): Heard => {
        expect(name).toBe('sample');
        expect(of.volume).toMatch(/^-?\d+\.\ddB$/);
        return {
          file: of.path.replace(/^samples\//, ''),
          keys: [Number(of.loNote), Number(of.hiNote)],
          root: Number(of.rootNote),
          tracks: of.pitchKeyTrack === '1',
          cents: Math.round(Number(of.tuning) * 100) + 0,
          gainDb: Number.parseFloat(of.volume),
          velocities: [Number(of.loVel), Number(of.hiVel)],
          loop: of.loopEnabled === 'true' ? [Number(of.loopStart), Number(of.loopEnd)] : null,
          takesTurns: of.seqMode === 'round_robin',
        };
      }),
    );
    expect(heard).toEqual(wanted());
  });

  it('lets drums ring as long as they last', () => {
    const [group] = readXml(decentSamplerText(drums)).children[0].children;
    expect(Number(group.attributes.release)).toBeGreaterThanOrEqual(2);
    expect(group.attributes.tags).not.toBeUndefined();
    expect(group.attributes.silencedByTags).toBe(group.attributes.tags);
    expect(group.children[0].attributes.loopEnabled).toBe('false');
  });
});

describe('as Bitwig multisample', () => {
  it('says of each zone what the mapping says, its ends exclusive', () => {
    const root = readXml(multisampleText(pads, 'a & "b" <c>'));
    expect(root.name).toBe('multisample');
    expect(root.attributes.name).toBe('a & "b" <c>');
    const heard = root.children
      .filter(({ name }) => name === 'sample')
      .map(({ attributes, children }): Heard => {
        expect(children.map(({ name }) => name)).toEqual(['key', 'velocity', 'select', 'loop']);
        const [key, velocity, , loop] = children.map((child) => child.attributes);
        expect(Number(attributes['sample-stop'])).toBe(88200);
        return {
          file: attributes.file,
          keys: [Number(key.low), Number(key.high)],
          root: Number(key.root),
          tracks: key.track === '1',
          cents: Math.round(Number(key.tune) * 100) + 0,
          gainDb: Math.round(Number(attributes.gain) * 10) / 10 + 0,
          velocities: [Number(velocity.low), Number(velocity.high)],
          loop: loop.mode === 'loop' ? [Number(loop.start), Number(loop.stop) - 1] : null,
          takesTurns: attributes['zone-logic'] === 'round-robin',
        };
      });
    expect(heard).toEqual(wanted());
  });

  it('orders its elements as the schema does, each sample in a group that is there', () => {
    const { children } = readXml(multisampleText(pads, 'pads'));
    const names = children.map(({ name }) => name);
    const order = ['generator', 'category', 'creator', 'description', 'group', 'sample'];
    expect([...new Set(names)]).toEqual(order);
    expect([...names].sort((a, b) => order.indexOf(a) - order.indexOf(b))).toEqual(names);
    const groups = names.filter((name) => name === 'group').length;
    for (const { name, attributes } of children) {
      if (name === 'sample') expect(Number(attributes.group)).toBeLessThan(groups);
    }
  });
});
