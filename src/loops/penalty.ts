/** Figures of different units on one scale, so that the worst of them can be known. */

/**
 * How far a figure, without sign, is from its target: up to 1 it keeps to it, at 2 it is rejected; linear on both sides.
 * @param target up to this the figure is as good as any
 * @param rejected more than `target`, in the figure's unit
 */
export function penaltyOf(figure: number, target: number, rejected: number): number {
  return figure <= target ? figure / target : 1 + (figure - target) / (rejected - target);
}

/** The figure of which {@link penaltyOf} makes this. */
export function figureAtPenalty(penalty: number, target: number, rejected: number): number {
  return penalty <= 1 ? penalty * target : target + (penalty - 1) * (rejected - target);
}
