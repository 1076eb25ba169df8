import { expect, it } from 'vitest';
import { assignPaths, wantedPlace } from '../../src/engine/assign-paths.ts';

it('gives a number to a place that is taken, case apart', () => {
  const places = assignPaths();
  const given = ['a/x', 'a/X', 'a/x_2', 'a/x'].map((wanted) => places.give(wanted));
  expect(given).toEqual(['a/x.wav', 'a/X_2.wav', 'a/x_2_2.wav', 'a/x_3.wav']);
});

it('gives places again only where all of them come out as before, and otherwise none', () => {
  const places = assignPaths();
  expect(places.giveAgain(['a/x', 'a/x'], ['a/x.wav', 'a/x_2.wav'])).toBe(true);
  expect(places.giveAgain(['a/y', 'a/x'], ['a/y.wav', 'a/x.wav'])).toBe(false);
  expect(places.give('a/y')).toBe('a/y.wav');
});

it('lies in the folder of the source and its family', () => {
  expect(wantedPlace('song', 'pads', 'song_pad01')).toBe('song/pads/song_pad01');
});
