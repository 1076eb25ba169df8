/** Whole grains, of any length, by the reader that clouds read theirs with. */
import { GRAIN_BLOCK, GrainReader } from '../../src/dsp/interpolate.ts';
import { KernelWorkspace } from '../../src/dsp/kernel-memory.ts';

/** @returns of each channel `count` samples */
export function renderGrains(
  sources: readonly Float32Array[],
  position: number,
  ratio: number,
  count: number,
): Float32Array[] {
  const [own, reader] = [new KernelWorkspace(), new GrainReader()];
  try {
    const blocks = sources.map(() => own.floats(GRAIN_BLOCK));
    const outputs = sources.map(() => new Float32Array(count));
    reader.setRatio(ratio);
    for (let done = 0; done < count; done += reader.most) {
      const length = Math.min(reader.most, count - done);
      reader.read(sources, position + done * ratio, blocks, length);
      for (const [c, output] of outputs.entries()) output.set(blocks[c].subarray(0, length), done);
    }
    return outputs;
  } finally {
    reader.release();
    own.release();
  }
}
