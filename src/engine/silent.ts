/** Mean power under this is silence to every family: -90 dBFS RMS, below the dither of a 16-bit file. */
export const SILENT_POWER = 1e-9;
