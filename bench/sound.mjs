/**
 * How an export sounds, in figures, each with its target (SOUND.md) and a verdict.
 *
 *   npm run build
 *   npm run bench:sound -- EXPORT_DIR [PROJECT_DIR] [--json]
 *
 * PROJECT_DIR is the folder that the manifest's source paths start from; without it, what needs the sources
 * (stereo, crossfades) is left out. Ends with 1 where a figure misses its target.
 */
import { closeSources, KINDS, readManifest, readTexture } from './sound/export-folder.mjs';
import { measureLoop, seamLines } from './sound/seam-lines.mjs';
import { measureStereo, stereoLines } from './sound/stereo-lines.mjs';
import { printTable } from './sound/verdicts.mjs';

const folders = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const [exportFolder, projectFolder] = folders;
if (!exportFolder) {
  console.error('Usage: npm run bench:sound -- EXPORT_DIR [PROJECT_DIR] [--json]');
  process.exit(2);
}

const textures = readManifest(exportFolder);
const lines = [];
for (const kind of KINDS) {
  const loops = [];
  const stereo = [];
  for (const texture of textures.filter((each) => each.kind === kind)) {
    const sound = await readTexture(exportFolder, texture);
    if (texture.loops) loops.push(await measureLoop(texture, sound, projectFolder));
    stereo.push(await measureStereo(texture, sound, projectFolder));
  }
  if (loops.length > 0) lines.push(...seamLines(kind, loops));
  lines.push(...stereoLines(kind, stereo));
}
await closeSources();

if (process.argv.includes('--json')) console.log(JSON.stringify(lines, null, 2));
else printTable(lines);
if (lines.some(({ verdict }) => verdict === 'MISS')) process.exitCode = 1;
