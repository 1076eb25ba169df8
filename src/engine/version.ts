import { readFileSync } from 'node:fs';

/** Version of this package, as the manifest and the written files carry it. */
export const ENGINE_VERSION: string = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
).version;
