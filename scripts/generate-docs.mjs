// Writes docs/CONFIGURATION.md from the config schema, docs/CLI.md from what the program parses, and the tables of
// docs/KITS.md from the device profiles. Run it after `npm run build`.
import { readFile, writeFile } from 'node:fs/promises';
import { commandReference } from '../dist/cli/reference.js';
import { configurationReference } from '../dist/config/reference.js';
import { profileNames, readProfile } from '../dist/palette/profiles.js';
import { nodePlatform } from '../dist/platform/node/platform.js';
import { kitsPage } from '../dist/targets/profile-table.js';

await writeFile(new URL('../docs/CONFIGURATION.md', import.meta.url), configurationReference());
await writeFile(new URL('../docs/CLI.md', import.meta.url), commandReference());

const kits = new URL('../docs/KITS.md', import.meta.url);
const profiles = await Promise.all(profileNames(nodePlatform).map((name) => readProfile(nodePlatform, name)));
await writeFile(kits, kitsPage(await readFile(kits, 'utf8'), profiles));
