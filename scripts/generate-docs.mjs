// Writes docs/CONFIGURATION.md from the config schema. Run it after `npm run build`.
import { writeFile } from 'node:fs/promises';
import { configurationReference } from '../dist/config/reference.js';

await writeFile(new URL('../docs/CONFIGURATION.md', import.meta.url), configurationReference());
