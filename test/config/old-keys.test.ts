import { describe, expect, it } from 'vitest';
import { withNewKeys } from '../../src/config/old-keys.ts';
import { parseConfig } from '../../src/config/parse.ts';
import { FAMILIES } from '../../src/families/index.ts';

const parsed = (text: string) => parseConfig(text, 'config.yaml');

describe('settings that were called otherwise', () => {
  it('a whole section keeps working under its old name, with one warning', () => {
    const { settings, warnings } = parsed('silence_miner:\n  loop_duration_sec: 7\n  keep_grains: yes\n');
    expect(settings.room_tone).toMatchObject({ loop_duration_sec: 7, keep_grains: true, length_sec: 0.3 });
    expect(warnings).toEqual([
      'config.yaml:1:1: silence_miner is now called room_tone; the old name still works.',
    ]);
  });

  it('a wrong value in it is named as the file names it, where it stands', () => {
    expect(() => parsed('silence_miner:\n  max_extracted: many\n')).toThrow(
      /^config\.yaml:2:18: silence_miner\.max_extracted is "many"; it must be a whole number/,
    );
    expect(() => parsed('silence_miner: { min_rms_db: -40, max_rms_db: -50 }')).toThrow(
      /silence_miner\.min_rms_db is -40; it must be at most silence_miner\.max_rms_db, which is -50/,
    );
  });

  it('a key that is none is passed over in it, too', () => {
    const { warnings } = parsed('silence_miner:\n  loop_sec: 7');
    expect(warnings.at(-1)).toMatch(/^config\.yaml:2:3: room_tone\.loop_sec is not a setting/);
  });

  it('where both names are set, the new one counts', () => {
    const both = 'silence_miner: { length_sec: 2 }\nroom_tone: { max_extracted: 3 }';
    const { settings, warnings } = parsed(both);
    expect(settings.room_tone).toMatchObject({ length_sec: 0.3, max_extracted: 3 });
    expect(warnings).toEqual([
      'config.yaml:1:1: silence_miner is the old name of room_tone, which is set as well and counts.',
    ]);
  });

  it('an empty section says nothing but its new name', () => {
    expect(parsed('silence_miner:\n').settings).toEqual(parsed('').settings);
  });

  it('a key does', () => {
    const { settings, warnings } = parsed('dust: { dusts_per_pad: 4 }');
    expect(settings.dust.textures_per_pad).toBe(4);
    expect(warnings).toHaveLength(1);
  });

  it('are renamed in what was kept, which stays as it is', () => {
    const kept = { silence_miner: { length_sec: 1 }, dust: { dusts_per_pad: 2, level_db: -12 } };
    const { value, found } = withNewKeys(kept, FAMILIES);
    expect(value).toEqual({ room_tone: { length_sec: 1 }, dust: { textures_per_pad: 2, level_db: -12 } });
    expect(found).toHaveLength(2);
    expect(kept).toHaveProperty('silence_miner');
  });
});
