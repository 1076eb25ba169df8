import { expect, it } from 'vitest';
import type { Settings } from '../../src/config/settings.ts';
import { materialFor } from '../../src/engine/material.ts';
import { FAMILIES } from '../../src/families/index.ts';
import { makersOf } from '../../src/families/lookup.ts';
import { nodePlatform } from '../../src/platform/node/platform.ts';
import { materialOf, settingsWith } from '../families/making.ts';
import { chord, mixed, mono, noise, RATE } from '../signals.ts';

const song = mono(mixed(chord([45, 52, 57], 2 * RATE), noise(2 * RATE, 0.1)));

it.each(['off', 'harmonic'] as const)(
  'is what lasts for pads alone, where separate is %s',
  async (separate) => {
    const whole = await materialOf(song);
    const settings = settingsWith({ pre_analysis: { separate } });
    const separated: string[] = [];
    for (const maker of makersOf<Settings>(FAMILIES)) {
      const { material, close } = await materialFor(nodePlatform, maker, whole, settings, () => {});
      if (material !== whole) separated.push(maker.id);
      await close();
    }
    expect(separated).toEqual(separate === 'harmonic' ? ['pads'] : []);
  },
);
