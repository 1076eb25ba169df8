/**
 * Digest of the code that makes impressions, and of the packages that it uses, as `sound-code.ts` is of textures: those of an
 * engine that was changed are made again. `npm run build` puts it in place of this one.
 */
export const IMPRESSION_CODE: string = 'not built';
