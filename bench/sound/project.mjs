/** What the bench knows of a project besides its export: where sources lie, what was asked for, what was said. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultSettings } from '../../dist/config/defaults.js';
import { parseConfig } from '../../dist/config/parse.js';
import { readRegion } from './export-folder.mjs';

/**
 * @param folder where the manifest's source paths start from; undefined where sources are not at hand
 * @param runDocument path of what `afterglow all --json` printed; without it, shortfalls are not known
 * @returns {{ readRegion: Function | null, settings: object, passedOver: object[] | null }}
 */
export function openProject(folder, runDocument) {
  const config = folder && join(folder, 'config.yaml');
  return {
    readRegion: folder
      ? (texture, sampleRate, aroundSec) => readRegion(folder, texture, sampleRate, aroundSec)
      : null,
    settings:
      config && existsSync(config)
        ? parseConfig(readFileSync(config, 'utf8'), 'config.yaml').settings
        : defaultSettings(),
    passedOver: runDocument ? JSON.parse(readFileSync(runDocument, 'utf8')).passed_over : null,
  };
}
