/**
 * Digest of the code that makes selections, kits, instruments and reports, as `engine/sound-code.ts` is of textures: what an
 * engine that was changed made is made again. `npm run build` puts it in place of this one.
 */
export const STEP_CODE: string = 'not built';
