/**
 * Gives a built engine the digests of its own code (`sound-code.mjs`). Part of `npm run build`.
 *
 *   node scripts/write-sound-code.mjs
 */
import { fileURLToPath } from 'node:url';
import { writeSoundCode } from './sound-code.mjs';

writeSoundCode(fileURLToPath(new URL('../dist', import.meta.url)));
