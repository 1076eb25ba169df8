import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../src/config/defaults.ts';
import { parseNamePattern } from '../../src/settings/name-pattern.ts';

describe('name patterns', () => {
  it('fall into text and tokens', () => {
    expect(parseNamePattern('cloud_{source}_{index:03}_{brightness}')).toEqual([
      { text: 'cloud_' },
      { token: 'source', width: 1 },
      { text: '_' },
      { token: 'index', width: 3 },
      { text: '_' },
      { token: 'brightness', width: 1 },
    ]);
    expect(parseNamePattern('{key}{root}{bpm}{variant}{index}')).toHaveLength(5);
    expect(parseNamePattern('pad {index:2} für Ähre')).toEqual([
      { text: 'pad ' },
      { token: 'index', width: 2 },
      { text: ' für Ähre' },
    ]);
  });

  it('are all readable by default', () => {
    for (const pattern of Object.values(defaultSettings().naming)) {
      expect(() => parseNamePattern(pattern)).not.toThrow();
    }
  });

  it.each([
    ['', 'must contain {index}'],
    ['{source}_pad', 'must contain {index}'],
    ['{source}_{number}_{index}', 'not {number}'],
    ['{source:02}_{index}', 'not {source:02}'],
    ['{index:x}', 'not {index:x}'],
    ['{index:10}', 'not {index:10}'],
    ['{Index}', 'not {Index}'],
    ['{}{index}', 'not {}'],
    ['{index', 'must not contain "{"'],
    ['index}{index}', 'must not contain "}"'],
    ['../{index}', 'must not contain "/"'],
    ['a\\{index}', 'must not contain "\\\\"'],
    ['C:{index}', 'must not contain ":"'],
    ['{index}?', 'must not contain "?"'],
    ['{index}\n', 'must not contain "\\n"'],
    ['{index}\u0000', 'must not contain "\\u0000"'],
    ['.{index}', 'must not begin with'],
    ['-{index}', 'must not begin with'],
    [' {index}', 'must not begin with'],
    ['{index}.', 'nor end with'],
    ['{index} ', 'nor end with'],
    [`${'x'.repeat(120)}{index}`, 'at most 120'],
  ])('%j is refused', (pattern, reason) => {
    expect(() => parseNamePattern(pattern)).toThrow(reason);
  });
});
