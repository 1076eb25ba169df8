/** The studio's page, open in a browser on an export made for the test. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { listenIn } from '../analysed.ts';
import { openBrowser, watchPage } from '../browser.ts';
import type { studioOn } from './studio.ts';

type Studio = Awaited<ReturnType<typeof studioOn>>;

/** Opens pages for the tests of a file; after each test nothing may have been complained of or asked elsewhere. */
export function studioPages() {
  let browser: Browser;
  let open: { page: Page; watched: ReturnType<typeof watchPage> }[] = [];
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());
  afterEach(async () => {
    const seen = open;
    open = [];
    for (const { page } of seen) await page.context().close();
    expect(seen.flatMap(({ watched }) => watched.complaints)).toEqual([]);
    const elsewhere = seen.flatMap(({ watched }) => watched.requests);
    expect(elsewhere.filter((url) => !/^(http:\/\/127\.0\.0\.1:\d+\/|data:|blob:)/.test(url))).toEqual([]);
  });

  return {
    /** The page, its palette shown. */
    async open(
      { studio }: Pick<Studio, 'studio'>,
      options: Parameters<Browser['newContext']>[0] = {},
    ): Promise<Page> {
      const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, ...options });
      const page = await context.newPage();
      open.push({ page, watched: watchPage(page) });
      await page.addInitScript(listenIn);
      await page.goto(studio.address);
      await page.waitForFunction(() => performance.getEntriesByName('palette shown').length > 0);
      return page;
    },
    /** What the browser complained of is expected: a server that is gone, for one. */
    forgive(page: Page, pattern: RegExp): void {
      const { complaints } = open.find((one) => one.page === page)!.watched;
      complaints.splice(0, complaints.length, ...complaints.filter((words) => !pattern.test(words)));
    },
  };
}

/** What tests of a file share, made when the first of them asks for it. */
export function shared<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | null = null;
  return () => {
    made ??= make();
    return made;
  };
}

export const said = (page: Page) => page.locator('#announcer').textContent();
export const nameOf = (page: Page) => page.locator('#name').textContent();
/** What the cells in view are, as they are read out. */
export const cellNames = (page: Page) =>
  page.locator('#cells .cell:visible').evaluateAll((all) => all.map((cell) => cell.ariaLabel ?? ''));

/** Until something is so; a busy machine takes its time. */
export const soon = <T>(probe: () => T | Promise<T>, timeout = 30_000) => expect.poll(probe, { timeout });

/** Waits until the live region says something. */
export async function hears(page: Page, words: RegExp): Promise<void> {
  await soon(() => said(page)).toMatch(words);
}
