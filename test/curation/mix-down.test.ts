import { expect, it } from 'vitest';
import { defaultSettings } from '../../src/config/defaults.ts';
import { mixDown } from '../../src/curation/mix-down.ts';

const { export: settings } = defaultSettings();
const stereo = {
  sampleRate: 44_100,
  channels: [Float32Array.of(0.5, 0.25, -1), Float32Array.of(0.5, -0.25, 0)],
};

it('takes the mean of the channels where stereo is not kept: both alike stay as loud', () => {
  const mixed = mixDown(stereo, 'pad', { ...settings, pads_stereo: false });
  expect(mixed).toEqual({ sampleRate: 44_100, channels: [Float32Array.of(0.5, 0, -0.5)] });
});

it('leaves a sound as it is where stereo is kept, or where there is one channel', () => {
  expect(mixDown(stereo, 'pad', { ...settings, pads_stereo: true })).toBe(stereo);
  expect(mixDown(stereo, 'drum', { ...settings, pads_stereo: false })).toBe(stereo);
  const mono = { ...stereo, channels: [stereo.channels[0]] };
  expect(mixDown(mono, 'pad', { ...settings, pads_stereo: false })).toBe(mono);
});
