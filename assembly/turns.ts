import { Doubles, Floats } from './types';

@unmanaged
class TurnSums {
  re: f64;
  im: f64;
}

/**
 * Adds up weights on a circle, in order.
 * @param weights in steps of the circle, round after round, @param rounds how many
 * @param cosines, @param sines of the steps
 * @param sums added to
 */
export function addTurns(
  weights: Floats,
  rounds: i32,
  cosines: Doubles,
  sines: Doubles,
  steps: i32,
  sums: TurnSums,
): void {
  let re = sums.re;
  let im = sums.im;
  for (let round = 0; round < rounds; round++) {
    for (let s: usize = 0; s < <usize>steps; s++, weights += 4) {
      const weight = <f64>load<f32>(weights);
      re += weight * load<f64>(cosines + (s << 3));
      im += weight * load<f64>(sines + (s << 3));
    }
  }
  sums.re = re;
  sums.im = im;
}
