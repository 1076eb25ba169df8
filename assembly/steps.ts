import { log2 } from './functions';
import { Doubles, Floats } from './types';

/**
 * Places of frequencies on a scale: steps[n] = perOctave · log2(frequency / reference).
 * @param steps filled, one a frequency
 */
export function pitchSteps(
  frequencies: Floats,
  count: i32,
  perOctave: f64,
  reference: f64,
  steps: Doubles,
): void {
  for (let n = 0; n < count; n++, frequencies += 4, steps += 8) {
    store<f64>(steps, perOctave * log2(<f64>load<f32>(frequencies) / reference));
  }
}
