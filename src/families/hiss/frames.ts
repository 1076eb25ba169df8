/** Frames of percussive material, one after another, and their spectra. */
import { type RealFft, realFft } from '../../dsp/fft.ts';
import { copySamples, type KernelFloats, type KernelWorkspace } from '../../dsp/kernel-memory.ts';
import * as kernels from '../../dsp/kernels.ts';

/** What frames are transformed in. */
export interface FrameWorkspace {
  readonly fft: RealFft;
  readonly window: KernelFloats;
  readonly frame: KernelFloats;
  /** Of each of two channels. */
  readonly spectra: readonly [KernelFloats, KernelFloats];
}

/** Makes ready to transform frames under a window, whose length is a size that {@link realFft} takes. */
export function createFrameWorkspace(window: Float32Array, own: KernelWorkspace): FrameWorkspace {
  const size = window.length;
  const loaded = own.floats(size);
  loaded.set(window);
  const spectra = [own.floats(size + 2), own.floats(size + 2)] as const;
  return { fft: realFft(size), window: loaded, frame: own.floats(size), spectra };
}

/** Fills a channel's spectrum with that of the frame that begins at a sample; outside the sound there is silence. */
export function transformFrame(
  { fft, window, frame, spectra }: FrameWorkspace,
  samples: Float32Array,
  start: number,
  channel: number,
): void {
  copySamples(samples, start, fft.size, frame);
  kernels.multiplyArrays(frame, window, frame, fft.size);
  fft.forward(frame, spectra[channel]);
}
