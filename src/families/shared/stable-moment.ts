import type { Analysis } from '../../analysis/analysis.ts';
import { eventOf } from '../../analysis/event.ts';
import { pulsedStretchOf } from '../../analysis/moment-pulse.ts';
import { segmentFigures } from '../../analysis/segments.ts';
import { stableRegions } from '../../analysis/stability.ts';
import { stabilityOf } from '../../analysis/stability-score.ts';
import type { SharedSettings } from '../../settings/shared.ts';

/** The stretch of a source that its drones, pad loops and swells are made of, frames. */
export interface StableMoment {
  readonly start: number;
  readonly length: number;
  /** Stability over that stretch, 0 to 1. */
  readonly stability: number;
}

/** From one place that is tried to the next: small against the seconds that a moment lasts. */
const HOP_SEC = 0.1;
/** What lies further below the loudest stretch is a tail, however still, dB. */
const TAIL_DB = 20;
/** What a stretch is worth in which one event stands out, as a share: a loop of it would come back with that. */
const EVENTFUL_WORTH = 0.7;

/**
 * The most stable stretch of about a length. It lies inside a stable region where there is one that holds
 * at least half of it; a shorter region gives a shorter moment. These sources are hand-picked: where
 * the limits exclude everything, the whole source is searched all the same.
 * @param length wanted, frames
 */
export function stableMoment(
  analysis: Analysis,
  limits: SharedSettings['pre_analysis'],
  length: number,
): StableMoment {
  const { frameCount, sampleRate } = analysis;
  const least = Math.min(length / 2, frameCount);
  const stable = stableRegions(analysis, limits).regions.filter(({ start, end }) => end - start >= least);
  const regions = stable.length > 0 ? stable : [{ start: 0, end: frameCount }];
  const hop = Math.max(1, Math.round(HOP_SEC * sampleRate));
  const places = regions.flatMap(({ start, end }) => {
    const count = Math.min(length, end - start);
    const steps = Math.floor((end - start - count) / hop);
    return Array.from({ length: steps + 1 }, (_, step) => ({ start: start + step * hop, length: count }));
  });

  const figures = segmentFigures(analysis);
  const levels = places.map((place) => figures.rmsDb(place.start, place.length));
  const quietest = levels.reduce((most, level) => Math.max(most, level), -Infinity) - TAIL_DB;
  const score = stabilityOf(analysis);
  const isEventful = eventOf(analysis, pulsedStretchOf(analysis));
  let best = { ...places[0], stability: -1 };
  let bestWorth = -Infinity;
  for (const [index, place] of places.entries()) {
    if (levels[index] < quietest) continue;
    const stability = score(place.start, place.length).score;
    const whole = stability * Math.sqrt(place.length / length);
    const worth = isEventful(place.start, place.length) ? EVENTFUL_WORTH * whole : whole;
    if (worth > bestWorth) {
      best = { ...place, stability };
      bestWorth = worth;
    }
  }
  return best;
}
