/** Mean power of a file that is silence to every family: under -90 dBFS RMS, below the dither of 16 bits. */
export const SILENT_POWER = 1e-9;
