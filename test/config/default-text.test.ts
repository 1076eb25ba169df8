import { describe, expect, it } from 'vitest';
import { defaultConfigText } from '../../src/config/default-text.ts';
import { defaultSettings, settingsUnder } from '../../src/config/defaults.ts';
import { parseConfig } from '../../src/config/parse.ts';
import { PRESET_NAMES, presetNamed } from '../../src/config/presets.ts';
import { leavesOf } from '../../src/config/trees.ts';

describe('the commented config', () => {
  it('reads back as the defaults', () => {
    const { settings, warnings } = parseConfig(defaultConfigText(), 'config.yaml');
    expect(settings).toEqual(defaultSettings());
    expect(warnings).toEqual([]);
  });

  it.each(PRESET_NAMES)('of the preset %s reads back as that preset, and marks its keys', (name) => {
    const text = defaultConfigText(name);
    const { settings } = presetNamed(name);
    expect(parseConfig(text, 'config.yaml').settings).toEqual(settingsUnder(settings));
    const unwrapped = text.replaceAll(/\n *# /g, ' ');
    expect(unwrapped.split(`Set by the preset ${name}.`)).toHaveLength(leavesOf(settings).length + 1);
    // With its own preset under it, it overrides nothing.
    expect(parseConfig(text, 'config.yaml', { preset: name }).warnings).toEqual([]);
  });

  it('begins with the line that editors look for', () => {
    expect(defaultConfigText().split('\n')[0]).toBe(
      '# yaml-language-server: $schema=./afterglow.schema.json',
    );
  });

  it('says above every key what it does, what it may be and its default', () => {
    const lines = defaultConfigText().split('\n');
    const keys = lines.flatMap((line, index) => (/^ *\w+: \S/.test(line) ? [index] : []));
    expect(keys).toHaveLength(leavesOf(defaultSettings()).length);
    for (const index of keys) {
      const value = lines[index]!.trim().replace(/^\w+: /, '');
      let start = index;
      while (lines[start - 1]!.trimStart().startsWith('#')) start--;
      const comment = lines
        .slice(start, index)
        .map((line) => line.replace(/^ *# /, ''))
        .join(' ');
      expect(comment).toMatch(/^[A-Z].*\. Allowed: .*\. Default: .*\.$/);
      expect(comment).toContain(`Default: ${value}.`);
    }
  });

  it('stays within 100 columns', () => {
    for (const line of defaultConfigText('impossible').split('\n'))
      expect(line.length).toBeLessThanOrEqual(100);
  });
});
