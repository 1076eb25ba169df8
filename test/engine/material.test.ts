import { expect, it } from 'vitest';
import { materialFor } from '../../src/engine/material.ts';
import { MAKINGS } from '../../src/engine/phases.ts';
import { materialOf, settingsWith } from '../families/making.ts';
import { chord, mixed, mono, noise, RATE } from '../signals.ts';

const song = mono(mixed(chord([45, 52, 57], 2 * RATE), noise(2 * RATE, 0.1)));

it.each(['off', 'harmonic'] as const)(
  'is what lasts for pads alone, where separate is %s',
  async (separate) => {
    const whole = await materialOf(song);
    const settings = settingsWith({ pre_analysis: { separate } });
    const separated: string[] = [];
    for (const making of MAKINGS) {
      const { material, close } = await materialFor(making, whole, settings, () => {});
      if (material !== whole) separated.push(making);
      await close();
    }
    expect(separated).toEqual(separate === 'harmonic' ? ['pads'] : []);
  },
);
