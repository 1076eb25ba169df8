/** The three views of the studio's page: what it opens on, what is shown, and how one goes through it. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { levelHeard } from '../analysed.ts';
import { hasBrowser } from '../browser.ts';
import { wav } from '../end-to-end/afterglow.ts';
import { madeExport } from '../palette/made-export.ts';
import { mono, noise } from '../signals.ts';
import { cellNames, hears, nameOf, said, shared, soon, studioPages } from './page.ts';
import { studioOn } from './studio.ts';

const FAMILIES = ['pad', 'drum', 'cloud'] as const;
const KEYS = ['A min', 'C maj', 'F# maj'];
const SONG_SEC = 6;

const project = await mkdtemp(join(tmpdir(), 'afterglow-views-'));
afterAll(() => rm(project, { recursive: true, force: true }));

/** Three songs with four finds each; of each song a clap and a pad were chosen. */
const chosen = shared(async () => {
  await mkdir(join(project, 'source_audio'));
  const { exportFolder, paths } = await madeExport(
    Array.from({ length: 12 }, (_, i) => {
      const family = FAMILIES[i % 3];
      const song = `song_${i >> 2}`;
      return {
        family,
        source: song,
        loops: family !== 'drum',
        seconds: family === 'drum' ? 0.084 : 0.5,
        sampleRate: 22_050,
        bitDepth: 16,
        channelCount: 1,
        row: {
          detected_key: KEYS[i % 3],
          detected_bpm: 100 + i,
          root_note: i % 2 ? 'A3' : null,
          source_path: `source_audio/${song}.wav`,
          source_start_sec: i % 4,
          source_end_sec: (i % 4) + 1,
        },
      } as const;
    }),
  );
  for (const song of [0, 1, 2]) {
    const bytes = wav(mono(noise(SONG_SEC * 44_100, 0.2, song)));
    await writeFile(join(project, `source_audio/song_${song}.wav`), bytes);
  }
  const ranked = paths.filter((_, i) => i % 4 < 2);
  const textures = ranked.map((path, i) => ({
    path,
    family: FAMILIES.find((family) => path.includes(`/${family}s/`)),
    rank: 1 + (i >> 1),
    quality: 0.5,
    novelty: null,
  }));
  await mkdir(join(exportFolder, '_curated'));
  const selection = JSON.stringify({ version: 1, engine_version: '0.4.0', textures });
  await writeFile(join(exportFolder, '_curated/selection.json'), selection);
  return { ranked, ...(await studioOn([exportFolder], project)) };
});

const count = (page: Page) => page.locator('#count').textContent();
const isPressed = (page: Page, id: string) => page.locator(id).getAttribute('aria-pressed');
describe.skipIf(!hasBrowser)('the views of the studio', () => {
  const pages = studioPages();

  it('open on the best loop of what was chosen, and Tab walks through the chosen', async () => {
    const page = await pages.open(await chosen());
    expect(await isPressed(page, '#chosen')).toBe('true');
    expect(await count(page)).toBe('6 of 12 · 0 kept');
    expect(await nameOf(page)).toMatch(/pad|cloud/);
    const met = new Set([await nameOf(page)]);
    for (let i = 0; i < 5; i++) {
      await page.keyboard.press('k');
      await soon(() => said(page)).toMatch(/kept$/);
      await page.keyboard.press('Tab');
      await page.evaluate(() => new Promise(requestAnimationFrame));
      met.add(await nameOf(page));
    }
    expect(met.size).toBe(6);
    await soon(() => count(page)).toBe('6 of 12 · 5 kept');
    // Behind the last comes the first; after Escape, Tab is the browser's.
    await page.keyboard.press('Tab');
    await page.evaluate(() => new Promise(requestAnimationFrame));
    expect([...met].slice(0, 5)).toContain(await nameOf(page));
    await page.locator('#map').focus();
    await page.keyboard.press('Home');
    const first = await nameOf(page);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    expect(await nameOf(page)).toBe(first);
    expect(await page.evaluate(() => document.activeElement?.id)).not.toBe('map');
    for (let i = 0; i < 5; i++) await page.keyboard.press('u');
    await soon(() => count(page)).toBe('6 of 12 · 0 kept');
    await soon(() => page.locator('#saving').textContent()).toBe('saved');
  });

  it('search selects its first hit, shows what it understood, and keys act on nothing unseen', async () => {
    const page = await pages.open(await chosen());
    await page.locator('#chosen').click();
    await page.getByRole('searchbox').fill('song 1 pads fits am');
    await soon(() => nameOf(page)).toMatch(/^song 1, pad/);
    expect(await page.locator('#understood span').allTextContents()).toEqual(['pads', 'fits A min']);
    await page.getByRole('searchbox').fill('');
    await soon(() => count(page)).toMatch(/^12 shown/);
    expect(await nameOf(page)).toMatch(/^song 1, pad/);
    await page.getByRole('searchbox').fill('source_audio');
    await page.getByText('Nothing matches.').waitFor();
    expect(await page.locator('#details-all').isVisible()).toBe(false);
    await page.keyboard.press('Enter');
    for (const key of ['k', '1', 'Space']) await page.keyboard.press(key);
    expect(await count(page)).toBe('0 of 12 · 0 kept');
    expect(await page.locator('.slot:not(.empty)').count()).toBe(0);
  });

  it('count what there is to choose from where that is another, and not at each letter of a search', async () => {
    const page = await pages.open(await chosen());
    await page.evaluate(() => {
      const changes: MutationRecord[] = [];
      const watching = new MutationObserver((all) => changes.push(...all));
      for (const id of ['families', 'by-key', 'by-root'])
        watching.observe(document.getElementById(id)!, { childList: true, subtree: true });
      Object.assign(window, { changes });
    });
    const changes = () => page.evaluate(() => (window as unknown as { changes: unknown[] }).changes.length);
    await page.getByRole('searchbox').pressSequentially('song 1');
    await soon(() => count(page)).toMatch(/^3 of/);
    expect(await changes()).toBe(0);
    await page.locator('#chosen').click();
    expect(await changes()).toBeGreaterThan(0);
    expect(await page.locator('#by-key option').allTextContents()).toContain('A min (4)');
  });

  it('filter by key and those that fit, by root and by tempo', async () => {
    const page = await pages.open(await chosen());
    await page.locator('#chosen').click();
    await page.locator('#by-key').selectOption('A min');
    await soon(() => count(page)).toMatch(/^4 of 12/);
    await page.getByRole('button', { name: 'and those that fit' }).click();
    await soon(() => count(page)).toMatch(/^8 of 12/);
    await page.locator('#by-root').selectOption({ label: 'A (6)' });
    await soon(() => count(page)).toMatch(/^4 of 12/);
    await page.locator('#by-tempo').selectOption('110');
    await soon(() => count(page)).toMatch(/^0 of 12/);
    await page.getByRole('button', { name: 'Show everything again' }).click();
    await soon(() => count(page)).toMatch(/^12 shown/);
  });

  it('cells show waveform and spectrum, are walked with arrows, and share the selection', async () => {
    const page = await pages.open(await chosen());
    await page.locator('#chosen').click();
    await page.keyboard.press('m');
    await soon(() => cellNames(page)).toHaveLength(12);
    const drawn = () =>
      page.locator('#cells .cell:visible canvas').evaluateAll((all) => {
        // What shows nothing takes some hundred letters.
        return all.filter((one) => (one as HTMLCanvasElement).toDataURL().length > 700).length;
      });
    await soon(drawn).toBe(12);
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    const names = await cellNames(page);
    const columns = await page.evaluate(() => {
      const tops = [...document.querySelectorAll('#cells .cell')].map(
        (cell) => cell.getBoundingClientRect().top,
      );
      return tops.filter((top) => top === Math.min(...tops)).length;
    });
    expect(names[columns].startsWith((await nameOf(page))!)).toBe(true);
    expect(await page.locator('.cell[aria-selected="true"]').getAttribute('aria-label')).toBe(names[columns]);
    const name = await nameOf(page);
    await page.keyboard.press('m');
    await page.keyboard.press('m');
    expect(await nameOf(page)).toBe(name);
  });

  it('songs are strips with their finds: clicked, walked, and played through', async () => {
    const page = await pages.open(await chosen());
    await page.locator('#chosen').click();
    await page.locator('#view-songs').click();
    const strips = page.locator('.strip');
    await soon(() => strips.count()).toBe(3);
    await soon(() => page.locator('.strip-facts').first().textContent()).toBe('4 finds, 0:06.00');
    // Each find can be pressed, and none lies over another.
    const finds = strips.first().locator('.find');
    await soon(() => finds.count()).toBe(4);
    const boxes = await finds.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON()));
    for (const [i, one] of boxes.entries()) {
      expect(Math.min(one.width, one.height)).toBeGreaterThanOrEqual(24);
      for (const other of boxes.slice(i + 1)) {
        const apart = [one.right <= other.left, other.right <= one.left, one.bottom <= other.top];
        expect([...apart, other.bottom <= one.top]).toContain(true);
      }
    }
    await page.keyboard.press('G');
    const picked = strips.first().locator('.find.picked');
    await soon(() => picked.count()).toBe(4);
    expect(await picked.first().getAttribute('aria-label')).toMatch(/, picked$/);
    await page.locator('#many-none').click();
    const last = await finds.last().getAttribute('aria-label');
    await finds.last().click();
    expect(last).toContain(await nameOf(page));
    expect(await finds.last().getAttribute('aria-current')).toBe('true');
    const canvas = strips.nth(1).locator('canvas');
    const { width } = (await canvas.boundingBox())!;
    // The third find of the song, in its wave.
    await canvas.click({ position: { x: (2.5 / SONG_SEC) * width, y: 20 } });
    await hears(page, /^plays song 1/);
    const third = await nameOf(page);
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('#place').textContent()).toMatch(/^0:03.00/);
    await page.keyboard.press('ArrowLeft');
    expect(await nameOf(page)).toBe(third);
    await page.keyboard.press('ArrowDown');
    await soon(() => nameOf(page)).toMatch(/^song 2/);
    expect(await page.locator('#place').textContent()).toMatch(/^0:02.00/);
    await page.getByRole('button', { name: 'Play song 0 through' }).click();
    await hears(page, /^plays song 0 from its beginning/);
    await soon(() => page.evaluate(levelHeard)).toBeGreaterThan(0.05);
    await soon(() => strips.first().locator('.strip-playhead').isVisible()).toBe(true);
    // It says where it is stopped, and lights nothing of the selected texture, which is of another song.
    const stop = page.getByRole('button', { name: 'Stop song 0' });
    expect(await stop.textContent()).toBe('stop');
    expect(await page.locator('.through.active').count()).toBe(1);
    expect(await page.locator('#details .active, .find.sounds').count()).toBe(0);
    expect(await page.locator('#song-playhead').isVisible()).toBe(false);
    // Of a find of that song, the panel shows where the song is.
    await page.locator('#as-i-go').click();
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await soon(() => nameOf(page)).toMatch(/^song 0/);
    await page.getByRole('button', { name: 'Play song 0 through' }).click();
    await soon(() => page.locator('#song-playhead').isVisible()).toBe(true);
    await stop.click();
    await soon(() => page.evaluate(levelHeard)).toBe(0);
    expect(await page.getByRole('button', { name: 'Play song 0 through' }).textContent()).toBe(
      'play through',
    );
  });

  it('the map is whole in every frame while it is resized, and afterwards as it was', async () => {
    const page = await pages.open(await chosen(), { reducedMotion: 'reduce' });
    await page.waitForTimeout(1000);
    const map = page.locator('#map');
    const before = await map.screenshot();
    const frames = await page.evaluate(async () => {
      const [area, marks] = ['map', 'map-marks'].map((id) => document.getElementById(id)!);
      const seen: [number, number][] = [];
      new ResizeObserver(() => {
        seen.push([(marks as HTMLCanvasElement).width, Math.round(area.clientWidth * devicePixelRatio)]);
      }).observe(area);
      for (const columns of ['600px 1fr', '420px 1fr', '700px 1fr', '']) {
        document.querySelector('main')!.style.gridTemplateColumns = columns;
        for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame);
      }
      return seen;
    });
    expect(frames.length).toBeGreaterThanOrEqual(4);
    for (const [drawn, wide] of frames) expect(drawn).toBe(wide);
    await page.waitForTimeout(500);
    expect(Buffer.compare(await map.screenshot(), before)).toBe(0);
  });

  it('a wheel draws once a frame, however often it turns', async () => {
    const page = await pages.open(await chosen());
    const drawn = await page.evaluate(async () => {
      const context = (document.getElementById('map-field') as HTMLCanvasElement).getContext('2d')!;
      let cleared = 0;
      context.clearRect = () => {
        cleared++;
      };
      const map = document.getElementById('map')!;
      const turn = { deltaY: -2, clientX: 200, clientY: 200 };
      for (let i = 0; i < 200; i++) map.dispatchEvent(new WheelEvent('wheel', turn));
      const atOnce = cleared;
      const rest = () => new Promise((resolve) => setTimeout(resolve, 600));
      // However busy the machine is, both come; then nothing more does.
      while (cleared < 2) await rest();
      await rest();
      return { atOnce, later: cleared };
    });
    // In the next frame, which shows all turns, and finely once the wheel rests.
    expect(drawn).toEqual({ atOnce: 0, later: 2 });
  });

  it('a map on its way is drawn seldom and coarsely, on whole pixels, and finely once it rests', async () => {
    // Of this size half of what is drawn beyond the edges is no whole number of pixels.
    const viewport = { width: 1283, height: 723 };
    // Drops that go to their places are drawn in every frame.
    const page = await pages.open(await chosen(), { viewport, reducedMotion: 'reduce' });
    for (let i = 0; i < 8; i++) await page.keyboard.press('+');
    await page.waitForTimeout(600);
    const { scales, between } = await page.evaluate(async () => {
      const context = (document.getElementById('map-field') as HTMLCanvasElement).getContext('2d')!;
      const clear = context.clearRect.bind(context);
      const draw = context.drawImage.bind(context) as (...all: unknown[]) => void;
      /** Of each drawing, device pixels a CSS pixel. */
      const drawn: number[] = [];
      /** Stamps that were laid down between pixels: each would be read anew. */
      let askew = 0;
      context.clearRect = (...all) => {
        drawn.push(0);
        clear(...all);
      };
      context.drawImage = (...all: unknown[]) => {
        const { a, e, f } = context.getTransform();
        drawn[drawn.length - 1] = a / devicePixelRatio;
        const [, x, y] = all as [unknown, number, number];
        if (!Number.isInteger(a * x + e) || !Number.isInteger(a * y + f)) askew++;
        draw(...all);
      };
      const map = document.getElementById('map')!;
      for (let i = 0; i < 60; i++) {
        map.dispatchEvent(new WheelEvent('wheel', { deltaY: 20, clientX: 300, clientY: 200 }));
        await new Promise(requestAnimationFrame);
      }
      do await new Promise((resolve) => setTimeout(resolve, 600));
      while (drawn.at(-1) !== 1);
      return { scales: drawn, between: askew };
    });
    expect(between).toBe(0);
    // From 25 times magnified to the whole: once for each halving, and once at rest. A busy machine may rest on the way.
    expect(scales.at(-1)).toBe(1);
    const onWay = scales.filter((scale) => scale === 0.5);
    expect(onWay.length).toBeGreaterThanOrEqual(1);
    expect(onWay.length).toBeLessThanOrEqual(8);
    expect(scales.length - onWay.length).toBeLessThanOrEqual(4);
  });

  it('the map names each texture from near by, and none from afar', async () => {
    const page = await pages.open(await chosen());
    const said = (keys: readonly string[]) =>
      page.evaluate(async (pressed) => {
        const context = (document.getElementById('map-field') as HTMLCanvasElement).getContext('2d')!;
        const words: string[] = [];
        context.fillText = (text) => {
          words.push(text);
        };
        const press = (key: string) =>
          document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
        for (const key of pressed) press(key);
        await new Promise((resolve) => setTimeout(resolve, 600));
        return words;
      }, keys);
    const own = /^song \d, (pad|drum|cloud)/;
    expect((await said(['f'])).filter((words) => own.test(words))).toEqual([]);
    const near = await said(['+', '+', '+', '+']);
    expect(near.some((words) => own.test(words))).toBe(true);
  });

  it('an empty export offers the demo and a folder, which is mined and shown', async () => {
    const { exportFolder } = await madeExport([]);
    await rm(join(exportFolder, 'manifest.csv'));
    const page = await pages.open(await studioOn([exportFolder], project));
    await page.getByText('Nothing was excavated here yet').waitFor();
    expect(await page.getByRole('button', { name: 'Try it with the demo’s sounds' }).isVisible()).toBe(true);
    const folder = page.getByLabel('A folder of sounds');
    await folder.fill('music');
    await page.getByRole('button', { name: 'Mine this folder' }).click();
    await page.getByText('Name the folder from its root on').waitFor();
    pages.forgive(page, /400/);
    await folder.fill(join(project, 'source_audio'));
    await page.getByRole('button', { name: 'Mine this folder' }).click();
    await soon(() => count(page)).toMatch(/^[1-9]\d* (shown|of)/);
    expect(await nameOf(page)).toMatch(/^song/);
  });
});
