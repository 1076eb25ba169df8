import { describe, expect, it } from 'vitest';
import { describeAllowed } from '../../src/config/allowed.ts';
import { configJsonSchema, type SettingNode, settingAt, settingsTree } from '../../src/config/json-schema.ts';

function everyNode(node: SettingNode, name = ''): [string, SettingNode][] {
  return Object.entries(node.properties ?? {}).flatMap(([key, child]) => [
    [`${name}${key}`, child] as [string, SettingNode],
    ...everyNode(child, `${name}${key}.`),
  ]);
}

describe('the JSON Schema', () => {
  it('is plain JSON of draft 2020-12', () => {
    const schema = configJsonSchema();
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
  });

  it.each(everyNode(settingsTree()))('%s has a sentence, a default and a meaning', (_, node) => {
    expect(node.description).toMatch(/^[A-Z].*\.$/);
    expect(node).toHaveProperty('default');
    expect(describeAllowed(node)).not.toMatch(/undefined|\[object|^text$/);
  });

  it('refuses unknown keys and requires none, so that editors mark typing errors', () => {
    const nodes = [['', settingsTree()] as const, ...everyNode(settingsTree())];
    expect(nodes.filter(([, node]) => node.properties).length).toBeGreaterThan(10);
    for (const [, node] of nodes) {
      if (node.properties) expect(node).toHaveProperty('additionalProperties', false);
      expect(node).not.toHaveProperty('required');
    }
  });

  it('holds bounds as editors check them', () => {
    const tree = settingsTree();
    expect(settingAt(tree, ['global', 'sample_rate'])).toMatchObject({
      type: 'integer',
      minimum: 8000,
      maximum: 192000,
      default: 44100,
    });
    expect(settingAt(tree, ['clouds', 'overlap_ratio'])).toMatchObject({
      exclusiveMinimum: 0,
      exclusiveMaximum: 1,
    });
    expect(settingAt(tree, ['pad_miner', 'target_durations_sec', 0])).toMatchObject({ type: 'number' });
    expect(settingAt(tree, ['pad_miner', 'nothing', 0])).toBeUndefined();
    expect(settingAt(tree, ['toString'])).toBeUndefined();
  });
});
