/**
 * Gives a built engine the digests of the code that makes textures (engine/sound-code.js), impressions of them
 * (engine/impression-code.js), and what batch makes of an export (palette/step-code.js). Part of `npm run build`.
 *
 *   node scripts/write-sound-code.mjs [FOLDER]   default: dist
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { soundCode } from './sound-code.mjs';

/**
 * - a texture, from its source to the bytes of its file
 * - its row in the manifest
 * - what a source of an unsorted folder is taken for
 */
const ROOTS = ['engine/remake.js', 'curation/columns.js', 'engine/analyse-for-kind.js'];
/** Says which sources are silent or too short, and goes through a source; most of what it imports keeps the books. */
const ALONE = ['engine/excavate.js'];
/** What stands in the file of impressions. */
const IMPRESSIONS = ['engine/impression.js', 'report/preview.js'];
/** What batch makes of an export. It holds words, such as why a kit left a texture out. */
const STEPS = ['curate', 'kit', 'instrument', 'report'].map((name) => `palette/${name}.js`);

const DIST = resolve(process.argv[2] ?? fileURLToPath(new URL('../dist', import.meta.url)));
const digest = soundCode(DIST, ROOTS, { alone: ALONE });
writeFileSync(`${DIST}/engine/sound-code.js`, `export const SOUND_CODE = '${digest}';\n`);
const impressions = soundCode(DIST, IMPRESSIONS);
writeFileSync(`${DIST}/engine/impression-code.js`, `export const IMPRESSION_CODE = '${impressions}';\n`);
// After what it counts in: else the same code had another digest when this runs again.
const steps = soundCode(DIST, STEPS, { withWords: true });
writeFileSync(`${DIST}/palette/step-code.js`, `export const STEP_CODE = '${steps}';\n`);
