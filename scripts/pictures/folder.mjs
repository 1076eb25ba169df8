import { fileURLToPath } from 'node:url';

/** Path of a picture of docs/SOUND-QUALITY.md. */
export const pictureFile = (name) => fileURLToPath(new URL(`../../docs/pictures/${name}`, import.meta.url));
