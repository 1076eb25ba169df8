/** The studio's page for hands that only have keys, eyes that do not see, and screens of other sizes. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { faintText, hasBrowser } from '../browser.ts';
import { madeExport } from '../palette/made-export.ts';
import { nameOf, said, shared, soon, studioPages } from './page.ts';
import { studioOn } from './studio.ts';

const FAMILIES = ['pad', 'drone', 'swell', 'cloud', 'hiss', 'drum', 'silence', 'dust'] as const;

async function made() {
  const { exportFolder } = await madeExport(
    FAMILIES.flatMap((family) =>
      [0, 1].map((song) => ({
        ...{ family, source: `song_${song}`, loops: family !== 'drum' && family !== 'swell', seconds: 0.4 },
        ...({ sampleRate: 44_100, bitDepth: 16, channelCount: 1, grade: 'A' } as const),
      })),
    ),
  );
  return studioOn([exportFolder]);
}
/** For tests that change nothing of it. */
const unchanged = shared(made);

/** Everything that hides at first is shown, so that it is judged, too. */
async function openEverything(page: Page): Promise<void> {
  for (const key of ['k', '.', 'l', 'p', 'b', '1']) await page.keyboard.press(key);
  await page.locator('#more summary').click();
  await soon(() => page.locator('#layer-list li').count()).toBe(1);
  await soon(() => page.locator('#similar button').count()).toBeGreaterThan(0);
  await page.keyboard.press('Escape');
}

const CONTROLS = [
  'button',
  'link',
  'searchbox',
  'textbox',
  'combobox',
  'slider',
  'option',
  'listbox',
  'application',
];
const NAMED = [...CONTROLS, 'image', 'dialog', 'group', 'region', 'progressbar', 'meter'];

async function accessible(page: Page) {
  const client = await page.context().newCDPSession(page);
  const { nodes } = await client.send('Accessibility.getFullAXTree');
  return nodes
    .filter(({ ignored }) => !ignored)
    .map(({ role, name, nodeId }) => ({
      role: String(role?.value),
      name: String(name?.value ?? ''),
      nodeId,
    }));
}

describe.skipIf(!hasBrowser)('the studio, for everybody', () => {
  const pages = studioPages();

  it('tells a screen reader what everything is, on the map and in the list', async () => {
    const page = await pages.open(await unchanged());
    await openEverything(page);
    for (const view of ['map', 'list']) {
      await page.locator(`#view-${view}`).click();
      const told = await accessible(page);
      const nameless = told.filter(({ role, name }) => NAMED.includes(role) && name === '');
      expect(nameless).toEqual([]);
      const roles = new Set(told.map(({ role }) => role));
      const wanted = ['main', 'heading', 'status', 'searchbox', 'combobox', 'slider', 'image', 'progressbar'];
      for (const role of [...wanted, view === 'map' ? 'application' : 'listbox'])
        expect([...roles]).toContain(role);
    }
    const options = (await accessible(page)).filter(
      ({ role, name }) => role === 'option' && name.startsWith('song '),
    );
    expect(options).toHaveLength(16);
    const texts = options.map(({ name }) => name);
    expect(texts[0]).toMatch(/^song 0, pad 0, pad, 0.400 s, loops, .*grade A, kept, 1 star$/);
  });

  it.each(['dark', 'light'] as const)('has ink that is easy to read, %s', async (colorScheme) => {
    const page = await pages.open(await unchanged(), { colorScheme });
    await openEverything(page);
    expect(await page.evaluate(faintText)).toEqual([]);
    await page.locator('#view-list').click();
    expect(await page.evaluate(faintText)).toEqual([]);
    await page.keyboard.press('?');
    expect(await page.evaluate(faintText)).toEqual([]);
  });

  it('is used with keys alone: found, heard, decided, laid into the kit', async () => {
    const page = await pages.open(await made());
    const first = await nameOf(page);
    await page.keyboard.press('v');
    for (const key of ['ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown']) await page.keyboard.press(key);
    const met = new Set([first]);
    for (let i = 0; i < 15; i++) {
      await page.keyboard.press('j');
      // The name is another with the next frame.
      await page.evaluate(() => new Promise(requestAnimationFrame));
      met.add(await nameOf(page));
    }
    expect(met.size).toBeGreaterThan(8);
    await page.keyboard.press('Home');
    expect(await nameOf(page)).toBe('song 0, pad 0');
    await page.keyboard.press('/');
    await page.keyboard.type('song 1, hiss');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Home');
    await soon(() => nameOf(page)).toMatch(/^song 1, hiss/);
    await page.keyboard.press('k');
    await soon(() => said(page)).toMatch(/kept$/);
    await page.keyboard.press('2');
    await soon(() => said(page)).toMatch(/^song 1, hiss.* in 2$/);
    await page.keyboard.press('n');
    await page.keyboard.type('for the end');
    await page.keyboard.press('Enter');
    await soon(() => page.locator('#saving').textContent()).toBe('saved');
    await page.keyboard.press('?');
    expect(await page.getByRole('dialog').isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await soon(() => page.getByRole('dialog').isVisible()).toBe(false);
  });

  it('can be walked with Tab, and shows where one is', async () => {
    const page = await pages.open(await unchanged());
    const met = new Set<string>();
    for (let i = 0; i < 70; i++) {
      await page.keyboard.press('Tab');
      const { id, outline } = await page.evaluate(() => {
        const { activeElement } = document;
        const { outlineStyle, outlineWidth } = getComputedStyle(activeElement!);
        return {
          id: activeElement?.id ?? '',
          outline: outlineStyle === 'none' ? 0 : Number.parseFloat(outlineWidth),
        };
      });
      met.add(id);
      if (id !== '') expect(outline, id).toBeGreaterThanOrEqual(1);
    }
    const wanted = [
      'search',
      'theme',
      'keys',
      'view-list',
      'by-grade',
      'map',
      'nearer',
      'play',
      'keep',
      'reject',
    ];
    for (const id of [
      ...wanted,
      'note',
      'own-name',
      'make-again',
      'kit-name',
      'kit-device',
      'as-i-go',
      'silence',
    ]) {
      expect([...met], id).toContain(id);
    }
  });

  it('has a control for every key that the help tells', async () => {
    const page = await pages.open(await unchanged());
    await page.keyboard.press('?');
    const keys = await page.locator('#help-keys dt').allTextContents();
    expect(keys.length).toBeGreaterThan(20);
    await page.keyboard.press('Escape');
    for (const id of [
      ...['play', 'seam', 'in-song', 'layer', 'compare', 'keep', 'reject', 'undo', 'to-kit', 'make-again'],
      ...[
        'make-more',
        'piano-toggle',
        'as-i-go',
        'even',
        'silence',
        'nearer',
        'further',
        'whole',
        'theme',
        'keys',
      ],
    ]) {
      expect(await page.locator(`#${id}`).isVisible(), id).toBe(true);
    }
  });

  it('holds still where reduced motion is asked', async () => {
    const page = await pages.open(await unchanged(), { reducedMotion: 'reduce' });
    await page.keyboard.press('Space');
    await soon(() => page.locator('#play').textContent()).toMatch(/stop/);
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
    expect(await page.locator('#playhead').isVisible()).toBe(false);
  });

  it.each([
    [1280, 720],
    [820, 1180],
    [1700, 950],
  ])('keeps everything on a screen of %i by %i', async (width, height) => {
    const page = await pages.open(await unchanged(), { viewport: { width, height } });
    await soon(() => page.locator('#kit-device option').count()).toBeGreaterThan(3);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(width);
    const outside = await page.evaluate(() =>
      [
        ...document.querySelectorAll(
          'header button, header input, #filters :is(button, select), #tray > * , #map, #details',
        ),
      ]
        .filter((element) => element.checkVisibility())
        .filter((element) => {
          const { left, right, top, bottom } = element.getBoundingClientRect();
          return left < 0 || top < 0 || right > innerWidth + 1 || bottom > innerHeight + 1;
        })
        .map((element) => element.id || element.outerHTML.slice(0, 60)),
    );
    expect(outside).toEqual([]);
    const { width: wideMap, height: highMap } = (await page.locator('#map').boundingBox())!;
    expect(wideMap * highMap).toBeGreaterThan(0.2 * width * height);
  });
});
