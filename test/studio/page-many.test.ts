/** A thousand textures in the studio's page: how soon it is seen and heard, and how smoothly it moves. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { hasBrowser } from '../browser.ts';
import { madeExport } from '../palette/made-export.ts';
import { nameOf, soon, studioPages } from './page.ts';
import { studioOn } from './studio.ts';

const COUNT = 1000;
const FAMILIES = ['pad', 'drone', 'swell', 'cloud', 'hiss', 'drum', 'drum', 'drum'] as const;
/** Of a frame, ms; the wish is 20, and a busy machine may miss it. */
const PATIENCE_MS = 60;

async function many() {
  const { exportFolder } = await madeExport(
    Array.from({ length: COUNT }, (_, i) => ({
      ...{ family: FAMILIES[i % FAMILIES.length], source: `song_${i % 37}`, loops: i % 8 < 5 },
      ...({ sampleRate: 22_050, bitDepth: 16, channelCount: 1, seconds: 0.2 + 0.01 * (i % 31) } as const),
    })),
  );
  return studioOn([exportFolder]);
}

/** Runs a step in every frame, and tells how long the frames took, ms, in order of length. */
function framesWhile(page: Page, step: string): Promise<number[]> {
  return page.evaluate(
    (code) =>
      new Promise<number[]>((resolve) => {
        const act = window as unknown as Record<string, (i: number) => void>;
        const times: number[] = [];
        let last = 0;
        let i = 0;
        const frame = (now: number) => {
          if (last > 0) times.push(now - last);
          last = now;
          if (i++ === 120) resolve(times.sort((a, b) => a - b));
          else {
            act[code](i);
            requestAnimationFrame(frame);
          }
        };
        requestAnimationFrame(frame);
      }),
    step,
  );
}

function told(what: string, times: readonly number[]): number {
  const at = (part: number) => times[Math.floor(part * (times.length - 1))];
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  console.log(
    `${what}: ${(1000 / mean).toFixed(1)} frames a second, ${at(0.5).toFixed(1)} ms at the median, ${at(0.95).toFixed(1)} at 95 %, ${at(1).toFixed(1)} at most`,
  );
  return mean;
}

describe.skipIf(!hasBrowser)(`${COUNT} textures in the studio`, () => {
  const pages = studioPages();

  it('are soon seen, soon heard, and move smoothly', async () => {
    const studio = await many();
    // So that what is measured does not share the machine with listening to all of them.
    await soon(async () => (await (await studio.get('/api/map')).json()).isRefined, 120_000).toBe(true);
    const page = await pages.open(studio);
    await page.locator('#count', { hasText: `${COUNT} shown` }).waitFor();
    const paint = await page.evaluate(() => {
      const [navigation] = performance.getEntriesByType('navigation');
      const [shown] = performance.getEntriesByName('palette shown');
      const [first] = performance.getEntriesByName('first-contentful-paint');
      return { first: first?.startTime ?? 0, shown: shown.startTime, begun: navigation.startTime };
    });
    console.log(
      `first paint after ${paint.first.toFixed(0)} ms, the palette after ${paint.shown.toFixed(0)} ms`,
    );
    expect(paint.shown).toBeLessThan(5000);

    await page.locator('#map').click({ position: { x: 5, y: 5 } });
    for (let i = 0; i < 12; i++) {
      await page.keyboard.press(i % 3 === 2 ? 'ArrowDown' : 'ArrowRight');
      await page.waitForTimeout(250);
    }
    const sounded = await page.evaluate(() =>
      performance.getEntriesByName('time to sound').map(({ duration }) => duration),
    );
    sounded.sort((a, b) => a - b);
    const median = sounded[sounded.length >> 1];
    console.log(
      `from key to sound: ${median.toFixed(1)} ms at the median, ${sounded.at(-1)!.toFixed(1)} at most, of ${sounded.length}`,
    );
    expect(median).toBeLessThan(50);
    expect(await nameOf(page)).toMatch(/^song/);
    await page.keyboard.press('Escape');

    await page.evaluate(() => {
      const map = document.getElementById('map')!;
      const list = document.getElementById('cells')!;
      const { left, top } = map.getBoundingClientRect();
      const send = (type: string, x: number, y: number) =>
        map.dispatchEvent(
          new PointerEvent(type, {
            pointerId: 1,
            button: 0,
            clientX: left + x,
            clientY: top + y,
            bubbles: true,
          }),
        );
      map.setPointerCapture = () => {};
      Object.assign(window, {
        press: () => send('pointerdown', 400, 200),
        pan: (i: number) => send('pointermove', 400 + 200 * Math.sin(i / 15), 200 + 100 * Math.cos(i / 11)),
        release: () => send('pointerup', 400, 200),
        zoom: (i: number) =>
          map.dispatchEvent(
            new WheelEvent('wheel', {
              deltaY: i < 60 ? -12 : 12,
              clientX: left + 300,
              clientY: top + 200,
              cancelable: true,
            }),
          ),
        scroll: (i: number) => {
          list.scrollTop = 90 * i;
        },
      });
    });
    await page.keyboard.press('+');
    await page.keyboard.press('+');
    await page.evaluate('press()');
    const pan = told('panning the map', await framesWhile(page, 'pan'));
    await page.evaluate('release()');
    const zoom = told('magnifying the map', await framesWhile(page, 'zoom'));
    await page.keyboard.press('m');
    const scroll = told('scrolling the cells', await framesWhile(page, 'scroll'));
    expect(await page.locator('#cells .cell:visible').count()).toBeLessThan(60);
    for (const mean of [pan, zoom, scroll]) expect(mean).toBeLessThan(PATIENCE_MS);
  });
});
