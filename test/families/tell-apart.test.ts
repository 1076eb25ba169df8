import { expect, it } from 'vitest';
import { Colours } from '../../src/families/clouds/tell-apart.ts';

const centresHz = [62.5, 125, 250, 500, 1000, 2000, 4000, 8000];
const flat = { centresHz, levelsDb: new Float32Array(8) };
const peaked = { centresHz, levelsDb: Float32Array.from([0, 12, 0, 12, 12, 0, 12, 0]) };

it('leaves the first cloud as it is, and one that differs anyway and may only differ more', () => {
  const colours = new Colours();
  expect(colours.tellApart(flat, [-3, 0])).toEqual(new Float32Array(8));
  expect(colours.tellApart(peaked, [-3, 0])).toEqual(new Float32Array(8));
});

it('tilts a cloud like another, no further than it must, to the side that is asked for', () => {
  const colours = new Colours();
  colours.tellApart(flat, [0, 0]);
  // 4 dB in the mean over eight octaves, on average two from their middle: 2 dB an octave.
  const darker = colours.tellApart(flat, [-3, 0]);
  expect(darker[4] - darker[3]).toBeCloseTo(-2);
  const brighter = colours.tellApart(flat, [0, 3]);
  expect(brighter[4] - brighter[3]).toBeCloseTo(2);
});

it('brings a cloud that differs by more than it must nearer to the first', () => {
  const colours = new Colours();
  colours.tellApart(flat, [0, 0]);
  const bright = { centresHz, levelsDb: Float32Array.from(centresHz, (_, band) => 3 * band) };
  const tilt = colours.tellApart(bright, [-3, 2]);
  expect(tilt[4] - tilt[3]).toBeCloseTo(-1);
});

it('goes no further than it may', () => {
  const colours = new Colours();
  colours.tellApart(flat, [0, 0]);
  const darker = colours.tellApart(flat, [-0.5, 0]);
  expect(darker[4] - darker[3]).toBeCloseTo(-0.5);
});

it('does not count bands that nobody hears', () => {
  const colours = new Colours();
  colours.tellApart({ centresHz, levelsDb: Float32Array.from([0, 0, 0, 0, -70, -70, -70, -70]) }, [0, 0]);
  const quieter = { centresHz, levelsDb: Float32Array.from([0, 0, 0, 0, -90, -110, -130, -150]) };
  expect(colours.tellApart(quieter, [-3, 0])).not.toEqual(new Float32Array(8));
});

it('keeps clouds of a source that hardly changes nearer to it', () => {
  const colours = new Colours(0.5);
  colours.tellApart(flat, [0, 0]);
  // 1.8 dB in the mean over eight octaves, in steps of a quarter of a dB an octave.
  const darker = colours.tellApart(flat, [-3, 0]);
  expect(darker[4] - darker[3]).toBeCloseTo(-1);
});
