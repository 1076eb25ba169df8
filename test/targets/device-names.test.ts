import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FAMILIES } from '../../src/families/index.ts';
import {
  deviceNames,
  kitFolderName,
  type NameFacts,
  type NameRules,
  readsAlike,
} from '../../src/targets/device-names.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-';
const RULES: NameRules = { alphabet: ALPHABET, longest: 24, tellsRoot: false };
const FACTS: NameFacts = {
  family: 'pad',
  rootName: '',
  variant: '',
  brightness: '',
  kind: '',
  source: 'night ferry',
};
const named = (facts: Partial<NameFacts>, rules: Partial<NameRules> = {}) =>
  deviceNames([{ ...FACTS, ...facts }], { ...RULES, ...rules })[0];

describe('deviceNames', () => {
  it.each<[Partial<NameFacts>, Partial<NameRules>, string]>([
    [{ rootName: 'A2', variant: 'warm' }, {}, 'PD01_A2_night_ferry_warm'],
    [{ brightness: 'dark' }, {}, 'PD01_night_ferry_dark'],
    [{ rootName: 'F#2', variant: 'airy_pitch+7' }, {}, 'PD01_Fs2_up7_night_ferry'],
    [{ rootName: 'F#2', variant: 'airy_pitch-12' }, { alphabet: `${ALPHABET}#` }, 'PD01_F#2_dn12_night_airy'],
    [{ variant: 'dark_stretch1.5x' }, {}, 'PD01_x15_night_ferry'],
    [{ family: 'cloud', source: 'Übergröße' }, {}, 'CL01_Ubergrosse'],
    [{ family: 'drum', kind: 'kick', rootName: 'A1', brightness: 'dark' }, {}, 'DM01_kick_night_ferry_A1'],
    [{ family: 'hiss', source: 'ночь' }, {}, 'HS01'],
    [{ rootName: 'A2', variant: 'warm' }, { longest: 8 }, 'PD01_A2'],
    [{ rootName: 'A2', variant: 'warm' }, { longest: 12 }, 'PD01_A2_nigh'],
    [{ rootName: 'A2', variant: 'warm' }, { longest: 13 }, 'PD01_A2_night'],
    [{ rootName: 'A4', variant: 'dark_pitch+12' }, { longest: 11 }, 'PD01_A4_nig'],
    [{ source: 'loop_amen_1', brightness: 'bright' }, { longest: 16 }, 'PD01_loop_amen_1'],
    [{ name: 'Night Ferry!', rootName: 'A2', variant: 'warm' }, {}, 'PD01_Night_Ferry'],
    [{ rootName: 'A2' }, { alphabet: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789' }, 'PD01A2NIGHTFERRY'],
    [{ rootName: 'F#2' }, { alphabet: 'abcdefghijklmnopqrstuvwxyz0123456789 ' }, 'pd01 fs2 night ferry'],
  ])('of %j under %j is %s', (facts, rules, expected) => {
    expect(named(facts, rules)).toBe(expected);
  });

  it.each<[Partial<NameFacts>, number, string]>([
    [{ rootName: 'F#2', variant: 'warm' }, 10, 'PD01 F#2'],
    [{ rootName: 'F#2', variant: 'warm' }, 14, 'PD01 night F#2'],
    [{ rootName: 'F#2', variant: 'warm' }, 8, 'PD01 F#2'],
    [{ variant: 'warm' }, 10, 'PD01 night'],
    [{ name: 'Night Ferry', rootName: 'A2' }, 12, 'PD01 Nigh A2'],
    [{ family: 'drum', kind: 'kick', rootName: 'A1' }, 16, 'DM01 kick nig A1'],
  ])('end with the note where a device takes the root from there: %j in %i', (facts, longest, expected) => {
    const alphabet = `${ALPHABET.replace(/[_-]/g, '')}# `;
    expect(named(facts, { alphabet, longest, tellsRoot: true })).toBe(expected);
  });

  it('counts within a family, with as many digits as it needs, so that lists sort', () => {
    const pads = Array.from({ length: 101 }, () => FACTS);
    const names = deviceNames([...pads, { ...FACTS, family: 'drum' }], RULES);
    expect(names.slice(0, 2)).toEqual(['PD001_night_ferry', 'PD002_night_ferry']);
    expect(names[100]).toBe('PD101_night_ferry');
    expect(names[101]).toBe('DM01_night_ferry');
    expect([...names.slice(0, 101)].sort()).toEqual(names.slice(0, 101));
  });

  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('CON', '..', ' ', '-'),
  );
  const facts = fc.record({
    family: fc.constantFrom(...FAMILIES.map(({ id }) => id)),
    rootName: fc.constantFrom('', 'A2', 'C#-1'),
    ...{ variant: text, brightness: text, source: text },
    kind: fc.constantFrom('', 'kick', 'hat'),
    name: fc.option(text, { nil: undefined }),
  });
  const rules = fc.record({
    tellsRoot: fc.boolean(),
    longest: fc.integer({ min: 8, max: 40 }),
    alphabet: fc.constantFrom(
      ALPHABET,
      'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789',
      'abcdefghijklmnopqrstuvwxyz0123456789',
      `${ALPHABET} .#+()`,
    ),
  });

  it('are short, of the alphabet, and told apart whatever their case', () => {
    fc.assert(
      fc.property(fc.array(facts, { maxLength: 120 }), rules, (textures, device) => {
        const names = deviceNames(textures, device);
        expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(textures.length);
        for (const name of names) {
          expect(name.length).toBeLessThanOrEqual(device.longest);
          expect([...name].filter((character) => !device.alphabet.includes(character))).toEqual([]);
          expect(name).toMatch(/^[A-Z]{2}\d{2,3}(.*[A-Za-z0-9#])?$/i);
        }
      }),
    );
  });

  it.each([
    ['Summer night set one', 'Summer night set two', /^Summer night\d{4}$|^Summer_nigh_\d{4}$/],
    ['日本', '東京', /^KIT_\d{4}$/],
    ['Set 日本', 'Set 東京', /^Set_\d{4}$/],
  ])('of the kits %s and %s stay two where they are not whole, and are said then', (one, other, pattern) => {
    const names = [one, other].map((name) => kitFolderName(name, { ...RULES, longest: 16 }));
    expect(names[0]).toMatch(pattern);
    expect(names[0]).not.toBe(names[1]);
    expect(readsAlike(one, names[0])).toBe(false);
    expect(readsAlike('AG KIT 2', 'ag_kit_2')).toBe(true);
  });

  it('of a kit are folders of the device and of every computer', () => {
    fc.assert(
      fc.property(text, rules, (name, device) => {
        const folder = kitFolderName(name, device);
        expect(folder.length).toBeGreaterThan(0);
        expect(folder.length).toBeLessThanOrEqual(device.longest);
        expect(folder).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)$/i);
        expect(folder).not.toMatch(/^[. -]|[. ]$/);
        expect([...folder].filter((character) => !device.alphabet.includes(character))).toEqual([]);
      }),
    );
    expect(kitFolderName('AG KIT 2', RULES)).toBe('AG_KIT_2');
    expect(kitFolderName('Übergröße', RULES)).toBe('Ubergrosse');
  });
});
