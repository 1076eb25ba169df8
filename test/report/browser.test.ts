/** The page in a real browser, opened from a disk as people do. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Random } from '../../src/dsp/random.ts';
import { encodeWav } from '../../src/formats/wav-writer.ts';
import { shownFamilies } from '../../src/report/families.ts';
import { choose } from '../../src/report/page/choice.ts';
import { listenIn } from '../analysed.ts';
import { faintText, hasBrowser, openBrowser, watchPage } from '../browser.ts';
import { errorDb, mono } from '../signals.ts';
import { madePage, packedSheet, pageOf, type Row, ring, STILL } from './sheets.ts';

const COUNT = 300;
const made = madePage(COUNT);
/** What was chosen: in the sheet, swells, which play once, come before the best loop. */
const RANKS: Readonly<Record<number, number>> = { 2: 1, 7: 2, 10: 2, 15: 1, 21: 1 };
const curated = madePage(60, (place) => RANKS[place] ?? 0);

describe.skipIf(!hasBrowser)('the report in Chromium', () => {
  let folder: string;
  let browser: Browser;
  let page: Page;
  let watched: ReturnType<typeof watchPage>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'afterglow-report-'));
    await writeFile(join(folder, 'report.html'), made.html);
    browser = await openBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true });
  });
  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    watched = watchPage(page);
    await page.addInitScript(listenIn);
  });
  afterEach(async () => {
    expect(watched.complaints).toEqual([]);
    expect(watched.requests.filter((url) => !/^(file|data):/.test(url))).toEqual([]);
    await page.close();
  });

  const urlOf = (name: string) => pathToFileURL(join(folder, name)).href;
  const openReport = () => page.goto(urlOf('report.html'));
  const titles = () =>
    page.locator('.cell').evaluateAll((cells) => cells.map((cell) => cell.ariaLabel ?? ''));
  const selected = () => page.locator('.cell[aria-selected="true"]').getAttribute('aria-label');
  const said = () => page.locator('#announcer').textContent();
  /** Waits until what comes out is loud, or silent. */
  const listenFor = (loud: boolean) =>
    page.waitForFunction((wanted) => {
      if (!heard.analyser) return false;
      const wave = new Float32Array(heard.analyser.fftSize);
      heard.analyser.getFloatTimeDomainData(wave);
      return wanted ? Math.max(...wave) > 0.1 : wave.every((sample) => sample === 0);
    }, loud);

  it(`opens ${COUNT} textures, and draws what is in view`, async () => {
    const begun = performance.now();
    await page.goto(urlOf('report.html'), { waitUntil: 'commit' });
    await page.waitForSelector('.cell canvas[width]');
    const drawn = performance.now() - begun;
    await page.waitForLoadState();
    const size = (made.html.length / 1e6).toFixed(1);
    console.log(
      `${COUNT} textures, ${size} MB: drawn after ${drawn.toFixed(0)} ms, read after ${(performance.now() - begun).toFixed(0)} ms`,
    );
    expect(await page.locator('.cell').count()).toBe(COUNT);
    expect(await page.locator('#count').textContent()).toBe(`${COUNT} shown`);
    const inked = await page
      .locator('.cell canvas')
      .first()
      .evaluate((canvas: HTMLCanvasElement) => {
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        return new Set(data).size;
      });
    expect(inked).toBeGreaterThan(20);
    const drawnCells = await page
      .locator('.cell canvas')
      .evaluateAll((all) => all.filter((canvas) => canvas.hasAttribute('width')).length);
    expect(drawnCells).toBeLessThan(120);
  });

  it('plays what is selected, and sound flows', async () => {
    await openReport();
    await page.keyboard.press('Space');
    await listenFor(true);
    expect(await said()).toBe('plays song 1, pad 1, looping');
    expect(await page.locator('#play').textContent()).toBe('stop');
    const before = await page.evaluate(() => document.documentElement.style.getPropertyValue('--position'));
    await page.waitForFunction(
      (position) => document.documentElement.style.getPropertyValue('--position') !== position,
      before,
    );
    await page.keyboard.press('Escape');
    await listenFor(false);
    expect(await said()).toBe('silence');
    expect(await page.locator('#play').textContent()).toBe('play');
  });

  it('stops by itself where a texture plays once', async () => {
    await openReport();
    await page.locator('.cell', { hasText: 'swell 3' }).first().click();
    expect(await said()).toBe('plays song 1, swell 3');
    await page.waitForFunction(() => document.getElementById('play')?.textContent === 'play');
  });

  it('loops without a gap: three times round is three times the ring', async () => {
    await openReport();
    await page.keyboard.press('Space');
    const { rendered, length, rate } = await page.evaluate(async () => {
      const [source] = heard.sources;
      const { buffer, loop } = source;
      if (!buffer || !loop) throw new Error('no loop plays');
      const offline = new OfflineAudioContext(1, 3 * buffer.length, buffer.sampleRate);
      const again = new AudioBufferSourceNode(offline, {
        buffer,
        loop,
        loopStart: source.loopStart,
        loopEnd: source.loopEnd,
      });
      again.connect(offline.destination);
      again.start();
      const [channel] = [(await offline.startRendering()).getChannelData(0)];
      return { rendered: [...channel], length: buffer.length, rate: source.context.sampleRate };
    });
    expect(length).toBe(Math.round((30_000 / 44_100) * rate));
    const wanted = ring([200, 400], length);
    for (const wrap of [length, 2 * length]) {
      const around = (samples: ArrayLike<number>) =>
        Array.from({ length: 48 }, (_, i) => samples[(wrap - 24 + i) % samples.length]);
      expect(errorDb(around(rendered), around(wanted))).toBeLessThan(-25);
    }
  });

  it('plays one after the other, each as long as it is', async () => {
    await openReport();
    const order = choose(made.sheet, {
      ...{ search: '', families: new Set<string>(), onlyChosen: false, order: 'best first' },
    });
    const wanted = order
      .flatMap(({ places }) => places.map((place) => made.sheet.textures[place]))
      .slice(0, 30);
    await page.keyboard.press('Space');
    for (let i = 1; i < wanted.length; i++) {
      await page.keyboard.press('ArrowRight');
      // What plays once may have ended in the meantime; then nothing goes along.
      if ((await page.locator('#play').textContent()) === 'play') await page.keyboard.press('Space');
    }
    const played = await page.evaluate(() =>
      heard.sources.map(({ buffer, loop }) => ({
        loop,
        seconds: buffer?.duration ?? 0,
        peak: Math.max(...(buffer?.getChannelData(0).slice(1000, 3000) ?? [0])),
      })),
    );
    expect(played).toHaveLength(wanted.length);
    for (const [i, { loop, seconds, peak }] of played.entries()) {
      expect(loop).toBe(wanted[i].isLoop);
      expect(seconds).toBeCloseTo(wanted[i].durationSec, 3);
      expect(peak).toBeGreaterThan(0.1);
    }
  });

  it('filters, searches and sorts', async () => {
    await openReport();
    await page.getByRole('button', { name: 'drones' }).click();
    expect((await titles()).every((title) => title.includes('drone'))).toBe(true);
    expect(await said()).toBe(`${COUNT / 5} of ${COUNT} shown`);
    await page.getByRole('button', { name: 'drones' }).click();
    await page.getByRole('searchbox').fill('song 13, cloud');
    expect(await titles()).toHaveLength(2);
    await page.getByRole('searchbox').fill('no such thing');
    expect(await page.locator('#textures').textContent()).toMatch(/Nothing matches/);
    await page.getByRole('searchbox').fill('');
    await page.getByRole('combobox').selectOption('dark to bright');
    const dark = made.sheet.textures.reduce((a, b) => ((b.centroidHz ?? 0) < (a.centroidHz ?? 0) ? b : a));
    expect((await titles())[0]).toContain(dark.title);
  });

  it('is walked with the keyboard alone', async () => {
    await openReport();
    const walk = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key);
      return selected();
    };
    expect(await walk('ArrowRight')).toMatch(/^song 1, pad 6/);
    expect(await walk('ArrowLeft')).toMatch(/^song 1, pad 1,/);
    const below = await walk('ArrowDown');
    expect(below).not.toMatch(/pad (1|6),/);
    expect(await walk('ArrowUp')).toMatch(/^song 1, pad 1,/);
    expect(await walk('End')).toMatch(/^song 25/);
    expect(await walk('Home')).toMatch(/^song 1, pad 1,/);
    await page.keyboard.press('/');
    await page.keyboard.type('song 7, hiss');
    expect(await walk('Enter', 'ArrowRight')).toMatch(/^song 7, hiss/);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('role'))).toBe('option');
    await page.keyboard.press('?');
    expect(await page.getByRole('dialog').isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    expect(await page.getByRole('dialog').isVisible()).toBe(false);
    const dark = await page.evaluate(() => getComputedStyle(document.body).color);
    await page.keyboard.press('d');
    expect(await page.evaluate(() => getComputedStyle(document.body).color)).not.toBe(dark);
    // Every control can be come to by Tab, and the sheet counts as one of them.
    const met = new Set<string>();
    for (let i = 0; i < 20; i++) {
      await page.keyboard.press('Tab');
      met.add(
        await page.evaluate(
          () => document.activeElement?.id || document.activeElement?.getAttribute('role') || '',
        ),
      );
    }
    for (const id of ['search', 'order', 'theme', 'keys', 'option', 'play', 'file'])
      expect([...met]).toContain(id);
  });

  it('tells a screen reader what everything is', async () => {
    await openReport();
    const client = await page.context().newCDPSession(page);
    const { nodes } = await client.send('Accessibility.getFullAXTree');
    const told = nodes.filter(({ ignored }) => !ignored);
    const role = (node: (typeof nodes)[number]) => String(node.role?.value);
    const CONTROLS = [
      'button',
      'link',
      'searchbox',
      'combobox',
      'option',
      'listbox',
      'image',
      'dialog',
      'group',
      'region',
    ];
    const nameless = told
      .filter((node) => CONTROLS.includes(role(node)) && !node.name?.value)
      .map((node) => `${role(node)} ${node.nodeId}`);
    expect(nameless).toEqual([]);
    for (const wanted of [
      'listbox',
      'option',
      'searchbox',
      'combobox',
      'status',
      'heading',
      'main',
      'region',
    ]) {
      expect(told.map(role)).toContain(wanted);
    }
    const options = told.filter(
      (node) => role(node) === 'option' && String(node.name?.value).startsWith('song'),
    );
    expect(options).toHaveLength(COUNT);
  });

  it.each(['dark', 'light'] as const)('has ink that is easy to read, %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await openReport();
    await page.locator('details summary').click();
    expect(await page.evaluate(faintText)).toEqual([]);
  });

  it('holds still where reduced motion is asked, and needs no sound to be read', async () => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await writeFile(join(folder, 'silent.html'), pageOf(packedSheet([{ path: 'a_pad01.wav' }]), [STILL]));
    await page.goto(urlOf('silent.html'));
    expect(await page.locator('#preview').textContent()).toMatch(/^What plays here is the file itself/);
    const moving = await page.evaluate(() => document.getAnimations().length);
    expect(moving).toBe(0);
  });

  it('is harmless whatever names say', async () => {
    const hostile = '"><img src=x onerror="window.hurt=1"><script>window.hurt=1</script>\u202e ünï';
    const sheet = packedSheet(
      [{ path: hostile, source: hostile, grade_reasons: hostile, root_note: hostile, source_path: hostile }],
      { title: hostile },
    );
    await writeFile(join(folder, 'hostile.html'), pageOf(sheet, [STILL]));
    await page.goto(urlOf('hostile.html'));
    expect(await page.locator('#name').textContent()).toContain(hostile);
    expect(await page.locator('#reasons').textContent()).toContain('<img src=x');
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.evaluate(() => 'hurt' in window)).toBe(false);
  });

  it('opens on the best loop of what was chosen, silently', async () => {
    await writeFile(join(folder, 'curated.html'), curated.html);
    await page.goto(urlOf('curated.html'));
    const count = page.locator('#count');
    expect(await count.textContent()).toBe('5 of 60 shown');
    expect(await titles()).toEqual([
      expect.stringMatching(/^song 2, pad 4,/),
      expect.stringMatching(/^song 1, pad 11,/),
      expect.stringMatching(/^song 2, drone 10,/),
      expect.stringMatching(/^song 1, swell 3,/),
      expect.stringMatching(/^song 1, swell 8,/),
    ]);
    expect(await selected()).toMatch(/^song 2, pad 4, pad, .*loops, grade A, chosen$/);
    expect(await page.evaluate(() => heard.sources.length)).toBe(0);
    expect(await page.locator('#families button').first().textContent()).toBe('pads 2');
    const chosen = page.getByRole('button', { name: 'chosen 5' });
    expect(await chosen.getAttribute('aria-pressed')).toBe('true');
    await chosen.click();
    expect(await count.textContent()).toBe('60 shown');
    expect(await page.locator('#families button').first().textContent()).toBe('pads 12');
    await page.keyboard.press('c');
    expect(await count.textContent()).toBe('5 of 60 shown');
    // A swell stands before it.
    const late = madePage(10, (place) => (place === 2 || place === 3 ? 1 : 0));
    await writeFile(join(folder, 'late.html'), late.html);
    await page.goto(urlOf('late.html'));
    expect(await selected()).toMatch(/^song 1, cloud 4,/);
  });

  it('shows a family that only its data knows: in its place, by its words and in its colour', async () => {
    const bell = {
      id: 'bell',
      singular: 'bell',
      plural: 'bells',
      colour: { dark: '#12ab34', light: '#fe00dc' },
    };
    const rows = ['pad', 'bell'].map((type) => ({ path: `hall/hall_${type}01.wav`, source: 'hall', type }));
    const sheet = packedSheet(rows, { families: [bell, ...shownFamilies()] });
    await writeFile(join(folder, 'bell.html'), pageOf(sheet, [STILL, STILL]));
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.goto(urlOf('bell.html'));
    expect(await page.locator('.heading').allTextContents()).toEqual(['bells', 'pads']);
    expect(await titles()).toEqual([
      expect.stringMatching(/^hall, bell 01, bell,/),
      expect.stringMatching(/^hall, pad 01, pad,/),
    ]);
    const button = page.getByRole('button', { name: 'bells 1' });
    const colour = () => button.evaluate((one) => getComputedStyle(one, '::before').backgroundColor);
    expect(await colour()).toBe('rgb(18, 171, 52)');
    await page.keyboard.press('d');
    expect(await colour()).toBe('rgb(254, 0, 220)');
    await button.click();
    expect(await titles()).toHaveLength(1);
    // The waveform of silence is a line of that colour, as far as a half transparent pixel holds it.
    const pixels = await page.locator('.cell canvas').evaluate((canvas: HTMLCanvasElement) => {
      const { width, height } = canvas;
      const { data } = canvas.getContext('2d')!.getImageData(width / 2, 0, 1, height);
      return Array.from({ length: height }, (_, y) => [...data.slice(4 * y, 4 * y + 4)]);
    });
    const isBell = ([red, green, blue, alpha]: number[]) =>
      red > 250 && green === 0 && blue > 216 && alpha > 100;
    expect(pixels.some(isBell)).toBe(true);
  });

  it('waits for a picture of which only a part is read yet', async () => {
    const { html } = madePage(2);
    const half = html.indexOf('id="overview-1"') + 500;
    await page.evaluate((text) => document.write(text), html.slice(0, half));
    await page.waitForSelector('.cell canvas[width]');
    const drawn = () =>
      page.locator('.cell canvas').evaluateAll((all) => all.map((one) => one.hasAttribute('width')));
    expect(await drawn()).toEqual([true, false]);
    await page.evaluate((text) => {
      document.write(text);
      document.close();
    }, html.slice(half));
    await page.locator('.cell canvas[width]').nth(1).waitFor();
    expect(await drawn()).toEqual([true, true]);
  });

  it('plays what it carries no preview of from its file beside it, and goes on to others', async () => {
    const samples = ring([300], 44_100);
    const wav = encodeWav(mono(samples), {
      bitDepth: 16,
      random: new Random(1),
    });
    await mkdir(join(folder, 'own export'));
    const name = 'odd # name ü.wav';
    await writeFile(join(folder, 'own export', name), wav);
    const rows: Row[] = [
      { path: name, source: '' },
      { path: 'once.wav', loop_end: '' },
      { path: 'z_gone.wav' },
    ];
    await writeFile(join(folder, 'own export', 'once.wav'), wav);
    const sheet = packedSheet(rows, { base: './own%20export/' });
    await writeFile(join(folder, 'beside.html'), pageOf(sheet, [STILL, STILL, STILL]));
    await page.goto(urlOf('beside.html'));
    const select = (title: string) => page.locator('.cell', { hasText: title }).click();
    await select('odd');
    expect(await said()).toMatch(/^plays odd # name ü, looping, from its file$/);
    const moves = () =>
      page.waitForFunction(
        () => Number(document.documentElement.style.getPropertyValue('--position')) > 0.05,
      );
    await moves();
    await select('once');
    await page.waitForFunction(() => document.getElementById('play')?.textContent === 'play');
    await select('gone');
    await page.waitForFunction(() =>
      /does not lie beside/.test(document.getElementById('announcer')?.textContent ?? ''),
    );
    expect(await page.locator('#preview').textContent()).toMatch(
      /its file does not lie beside it\..*z_gone\.wav$/,
    );
    expect(await page.locator('#play').textContent()).toBe('play');
    expect(watched.complaints.splice(0)).toEqual([expect.stringMatching(/ERR_FILE_NOT_FOUND/)]);
  });

  it('shows the rows of what it has no picture of, and says how many it does not list', async () => {
    const rows = ['a', 'b'].map((name) => ({ path: `${name}.wav` }));
    const blocks = [STILL, { overview: null, preview: null }];
    await writeFile(join(folder, 'rows.html'), pageOf(packedSheet(rows, { unlisted: 7 }), blocks));
    await page.goto(urlOf('rows.html'));
    expect(await page.locator('#count').textContent()).toMatch(/^2 shown; the export has 9, of which/);
    expect(await page.locator('.cell.bare').count()).toBe(1);
    await page.locator('.cell').nth(1).click();
    expect(await page.locator('#pictures').isVisible()).toBe(false);
    expect(await page.locator('#facts').isVisible()).toBe(true);
    await page.waitForFunction(() =>
      /does not lie beside/.test(document.getElementById('announcer')?.textContent ?? ''),
    );
    watched.complaints.splice(0);
  });

  it('says kindly that there is nothing yet', async () => {
    await writeFile(join(folder, 'empty.html'), pageOf(packedSheet([]), []));
    await page.goto(urlOf('empty.html'));
    expect(await page.locator('#textures').textContent()).toMatch(
      /Nothing was excavated here yet.*afterglow all/,
    );
    for (const key of ['Space', 'ArrowRight', 'Home', 'End', 'Escape', 'd']) await page.keyboard.press(key);
  });
});
