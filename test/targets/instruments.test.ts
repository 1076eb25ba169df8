/** The mapping, and the three formats by readers that share nothing with their writers. */
import { describe, expect, it } from 'vitest';
import { FAMILIES } from '../../src/families/index.ts';
import { multisampleText } from '../../src/targets/bitwig/multisample.ts';
import { decentSamplerText } from '../../src/targets/decent-sampler/preset.ts';
import { paletteInstruments } from '../../src/targets/palette-instruments.ts';
import { sampleFileNames } from '../../src/targets/sample-names.ts';
import { sfzText } from '../../src/targets/sfz/sfz.ts';
import { soundingRoot } from '../../src/targets/sounding-root.ts';
import { sourceInstruments } from '../../src/targets/source-instruments.ts';
import { textureInstruments } from '../../src/targets/texture-instruments.ts';
import type { Instrument, InstrumentSample, Zone } from '../../src/targets/zones.ts';
import { readSfz, readXml } from './readers.ts';

let count = 0;

function sample(given: Partial<InstrumentSample> = {}): InstrumentSample {
  count++;
  return {
    ...{ file: `sample_${count}.wav`, name: `sample_${count}`, family: 'pad', kind: '' },
    ...{
      source: `source ${count}`,
      moment: { startSec: 0, endSec: 2 },
      frameCount: 88200,
      sampleRate: 44100,
    },
    ...{ isLoop: true, root: null, lufs: -12, centroidHz: 1000 },
    ...given,
  };
}

function rooted(note: number, given: Partial<InstrumentSample> = {}, confidence = 0.8): InstrumentSample {
  return sample({ root: { note, cents: 12.4, confidence }, ...given });
}

const palettes = (samples: readonly InstrumentSample[]) => paletteInstruments(samples, FAMILIES);

function zonesIn(instruments: readonly Instrument[]): Zone[] {
  return instruments.flatMap(({ groups }) => groups.flatMap(({ zones }) => zones));
}

const zonesOf = (samples: readonly InstrumentSample[]) => zonesIn(palettes(samples));

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

  it('gives what has no clear root an instrument of its own, one a key from the middle, as it is', () => {
    const unknown = Array.from({ length: 80 }, () => sample());
    const [known, others] = palettes([...unknown, rooted(50), rooted(60, {}, 0.19)]);
    expect(known.name).toBe('pads');
    expect(zonesIn([known]).map(({ tuneCents, tracksKeys }) => [tuneCents, tracksKeys])).toEqual([
      [-12.4, true],
    ]);
    expect([others.name, others.remark]).toEqual([
      'pads_root_unknown',
      'roots unknown: one a key, as they are',
    ]);
    const keyOf = (index: number) => zonesIn([others]).find((zone) => zone.sample === unknown[index])!.lowKey;
    expect([0, 1, 48, 49, 72, 73].map(keyOf)).toEqual([60, 61, 108, 59, 36, 60]);
    expect(zonesIn([others]).every(({ tracksKeys, tuneCents }) => !tracksKeys && tuneCents === 0)).toBe(true);
  });

  it('lays shades of one moment over velocity, the darkest softest, and lets those beyond four take turns', () => {
    const centroids = [900, 300, 1200, 600, 1500];
    const zones = zonesOf(centroids.map((centroidHz) => rooted(57, { centroidHz, source: 'song' })));
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

  it('lets sounds that have nothing in common take turns at any velocity', () => {
    const later = { source: 'song', moment: { startSec: 1.5, endSec: 3.5 } };
    const zones = zonesOf([rooted(57, { source: 'song' }), rooted(57, later), rooted(57)]);
    expect(zones.map(({ lowVelocity, highVelocity, turn }) => [lowVelocity, highVelocity, turn])).toEqual(
      [1, 2, 3].map((position) => [1, 127, { position, of: 3 }]),
    );
  });

  it('puts drums where General MIDI has them, and lets hats choke each other', () => {
    const kinds = ['kick', 'snare', 'hat', 'hat', 'cymbal', 'cymbal', 'perc', 'kick', '', 'kick'];
    const hits = kinds.map((kind, i) =>
      sample({ family: 'drum', kind, isLoop: false, frameCount: i === 3 ? 30000 : 8000 }),
    );
    const [{ groups }] = palettes(hits);
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
    const instruments = palettes([
      sample({ family: 'hiss' }),
      sample({ family: 'silence' }),
      sample({ family: 'drone' }),
    ]);
    expect(instruments.map(({ part }) => part)).toEqual(['drones', 'layers']);
    expect(zonesIn([instruments[1]]).map(({ lowKey, tracksKeys }) => [lowKey, tracksKeys])).toEqual([
      [60, false],
      [84, false],
    ]);
  });

  it('lets clouds and drones with a trusted root follow the keys', () => {
    const zones = zonesOf([rooted(57, { family: 'cloud' }), rooted(45, { family: 'drone' })]);
    expect(zones.map(({ rootKey, tracksKeys, lowKey }) => [rootKey, tracksKeys, lowKey])).toEqual([
      [45, true, 36],
      [57, true, 36],
    ]);
  });

  it('brings all to one loudness, within bounds, but leaves hits as they are', () => {
    const gains = [-12, -40, 8, null].map((lufs) => zonesOf([sample({ lufs })])[0].gainDb);
    expect(gains).toEqual([-6, 6, -24, 0]);
    expect(zonesOf([sample({ family: 'drum', lufs: -12 })])[0].gainDb).toBe(0);
  });

  it('never leaves a sample out, and never lets two sound where one should', () => {
    const samples = Array.from({ length: 150 }, (_, i) =>
      i % 2 === 0
        ? sample()
        : rooted(20 + ((i * 7) % 90), { centroidHz: (i * 37) % 1000, source: `song ${i % 5}` }),
    );
    const instruments = [...palettes(samples), ...sourceInstruments(samples, FAMILIES)];
    expect(new Set(zonesOf(samples).map((zone) => zone.sample)).size).toBe(150);
    for (const instrument of instruments) expectOneAtATime(zonesIn([instrument]));
  });
});

function expectOneAtATime(zones: readonly Zone[]) {
  for (let key = 0; key < 128; key++) {
    // The edges of two, three and four layers.
    for (const velocity of [1, 31, 32, 42, 43, 63, 64, 84, 85, 95, 96, 127]) {
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
}

describe('the instruments of a source', () => {
  const named = (samples: readonly InstrumentSample[]) =>
    sourceInstruments(samples, FAMILIES).map((instrument) => [
      instrument.name,
      ...zonesIn([instrument]).map(({ sample: { name } }) => name),
    ]);

  it('join roots that are neighbours, of one source and family only', () => {
    const from = (note: number, name: string, given = {}) => rooted(note, { name, source: 'song', ...given });
    const moment = { startSec: 30, endSec: 32 };
    expect(
      named([
        from(48, 'low'),
        from(60, 'octave', { moment }),
        from(73, 'far', { moment: { startSec: 60, endSec: 62 } }),
        rooted(50, { name: 'other song' }),
        from(50, 'drone', { family: 'drone' }),
        from(52, 'unsure', { root: { note: 52, cents: 0, confidence: 0.1 } }),
      ]),
    ).toEqual([['song_pads', 'low', 'octave']]);
  });

  it('have one moment on a root, its shades over velocity, and the next moments in further instruments', () => {
    const second = { moment: { startSec: 30, endSec: 32 } };
    const third = { moment: { startSec: 60, endSec: 62 } };
    const from = (note: number, name: string, given = {}) => rooted(note, { name, source: 'song', ...given });
    const samples = [
      from(57, 'bright', { centroidHz: 3000 }),
      from(57, 'dark', { centroidHz: 300 }),
      from(57, 'later', second),
      from(59, 'later too', third),
      from(62, 'last', second),
      from(62, 'last of all', third),
    ];
    expect(named(samples)).toEqual([
      ['song_pads', 'dark', 'bright', 'later too', 'last'],
      ['song_pads_2', 'later', 'last of all'],
    ]);
    for (const { turn } of zonesIn(sourceInstruments(samples, FAMILIES))) expect(turn.of).toBe(1);
  });

  it('join what is of one moment, however far its roots lie apart', () => {
    expect(named([rooted(40, { source: 'a' }), rooted(64, { source: 'a' })])).toHaveLength(1);
    expect(named([rooted(40, { source: 'a' }), rooted(64, { source: 'a', moment: null })])).toEqual([]);
  });
});

describe('the instrument of a texture', () => {
  it('has it on every key of a piano, by its root; C4 where that is not known, which its name says', () => {
    const [known, unknown] = textureInstruments([rooted(45, { name: 'a' }), sample({ name: 'b' })], FAMILIES);
    expect([known.name, known.remark]).toEqual(['a', '']);
    expect([unknown.name, unknown.remark]).toEqual(['b_root_unknown', 'root unknown: C4 plays it as it is']);
    expect(
      zonesIn([known, unknown]).map(({ lowKey, highKey, rootKey, tracksKeys, tuneCents }) => [
        ...[lowKey, highKey, rootKey, tracksKeys, tuneCents],
      ]),
    ).toEqual([
      [21, 108, 45, true, -12.4],
      [21, 108, 60, true, 0],
    ]);
  });

  it('plays a hit to its end, at its own peak', () => {
    const [{ groups }] = textureInstruments([sample({ family: 'drum', isLoop: false, lufs: -30 })], FAMILIES);
    expect(groups.map(({ isOneShot, zones: [{ gainDb }] }) => [isOneShot, gainDb])).toEqual([[true, 0]]);
  });
});

it('tells the root as a loop sounds whose length was rounded to another rate', () => {
  const texture = {
    root: { note: 57, cents: 3, confidence: 0.9 },
    loops: true,
    durationSec: 1000 / 44_100,
    sampleRate: 44_100,
  };
  // 1088.4 frames at 48 kHz become 1088: the loop is shorter, and sounds higher by as much.
  expect(soundingRoot(texture, 1088, 48_000)!.cents).toBeCloseTo(3 + 1200 * Math.log2(1088.4354 / 1088), 3);
  expect(soundingRoot({ ...texture, loops: false }, 1088, 48_000)).toEqual(texture.root);
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
  ...[300, 600, 900, 1200, 1500].map((centroidHz) =>
    rooted(40, { centroidHz, lufs: -17.96, source: 'song' }),
  ),
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

const [pads] = palettes(MIXED);
const [drums] = palettes([sample({ family: 'drum', kind: 'hat', isLoop: false })]);

describe('as SFZ', () => {
  it('says of each zone what the mapping says', () => {
    const heard = readSfz(sfzText(pads, 'pads', '../')).map(
      (region): Heard => ({
        file: region.sample.replace(/^\.\.\//, ''),
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
    const [hat] = readSfz(sfzText(drums, 'drums', ''));
    expect(hat).toMatchObject({ loop_mode: 'one_shot', amp_veltrack: '100' });
    expect(hat.group).toBe(hat.off_by);
  });
});

describe('as DecentSampler preset', () => {
  it('says of each zone what the mapping says', () => {
    const root = readXml(decentSamplerText(pads, 'pads', '../'));
    expect(root.name).toBe('DecentSampler');
    expect(root.children.map(({ name }) => name)).toEqual(['ui', 'groups', 'effects']);
    const groups = root.children[1].children;
    expect(groups.map(({ name }) => name)).toEqual(['group']);
    const heard = groups.flatMap(({ children }) =>
      children.map(({ name, attributes: of }): Heard => {
        expect(name).toBe('sample');
        expect(of.volume).toMatch(/^-?\d+\.\ddB$/);
        return {
          file: of.path.replace(/^\.\.\//, ''),
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
    const { attributes, children } = readXml(decentSamplerText(drums, 'drums', '')).children[1];
    const [group] = children;
    expect(Number(attributes.release)).toBeGreaterThanOrEqual(2);
    expect(group.attributes.tags).not.toBeUndefined();
    expect(group.attributes.silencedByTags).toBe(group.attributes.tags);
    expect(group.children[0].attributes.loopEnabled).toBe('false');
  });
});

describe('the panel', () => {
  it('of a DecentSampler preset turns attack, release, tone and level, which are as the instrument has them', () => {
    const [ui, groups, effects] = readXml(decentSamplerText(pads, 'AG_pads', '')).children;
    const [{ children }] = ui.children;
    const [heading, ...knobs] = children;
    expect(heading.attributes.text).toBe('AG_pads');
    const facts = knobs.map(({ name, attributes, children: [binding] }) => [
      ...[name, attributes.label, attributes.value, binding.attributes.type, binding.attributes.parameter],
    ]);
    expect(facts).toEqual([
      ['labeled-knob', 'Attack', groups.attributes.attack, 'amp', 'ENV_ATTACK'],
      ['labeled-knob', 'Release', groups.attributes.release, 'amp', 'ENV_RELEASE'],
      ['labeled-knob', 'Tone', '1', 'effect', 'FX_FILTER_FREQUENCY'],
      ['labeled-knob', 'Level', '1', 'amp', 'AMP_VOLUME'],
    ]);
    expect(effects.children.map(({ attributes: { type, frequency } }) => [type, frequency])).toEqual([
      ['lowpass', '22000'],
    ]);
    const table = knobs[2].children[0].attributes.translationTable.split(';');
    expect(table.at(-1)).toBe('1,22000');
  });

  it('of an SFZ hangs on controllers that change nothing until they are turned', () => {
    const text = sfzText(pads, 'pads', '');
    const [, control] = /^<control> (.*)$/m.exec(text)!;
    expect(control.split(' ')).toEqual([
      ...['set_cc74=127', 'label_cc73=Attack', 'label_cc72=Release', 'label_cc74=Tone', 'label_cc7=Level'],
    ]);
    const [region] = readSfz(text);
    expect(region).toMatchObject({ ampeg_attack_oncc73: '4', ampeg_release_oncc72: '8' });
    // Curve 2 falls from 1 to 0: at 127 nothing is taken from the cutoff.
    expect(region).toMatchObject({ cutoff: '20000', cutoff_oncc74: '-8400', cutoff_curvecc74: '2' });
    expect(text).not.toContain('loop_crossfade');
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
