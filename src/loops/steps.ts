/** Steps from one sample of a channel to the next, of every `stride`-th. @param stride 1 and more */
export function stepsEvery(samples: Float32Array, stride: number): Float32Array {
  const steps = new Float32Array(Math.max(0, Math.floor((samples.length - 1) / stride)));
  for (let i = 0, at = 0; i < steps.length; i++, at += stride) {
    steps[i] = Math.abs(samples[at + 1] - samples[at]);
  }
  return steps;
}
