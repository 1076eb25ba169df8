/**
 * Levels of a ring and the gains that ride them, block by block; see src/dsp/riding.ts. In doubles. `frames` and `blocks`
 * are the samples and blocks of the whole ring; `samples` begin with the first of them that are worked on.
 */
import { lowerHalf, storeHalves, sumOfPair, upperHalf } from './lanes';
import { Floats } from './types';

/**
 * Adds to each power the mean square of its block.
 * @param first block, @param count blocks
 * @param powers `count` of them
 */
export function addBlockPowers(
  samples: Floats,
  first: i32,
  count: i32,
  frames: f64,
  blocks: f64,
  powers: Floats,
): void {
  let start = blockStart(first, frames, blocks);
  for (let block = first; block < first + count; block++, powers += 4) {
    const end = blockStart(block + 1, frames, blocks);
    let sums = f64x2.splat(0);
    let n = start;
    for (; n + 4 <= end; n += 4, samples += 16) {
      const four = v128.load(samples);
      const low = lowerHalf(four);
      const high = upperHalf(four);
      sums = f64x2.add(sums, f64x2.add(f64x2.mul(low, low), f64x2.mul(high, high)));
    }
    let sum = sumOfPair(sums);
    for (; n < end; n++, samples += 4) {
      const x = <f64>load<f32>(samples);
      sum += x * x;
    }
    store<f32>(powers, <f32>(<f64>load<f32>(powers) + sum / <f64>(end - start)));
    start = end;
  }
}

function blockStart(block: i32, frames: f64, blocks: f64): i32 {
  return <i32>floor<f64>((<f64>block * frames) / blocks + 0.5);
}

/**
 * Multiplies by gains that go in straight lines from the middle of each block to that of the next.
 * @param first line, @param count lines: line l ends in the middle of block l, the first and the last go round the ring
 * @param gains count + 1 of them: where each line begins, and where the last ends
 */
export function rideGains(
  samples: Floats,
  first: i32,
  count: i32,
  frames: f64,
  blocks: f64,
  gains: Floats,
): void {
  const step = blocks / frames;
  let n = lineStart(first, step, frames);
  for (let line = first; line < first + count; line++, gains += 4) {
    const end = lineStart(line + 1, step, frames);
    const from = <f64>load<f32>(gains);
    const slope = (<f64>load<f32>(gains, 4) - from) * step;
    let gain = from + slope * (<f64>n + 0.5 - (<f64>line - 0.5) / step);
    let low = f64x2(gain, gain + slope);
    let high = f64x2.add(low, f64x2.splat(2 * slope));
    const four = f64x2.splat(4 * slope);
    for (; n + 4 <= end; n += 4, samples += 16) {
      const x = v128.load(samples);
      storeHalves(samples, f64x2.mul(lowerHalf(x), low), f64x2.mul(upperHalf(x), high));
      low = f64x2.add(low, four);
      high = f64x2.add(high, four);
    }
    gain = f64x2.extract_lane(low, 0);
    for (; n < end; n++, samples += 4, gain += slope) {
      store<f32>(samples, <f32>(<f64>load<f32>(samples) * gain));
    }
  }
}

/** The first sample behind the middle of the block before a line. */
function lineStart(line: i32, step: f64, frames: f64): i32 {
  return <i32>max<f64>(0, min<f64>(frames, ceil<f64>((<f64>line - 0.5) / step - 0.5)));
}
