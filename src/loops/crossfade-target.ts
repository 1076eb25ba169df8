/**
 * What a search is content with, and where the finished loop would be rejected; dB, and a ratio to the body's own flux.
 * A grade of A asks for 1 dB and a flux of 1.05, the limits (`SEAM_LIMITS`) are 1.5 dB and 1.1. Both lie a little inside
 * those, since what a fade measures by itself differs from what the finished loop measures.
 */
export const TARGET = { levelDb: 0.9, flux: 1.02 };
export const REJECTED = { levelDb: 1.4, flux: 1.08 };
