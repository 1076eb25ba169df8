import { sortMagnitudes } from '../dsp/sort.ts';
import { audibleChannels } from './course.ts';
import { frameChanges } from './frame-distance.ts';
import { COMPARED_HOPS, type Landmark, LEAST_MEDIAN_DB, NO_LANDMARK, worseLandmark } from './landmark.ts';
import type { Surroundings } from './search.ts';

/**
 * The landmark that every loop cut here would have: the strongest event of the frames that all of them hold, against the
 * median change of the surroundings. None where the music pulses: its beats are no events.
 * @param from first sample that every loop holds, `to` the one after the last
 */
export function foreseenLandmark(
  { frames, energies, pulse }: Surroundings,
  from: number,
  to: number,
): Landmark {
  if (pulse) return NO_LANDMARK;
  return audibleChannels(frames, energies)
    .map((channel) => {
      const changes = frameChanges(channel, COMPARED_HOPS);
      // A change is put in the place of its later frame.
      const [first, end] = [Math.ceil(from / channel.hop) + COMPARED_HOPS, Math.floor(to / channel.hop)];
      const within = sortMagnitudes(changes.slice(first, Math.max(first, end)));
      const median = sortMagnitudes(changes)[changes.length >> 1];
      const db = within.at(-1) ?? 0;
      return { times: db / Math.max(median, LEAST_MEDIAN_DB), db };
    })
    .reduce(worseLandmark, NO_LANDMARK);
}
