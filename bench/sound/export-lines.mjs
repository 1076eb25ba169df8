/** All figures of an export folder, kind by kind. */
import * as copies from './copies-lines.mjs';
import * as evenness from './evenness-lines.mjs';
import { closeSources, KINDS, readManifest, readRegion, readTexture } from './export-folder.mjs';
import { archiveControlLines } from './known/control.mjs';
import * as level from './level-lines.mjs';
import * as music from './music-lines.mjs';
import * as oneShot from './one-shot-lines.mjs';
import * as repetition from './repetition-lines.mjs';
import * as seam from './seam-lines.mjs';
import * as stereo from './stereo-lines.mjs';

/** Each measures one texture, then tells what it found in all of a kind. */
const BENCHES = [seam, stereo, level, evenness, repetition, copies, oneShot, music];

/** @param projectFolder where the manifest's source paths start; without it what needs sources is left out */
export async function exportLines(exportFolder, projectFolder) {
  const textures = readManifest(exportFolder);
  const lines = [];
  for (const kind of KINDS) {
    const measured = BENCHES.map(() => []);
    const ofKind = textures.filter((texture) => texture.kind === kind);
    for (const texture of ofKind) {
      const sound = await readTexture(exportFolder, texture);
      for (const [b, bench] of BENCHES.entries()) {
        measured[b].push(await bench.measure(texture, sound, projectFolder));
      }
    }
    if (ofKind.length > 0) lines.push(...BENCHES.flatMap((bench, b) => bench.lines(kind, measured[b])));
  }
  if (projectFolder) lines.push(...archiveControlLines(await minedStretches(textures, projectFolder)));
  await closeSources();
  return lines;
}

async function minedStretches(textures, projectFolder) {
  const stretches = [];
  for (const texture of textures.filter(({ kind }) => kind === 'mined pad')) {
    const sampleRate = Number(texture.row.sample_rate);
    stretches.push({ sampleRate, channels: (await readRegion(projectFolder, texture, sampleRate)).channels });
  }
  return stretches;
}
