/** Frames of percussive material, one after another, heard in the kernels' memory. */
import { type RealFft, realFft } from '../../dsp/fft.ts';
import { copyIn, FREE, kernels, memory } from '../../dsp/kernels.ts';

/** A transform, and addresses in the kernels' memory, in bytes. */
export interface FrameDesk {
  readonly fft: RealFft;
  readonly windowAt: number;
  readonly frameAt: number;
  /** A spectrum of each of two channels. */
  readonly spectraAt: readonly [number, number];
  /** From here on the memory is the caller's. */
  readonly freeAt: number;
}

/** Makes ready to hear frames under a window, whose length is a size that {@link realFft} takes. */
export function frameDesk(window: Float32Array): FrameDesk {
  const size = 4 * window.length;
  const windowAt = FREE;
  const frameAt = windowAt + size;
  const leftAt = frameAt + size;
  const rightAt = leftAt + size + 16;
  memory.floats.set(window, windowAt >> 2);
  const fft = realFft(window.length);
  return { fft, windowAt, frameAt, spectraAt: [leftAt, rightAt], freeAt: rightAt + size + 16 };
}

/** Fills a channel's spectrum with that of the frame that begins at a sample; outside the sound there is silence. */
export function hearFrame(desk: FrameDesk, samples: Float32Array, start: number, channel: number): void {
  const { fft, windowAt, frameAt, spectraAt } = desk;
  const { floats } = memory;
  copyIn(samples, start, fft.size, frameAt);
  kernels.multiplyArrays(frameAt, windowAt, frameAt, fft.size);
  fft.forward(floats.subarray(frameAt >> 2), floats.subarray(spectraAt[channel] >> 2));
}
