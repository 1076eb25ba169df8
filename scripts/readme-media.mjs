/**
 * Makes what README.md shows and plays, from the demo: docs/pictures/studio.webp, the studio on the demo's export, and
 * docs/sounds/*.mp3, three sources and what the engine made of each. A loop is repeated, so that its wrap is in the
 * file several times.
 *
 *   npm run build
 *   npm run readme
 *
 * Needs ffmpeg with libmp3lame, and Chromium where Debian puts it or where AFTERGLOW_CHROMIUM says.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { studioPages, webpOf } from './pictures/studio.mjs';

/** What is played: a source from so many seconds on, and a loop that was made of it. The demo's seed is fixed. */
const PAIRS = [
  {
    name: 'song',
    source: 'source_audio/night_ferry.wav',
    from: 40,
    made: 'pad',
    loop: 'night_ferry/pads/night_ferry_pad01_dark.wav',
  },
  {
    name: 'chord',
    source: 'pad_sources/warm_chord.wav',
    from: 0,
    made: 'cloud',
    loop: 'warm_chord/clouds/cloud_warm_chord_01_dark.wav',
  },
  {
    name: 'drums',
    source: 'drums/back_room_beat.wav',
    from: 0,
    made: 'hiss',
    loop: 'back_room_beat/hiss/hiss_loop_back_room_beat_01.wav',
  },
];

/** Length of each sound, s: a cloud of the demo once round, a pad three times. */
const SECONDS = 6;
/** Fade at both ends of what is played, s: an excerpt begins and ends in the middle of a sound. */
const FADE_SEC = 0.03;
/** What both of a pair are brought to, LUFS: a source of the demo is up to 9 LU softer than what is made of it. */
const LOUDNESS = -20;
/** Of a screen that shows map, details and kit beside each other, CSS pixels. */
const SCREEN = { width: 1280, height: 800 };

const afterglow = fileURLToPath(new URL('../bin/afterglow.js', import.meta.url));
const docs = fileURLToPath(new URL('../docs', import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'afterglow-readme-'));
const demo = join(folder, 'demo');
const exportFolder = join(demo, 'export/tr8s');
try {
  execFileSync(process.execPath, [afterglow, 'demo', demo, '--quiet'], { stdio: 'inherit' });
  await mkdir(join(docs, 'sounds'), { recursive: true });
  for (const { name, source, from, made, loop } of PAIRS) {
    excerpt(['-ss', String(from), '-i', join(demo, source)], `${name}.mp3`);
    excerpt(['-stream_loop', '-1', '-i', join(exportFolder, loop)], `${name}-${made}.mp3`);
  }
  await writeFile(join(docs, 'pictures/studio.webp'), await studioPicture());
} finally {
  await rm(folder, { recursive: true, force: true });
}

function excerpt(input, name) {
  const fades = `afade=in:d=${FADE_SEC},afade=out:st=${SECONDS - FADE_SEC}:d=${FADE_SEC}`;
  const range = ['-t', String(SECONDS)];
  const gain = LOUDNESS - loudnessOf([...input, ...range]);
  const form = ['-ar', '44100', '-ac', '2', '-c:a', 'libmp3lame', '-b:a', '128k', '-map_metadata', '-1'];
  const output = [...range, '-af', `volume=${gain}dB,${fades}`, ...form, join(docs, 'sounds', name)];
  execFileSync('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-y', ...input, ...output]);
}

/** @returns integrated loudness, LUFS (EBU R 128) */
function loudnessOf(input) {
  const measure = ['-hide_banner', '-nostats', ...input, '-af', 'ebur128', '-f', 'null', '-'];
  const { stderr } = spawnSync('ffmpeg', measure, { encoding: 'utf8' });
  return Number(/Summary:[\s\S]*I:\s+(-?[\d.]+) LUFS/.exec(stderr)[1]);
}

/** @returns the bytes of a WebP: the map of the demo, a texture selected, some kept and in the kit */
async function studioPicture() {
  const studio = await studioPages(exportFolder);
  try {
    const page = await studio.open({ viewport: SCREEN });
    for (const words of ['night ferry pad', 'warm chord cloud', 'back room hiss', 'glass choir drone']) {
      await page.getByRole('searchbox').fill(words);
      await page.keyboard.press('Enter');
      for (const key of ['Home', 'k', 't']) await page.keyboard.press(key);
    }
    await page.getByRole('searchbox').fill('');
    await page.keyboard.press('Enter');
    await page.waitForTimeout(2000); // the pictures of the selected texture are drawn
    return await webpOf(page);
  } finally {
    await studio.close();
  }
}
