import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { defaultConfigText } from '../../src/config/default-text.ts';
import { type SettingNode, settingsTree } from '../../src/config/json-schema.ts';
import { parseConfig } from '../../src/config/parse.ts';
import type { Settings } from '../../src/config/settings.ts';
import { ConfigError } from '../../src/errors.ts';

/** Values that a setting may take, from its JSON Schema. */
function valid(node: SettingNode): fc.Arbitrary<unknown> {
  if (node.anyOf) return fc.oneof(...node.anyOf.map(valid));
  if (node.enum) return fc.constantFrom(...node.enum);
  if (node.const !== undefined) return fc.constant(node.const);
  const { minimum: min, maximum: max } = node;
  switch (node.type) {
    case 'object':
      return fc.record(
        Object.fromEntries(Object.entries(node.properties!).map(([key, child]) => [key, valid(child)])),
      );
    case 'integer':
      return fc.integer({ min: min!, max: max! });
    case 'number': {
      const isOpen = min === undefined;
      const bounds = isOpen
        ? { min: node.exclusiveMinimum!, max: node.exclusiveMaximum!, minExcluded: true, maxExcluded: true }
        : { min, max: max! };
      return fc.double({ ...bounds, noNaN: true }).map((value) => value + 0);
    }
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(valid(node.items!), { minLength: node.minItems ?? 0, maxLength: 5 });
    default:
      return validText(node.title!);
  }
}

function validText(title: string): fc.Arbitrary<string> {
  if (title.startsWith('a key')) return fc.constantFrom('Am', 'C maj', 'F# minor', 'Bb');
  if (title === 'the path of a folder') return fc.string({ minLength: 1, unit: 'grapheme' });
  return fc.constantFrom('{source}_{index:02}', '{index} {key}', '{variant}', 'yes {index}', '# {index}');
}

/** Brings the pairs that must be in order into order. */
function ordered(settings: Settings): Settings {
  const sort = <Key extends string>(section: Record<Key, number | null>, low: Key, high: Key) => {
    const [a, b] = [section[low], section[high]];
    if (a === null || b === null) return;
    if (a > b) [section[low], section[high]] = [b, a];
  };
  sort(settings.pad_miner, 'min_rms_db', 'max_rms_db');
  sort(settings.beds, 'shortest_stretch_sec', 'longest_stretch_sec');
  sort(settings.beds, 'shortest_overlap_sec', 'longest_overlap_sec');
  sort(settings.clouds, 'grain_length_min_ms', 'grain_length_max_ms');
  sort(settings.clouds.pitch_shift_range, 'min', 'max');
  sort(settings.hiss, 'bandpass_low_hz', 'bandpass_high_hz');
  sort(settings.hiss, 'flicker_min_ms', 'flicker_max_ms');
  sort(settings.drum_miner, 'min_length_sec', 'max_length_sec');
  sort(settings.room_tone, 'min_rms_db', 'max_rms_db');
  sort(settings.brightness_tags, 'centroid_low_hz', 'centroid_high_hz');
  sort(settings.pre_analysis, 'min_rms_db', 'max_rms_db');
  sort(settings.pre_analysis, 'centroid_low_hz', 'centroid_high_hz');
  return settings;
}

const isDistinct = ({ hiss, brightness_tags: tags }: Settings) =>
  hiss.bandpass_low_hz < hiss.bandpass_high_hz && tags.centroid_low_hz < tags.centroid_high_hz;

/** Text is read, or refused with a ConfigError that says where. */
function readsOrRefuses(text: string): void {
  try {
    const { warnings } = parseConfig(text, 'c.yaml');
    for (const warning of warnings) expect(warning).toMatch(/^c\.yaml:\d+:\d+: [^\n]+$/);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const line of error.message.split('\n'))
      expect(line).toMatch(/^c\.yaml:(\d+:\d+:| and \d+ more) [^\n]+$/);
  }
}

describe('any config', () => {
  it('that is valid is read back as it was written', () => {
    const settings = valid(settingsTree())
      .map((value) => ordered(value as Settings))
      .filter(isDistinct);
    fc.assert(
      fc.property(settings, (wanted) => {
        const { settings: got, warnings } = parseConfig(stringify(wanted), 'c.yaml');
        expect(got).toEqual(wanted);
        expect(warnings).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('of random characters is read or refused', () => {
    const text = fc.string({
      unit: fc.constantFrom(
        ...'ab01 \n\t:-[]{}&*!|>\'"%@`#,?<~.',
        'global',
        'clouds:',
        '"\\n\\e":',
        '\u0000',
        '\uFEFF',
        'é',
        '\r\n',
      ),
      maxLength: 60,
    });
    fc.assert(fc.property(text, readsOrRefuses), { numRuns: 1500 });
  });

  it('with random values under known keys is read or refused', () => {
    const keys = [
      'global',
      'sample_rate',
      'clouds',
      'pitch_shift_range',
      'min',
      'max_pitch_shift_semitones',
      'naming',
      'pad',
      '__proto__',
      'pad_miner',
      'target_duration_sec',
      'target_durations_sec',
      'musicality',
      'target_key',
      'curation',
      'thresholds',
    ];
    const tree = fc.letrec((tie) => ({
      node: fc.oneof(
        { maxDepth: 4 },
        fc.anything({ maxDepth: 0, withNullPrototype: false }).filter((v) => typeof v !== 'symbol'),
        fc.array(tie('node'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...keys), tie('node'), { maxKeys: 4, noNullPrototype: true }),
      ),
    })).node;
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...keys), tree, { noNullPrototype: true }), (value) =>
        readsOrRefuses(stringify(value)),
      ),
      { numRuns: 600 },
    );
  });

  it('that was damaged in one place is read or refused', () => {
    const text = defaultConfigText();
    const damage = fc.tuple(
      fc.nat(text.length - 1),
      fc.nat(30),
      fc.constantFrom('', '\t', ':', '"', '[', '- ', '\n', 'x', '9e99', '\u0000'),
    );
    fc.assert(
      fc.property(damage, ([start, length, insert]) =>
        readsOrRefuses(text.slice(0, start) + insert + text.slice(start + length)),
      ),
      { numRuns: 150 },
    );
  });
});
