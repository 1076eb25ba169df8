/** All figures of an export folder, kind by kind. */
import * as beds from './bed-lines.mjs';
import * as cloud from './cloud-lines.mjs';
import * as copies from './copies-lines.mjs';
import * as evenness from './evenness-lines.mjs';
import { closeSources, KINDS, readManifest, readTexture } from './export-folder.mjs';
import * as files from './file-lines.mjs';
import { archiveControlLines } from './known/control.mjs';
import * as landmark from './landmark-lines.mjs';
import * as length from './length-lines.mjs';
import * as level from './level-lines.mjs';
import * as likeness from './likeness-lines.mjs';
import * as loudness from './loudness-lines.mjs';
import * as mining from './mining-lines.mjs';
import * as modulation from './modulation-lines.mjs';
import * as music from './music-lines.mjs';
import * as oneShot from './one-shot-lines.mjs';
import { closeBrowser } from './other-resamplers.mjs';
import * as repetition from './repetition-lines.mjs';
import * as resampler from './resampler-lines.mjs';
import * as seam from './seam-lines.mjs';
import * as stereo from './stereo-lines.mjs';

/** Each measures one texture, then tells what it found in all of a kind. */
const BENCHES = [
  seam,
  resampler,
  landmark,
  stereo,
  mining,
  length,
  level,
  loudness,
  files,
  evenness,
  modulation,
  repetition,
  cloud,
  likeness,
  copies,
  oneShot,
  music,
  beds,
];

/** @param project as `openProject` gives it; without its sources what needs them is left out */
export async function exportLines(exportFolder, project) {
  const textures = readManifest(exportFolder);
  const lines = [];
  for (const kind of KINDS) {
    const ofKind = textures.filter((texture) => texture.kind === kind);
    lines.push(
      ...(await kindLines(kind, ofKind, (texture) => readTexture(exportFolder, texture), {
        ...project,
        exportFolder,
      })),
    );
  }
  if (project.readRegion) lines.push(...archiveControlLines(await minedStretches(textures, project)));
  await closeSources();
  await closeBrowser();
  return lines;
}

/** All figures of textures of one kind. @param read gives the sound of a texture */
export async function kindLines(kind, textures, read, project) {
  if (textures.length === 0) return [];
  const measured = BENCHES.map(() => []);
  for (const texture of textures) {
    const sound = await read(texture);
    for (const [b, bench] of BENCHES.entries()) {
      measured[b].push(await bench.measure(texture, sound, project));
    }
  }
  return BENCHES.flatMap((bench, b) => bench.lines(kind, measured[b], project));
}

async function minedStretches(textures, project) {
  const stretches = [];
  for (const texture of textures.filter(({ kind }) => kind === 'mined pad')) {
    const sampleRate = Number(texture.row.sample_rate);
    stretches.push({ sampleRate, channels: (await project.readRegion(texture, sampleRate)).channels });
  }
  return stretches;
}
