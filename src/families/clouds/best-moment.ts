/** Which moment of the source a grain takes. */
import type { Analysis } from '../../analysis/analysis.ts';
import { square } from '../../dsp/maths.ts';
import type { Random } from '../../dsp/random.ts';
import { type Grain, type GrainPool, type Moment, spanOf, type TimeRange } from './grain.ts';
import { grainQuality } from './grain-quality.ts';
import type { CloudSettings } from './settings.ts';

/** Draws of a place in the source before the best of them is taken. */
const MOST_DRAWS = 16;
/** A moment, how good it is (0 to 1), and its level, from which the grain's gain comes. */
export type JudgedMoment = Moment & Pick<Grain, 'gain'> & { readonly quality: number };

/** Draws until a moment is good enough, or takes the best of many; with its level, for the grain's gain. */
export type MomentChooser = (draw: () => Moment, span: number, neighbours: readonly Grain[]) => JudgedMoment;

export function momentChooser(pool: GrainPool, limits: CloudSettings['pre_analysis']): MomentChooser {
  const { analysis } = pool;
  const level = meanLevel(pool);
  return (draw, span, neighbours) => {
    let best = -1;
    let moment = { stretch: 0, start: 0 };
    for (let tries = 0; tries < MOST_DRAWS && best < limits.grain_quality_threshold; tries++) {
      const drawn = draw();
      // Worth less in proportion as it is quieter than the rest, so that no noise floor is lifted.
      let quality = Math.min(1, rms(analysis, drawn.start, drawn.start + span) / level);
      if (limits.enabled) quality *= grainQuality(analysis, drawn.start, drawn.start + span, limits);
      // The same moment twice at once is no texture but a comb filter.
      if (neighbours.some((other) => Math.abs(other.start - drawn.start) < span / 8)) quality *= 0.3;
      if (quality > best) {
        best = quality;
        moment = drawn;
      }
    }
    return { ...moment, quality: best, gain: rms(analysis, moment.start, moment.start + span) };
  };
}

/** Draws where a grain of some span begins so that it shares at least half of itself or of a heard grain with it. */
export function nearDrawer(stretches: readonly TimeRange[], audible: readonly Grain[]) {
  return (span: number, random: Random): Moment => {
    const near = random.pick(audible);
    const { start, end } = stretches[near.stretch];
    const place = Math.round(near.start + random.between(-span / 2, spanOf(near) / 2));
    return { stretch: near.stretch, start: Math.max(start, Math.min(Math.floor(end - span), place)) };
  };
}

/** Root mean square over all of the pool. */
function meanLevel({ analysis, stretches }: GrainPool): number {
  let energy = 0;
  let frames = 0;
  for (const { start, end } of stretches) {
    energy += (end - start) * square(rms(analysis, start, end));
    frames += end - start;
  }
  return Math.sqrt(energy / frames);
}

function rms(analysis: Analysis, from: number, to: number): number {
  const first = Math.floor(from / analysis.hop);
  const end = Math.min(analysis.cellCount, Math.max(first + 1, Math.ceil(to / analysis.hop)));
  let energy = 0;
  for (let cell = first; cell < end; cell++) energy += analysis.power[cell];
  return Math.sqrt(energy / Math.max(1, end - first));
}
