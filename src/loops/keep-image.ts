/**
 * What keeps level and stereo image of a crossfade from moment to moment. Gains from one correlation keep the level of a
 * whole fade; within it, partials of the two sides drift in and out of phase, so that the level swells and dips by some
 * dB, and where the middle runs in phase and the sides do not, the image narrows. Here the power is brought, in windows of
 * 46 ms, to what lies between those of the two sides at that moment, and the covariance of the channels in windows of 0.2 s:
 * in shorter ones tones of the two channels that have nothing in common seem to, and one would leak into the other.
 *
 * For the covariance it is the symmetric 2 × 2 matrix nearest to doing nothing that turns one covariance into the other
 * (J. Vilkamo, T. Bäckström, A. Kuntz, "Optimized covariance domain framework for time-frequency processing of spatial
 * audio", JAES 61(6), 2013): the geometric mean of the wanted covariance and the inverse of the given one
 * (assembly/image.ts).
 */
import { type KernelDoubles, KernelWorkspace } from '../dsp/kernel-memory.ts';
import * as kernels from '../dsp/kernels.ts';

/** Samples whose sums are taken together. */
export const GRAIN = 256;
/** What a grain sums up of one or two channels: Σ left², Σ right², Σ left·right. */
export const IMAGE_SUMS = 3;

const limits = new KernelWorkspace().struct('ImageLimits');
Object.assign(limits, {
  // Grains on either side whose sums are taken together: 52 ms for power, 0.2 s for covariance, at 44.1 kHz.
  powerReach: 4,
  imageReach: 17,
  // 4.5 dB.
  mostChange: 2.8,
  // Where a channel or a difference has nothing, nothing is raised.
  spreadShare: 0.003,
});

/**
 * The matrix of each grain, as its two diagonal entries and the other, for {@link kernels.turnByGrains}.
 * @param given {@link IMAGE_SUMS} a grain of what was blended, and as many once more; changed
 * @param wanted the same as it should be
 * @param isStereo whether there are two channels
 * @param matrices three numbers a grain; filled
 */
export function imageMatrices(
  given: KernelDoubles,
  wanted: KernelDoubles,
  isStereo: boolean,
  matrices: KernelDoubles,
): void {
  kernels.imageMatrices(given, wanted, matrices.length / IMAGE_SUMS, isStereo, limits, matrices);
}
