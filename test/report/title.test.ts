import { expect, it } from 'vitest';
import { FAMILIES } from '../../src/families/index.ts';
import { partTitle, readable } from '../../src/report/title.ts';

it.each([
  ['journeys_end_pad03_dark', 'journeys_end', 'pad 03 dark'],
  ['strings_Am_pad_airy_pitch+7', 'strings_Am', 'pad airy, +7 st'],
  ['ambi_glass_hum_pad_dark_stretch1.5x', 'ambi_glass_hum', 'pad dark, 1.5×'],
  ['cloud_strings_Am_01_dark', 'strings_Am', 'cloud 01 dark'],
  ['hiss_loop_loop_amen_full_01', 'loop_amen_full', 'hiss loop 01'],
  ['song_pad_airy_pitch-5_stretch2.0x', 'song', 'pad airy, -5 st, 2.0×'],
  ['renamed by hand', 'song', 'renamed by hand'],
  ['song', 'song', 'song'],
  ['hiss_loop_01', '', 'hiss loop 01'],
])('reads %s of “%s” as “%s”', (name, source, title) => {
  expect(
    partTitle(
      name,
      source,
      FAMILIES.map(({ id }) => id),
    ),
  ).toBe(title);
});

it('reads names as people write them', () => {
  expect(readable('journeys__end_')).toBe('journeys end');
});
