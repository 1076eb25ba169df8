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

  it('tells a screen reader what everything is, in every view', async () => {
    const page = await pages.open(await unchanged());
    await openEverything(page);
    for (const view of ['map', 'songs', 'cells']) {
      await page.locator(`#view-${view}`).click();
      const told = await accessible(page);
      const nameless = told.filter(({ role, name }) => NAMED.includes(role) && name === '');
      expect(nameless).toEqual([]);
      const roles = new Set(told.map(({ role }) => role));
      const wanted = ['main', 'heading', 'status', 'searchbox', 'combobox', 'slider', 'image', 'progressbar'];
      for (const role of [...wanted, view === 'cells' ? 'listbox' : 'application'])
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
    await page.locator('#view-cells').click();
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
    // Where the arrows led depends on the map's size.
    await page.keyboard.press('Home');
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
      // In a view Tab goes from texture to texture.
      await page.keyboard.press('Escape');
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
      'view-cells',
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

  it('says of what instruments are made', async () => {
    const page = await pages.open(await unchanged());
    expect(await page.locator('#instrument-make').textContent()).toBe(
      'make instruments of all of grade A and B',
    );
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

  it('begins the help with its title on a phone', async () => {
    const page = await pages.open(await unchanged(), { viewport: { width: 390, height: 600 } });
    await page.evaluate(() => document.getElementById('keys')!.click());
    expect(await page.evaluate(() => document.getElementById('help')!.scrollTop)).toBe(0);
    expect(await page.evaluate(() => document.activeElement!.id)).toBe('help-title');
  });

  it('holds still where reduced motion is asked', async () => {
    const page = await pages.open(await unchanged(), { reducedMotion: 'reduce' });
    await page.keyboard.press('Space');
    await soon(() => page.locator('#play').textContent()).toMatch(/stop/);
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
    expect(await page.locator('#playhead').isVisible()).toBe(false);
  });

  // The fourth is a laptop's page at 200 %.
  it.each([
    [1280, 720, 1],
    [1024, 800, 1],
    [1024, 700, 1],
    [820, 1180, 1],
    [390, 844, 2],
    [640, 360, 2],
    [2560, 1300, 1],
  ])('keeps everything on a screen of %i by %i', async (width, height, deviceScaleFactor) => {
    const page = await pages.open(await unchanged(), { viewport: { width, height }, deviceScaleFactor });
    await soon(() => page.locator('#kit-device option').count()).toBeGreaterThan(3);
    const decisions = page.locator('#deciding button');
    const tops = await decisions.evaluateAll((all) => all.map((one) => (one as HTMLElement).offsetTop));
    if (width >= 1280) expect(new Set(tops).size).toBe(1);
    await openEverything(page);
    expect(await page.evaluate(tooWide)).toEqual([]);
    expect(await page.evaluate(cutWords)).toEqual([]);
    // The piano is in sight where it is opened, at the head of the page, and all of the device's places are beside it.
    await page.evaluate(() => scrollTo(0, 0));
    for (const key of await page.locator('#piano-keys button').all()) {
      const { x, y, width: wide, height: high } = (await key.boundingBox())!;
      expect(Math.min(wide, high)).toBeGreaterThanOrEqual(24);
      expect([x >= 0, y >= 0, x + wide <= width, y + high <= height]).toEqual(Array(4).fill(true));
    }
    await page.locator('#kit-device').selectOption('tr8s');
    const tray = page.locator('#kit-slots');
    expect(await tray.locator('li').count()).toBe(11);
    expect(
      await tray.evaluate((one) => [one.scrollWidth - one.clientWidth, one.scrollHeight - one.clientHeight]),
    ).toEqual([0, 0]);
    // What plays and decides is seen without scrolling: on a phone at its foot, or else at the foot of the details.
    const isScrolled = await page.evaluate(() => getComputedStyle(document.body).overflowY === 'visible');
    await page.evaluate(() => document.getElementById('details')!.scrollTo(0, 0));
    for (const id of isScrolled ? [] : ['play', 'keep', 'next']) {
      const seen = await page.evaluate((button) => {
        const { x, y, width: wide, height: high } = document.getElementById(button)!.getBoundingClientRect();
        return document.elementFromPoint(x + wide / 2, y + high / 2)?.closest('button')?.id;
      }, id);
      expect(seen).toBe(id);
    }
    for (const view of ['songs', 'cells', 'map']) {
      await page.locator(`#view-${view}`).click();
      expect(await page.evaluate(unreachable), view).toEqual([]);
      expect(await page.evaluate(faintText), view).toEqual([]);
    }
    const { width: wideMap, height: highMap } = (await page.locator('#map').boundingBox())!;
    expect(wideMap * highMap).toBeGreaterThan(0.2 * width * height);
    // At the foot of a page that is scrolled, too.
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    const silence = (await page.locator('#silence').boundingBox())!;
    const middle = [silence.x + silence.width / 2, silence.y + silence.height / 2] as const;
    const hit = await page.evaluate(
      ([x, y]) => document.elementFromPoint(x, y)?.closest('button')?.id,
      middle,
    );
    expect(hit).toBe('silence');
  });
});

/** To be run in a page: what makes it wider than the screen. */
function tooWide(): string[] {
  const { scrollWidth } = document.documentElement;
  if (scrollWidth <= innerWidth) return [];
  const wide = [...document.querySelectorAll('body *')].filter(
    (one) =>
      one.checkVisibility() &&
      !one.closest('#families, #kit-slots, #piano-keys, #map') &&
      one.getBoundingClientRect().right > innerWidth + 1,
  );
  return [`${scrollWidth} pixels`, ...wide.map((one) => one.id || one.className || one.tagName)];
}

/** To be run in a page: buttons that are narrower than their words with all nine families, and a device whose name cannot be read. */
function cutWords(): string[] {
  const families = document.querySelector('#families')!;
  const more = Array.from({ length: 9 - families.children.length }, () =>
    families.lastElementChild!.cloneNode(true),
  );
  families.append(...more);
  const cut = [...document.querySelectorAll<HTMLElement>('header button, #tray button')].filter(
    (button) => button.checkVisibility() && button.scrollWidth > button.offsetWidth + 1,
  );
  const device = document.querySelector<HTMLSelectElement>('#kit-device')!;
  const whole = device.cloneNode() as HTMLSelectElement;
  whole.append(device.selectedOptions[0].cloneNode(true));
  Object.assign(whole.style, { position: 'absolute', maxWidth: 'none', width: 'max-content' });
  device.after(whole);
  const isCut = whole.offsetWidth > device.offsetWidth + 1;
  whole.remove();
  const names = [...cut, ...(isCut ? [device] : [])].map((one) => one.id || (one.textContent ?? ''));
  for (const one of more) (one as Element).remove();
  return names;
}

/** To be run in a page: controls that are small, or that no scrolling brings in sight. */
function unreachable(): string[] {
  const isScrolled = getComputedStyle(document.body).overflowY === 'visible';
  const controls = document.querySelectorAll<HTMLElement>(
    'header button, #filters :is(button, select, input), #zoom button, .strip button, #details :is(button, summary), #piano button, #tray :is(button, select, input)',
  );
  return [...controls].flatMap((control) => {
    if (!control.checkVisibility()) return [];
    const { left, right, top, bottom, width, height } = control.getBoundingClientRect();
    const scroller = control.closest('#families, #details, #kit-slots, #songs');
    const isOff = !scroller && (left < 0 || right > innerWidth + 1);
    const isBelow = !scroller && !isScrolled && (top < 0 || bottom > innerHeight + 1);
    // A mark in a song's picture is where it was found; the same find has a cell and a drop.
    const isSmall = !control.closest('#song, #compare-held') && (width < 24 || height < 24);
    const name = control.id || control.textContent || control.className;
    return isOff || isBelow || isSmall
      ? [`${name} ${Math.round(width)}x${Math.round(height)} at ${Math.round(left)}, ${Math.round(top)}`]
      : [];
  });
}
