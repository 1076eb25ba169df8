/**
 * Digest of the code that makes textures, and of the packages that it uses: textures of an engine that was changed are not
 * taken for this one's, also where nobody changed its version number. `npm run build` puts it in place of this one
 * (scripts/write-sound-code.mjs), since a bundle has no files to read; as it stands here it is that of sources that nobody
 * built, as tests run them.
 */
export const SOUND_CODE: string = 'not built';
