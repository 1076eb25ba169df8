/** Where `afterglow.html` puts finished sounds: a browser's database, which may be full, closed, or not to be had. */
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { rolldown } from 'rolldown';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../src/platform/browser/session-store.ts';
import { hasBrowser, openBrowser } from '../browser.ts';
import { soon } from '../studio/page.ts';

const ORIGIN = 'http://localhost';
/** Bytes of what is put away. */
const SIZE = 3_000_000;

/** To be run in a page with its store: makes what puts bytes away, and reads them. */
function offer(store: Store): void {
  const all: (ReturnType<Store> | undefined)[] = [];
  Object.assign(window, {
    put: (size: number, value: number) => all.push(store(new Blob([new Uint8Array(size).fill(value)]))) - 1,
    /** Size, and the first and last byte; or what went wrong. */
    read: async (place: number) => {
      const one = all[place]!;
      const bytes = await one.range(0, one.size).catch((error: Error) => error.message);
      return typeof bytes === 'string' ? bytes : [bytes.length, bytes[0], bytes.at(-1)];
    },
    /** As scratch room that is closed. */
    letGo: (place: number) => all[place]!.drop(),
    settled: (place: number) => all[place]!.settled,
    /** As a file that is replaced or removed. */
    drop: (place: number) => {
      all[place] = undefined;
    },
  });
}
declare const put: (size: number, value: number) => number;
declare const read: (place: number) => Promise<unknown>;
declare const drop: (place: number) => void;
declare const letGo: (place: number) => void;
declare const settled: (place: number) => Promise<void>;

/** To be run in a page: the stores of all pages, and how much each holds; null where it has no table yet. */
async function storesIn(): Promise<Record<string, number | null>> {
  const stores: Record<string, number | null> = {};
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const opening = indexedDB.open(name!);
      opening.onsuccess = () => resolve(opening.result);
    });
    const [table] = database.objectStoreNames;
    stores[name!] = null;
    if (table) {
      const counting = database.transaction(table).objectStore(table).count();
      await new Promise((resolve) => {
        counting.onsuccess = resolve;
      });
      stores[name!] = counting.result;
    }
    database.close();
  }
  return stores;
}

describe.skipIf(!hasBrowser)('the store of a page', () => {
  let browser: Browser;
  let code: string;
  let context: BrowserContext;
  beforeAll(async () => {
    browser = await openBrowser();
    const input = fileURLToPath(new URL('../../src/platform/browser/session-store.ts', import.meta.url));
    const built = await rolldown({ input, platform: 'browser' });
    code = (await built.generate({ format: 'esm' })).output[0].code;
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    context = await browser.newContext();
    // Nothing listens there.
    await context.route(`${ORIGIN}/**`, async (route) => {
      const isCode = route.request().url().endsWith('.js');
      const body = isCode ? code : '<link rel="icon" href="data:,">';
      await route.fulfill({ contentType: isCode ? 'text/javascript' : 'text/html', body });
    });
  });
  afterEach(() => context.close());

  /** @param before to be run in the page before its store is opened */
  async function opened(before: () => void = () => {}): Promise<Page> {
    const page = await context.newPage();
    await page.goto(ORIGIN);
    await page.evaluate(before);
    await page.evaluate(`import('/store.js').then(({ openStore }) => openStore()).then(${offer})`);
    return page;
  }
  const counts = async (page: Page) => Object.values(await page.evaluate(storesIn));
  const readBack = (page: Page, place = 0) => page.evaluate((at) => read(at), place);
  const putIn = (page: Page, value: number) =>
    page.evaluate(([size, byte]) => put(size, byte), [SIZE, value]);
  /** Once the browser has come to an end with what was asked of the database before. */
  const settle = async (page: Page) => {
    await counts(page);
    await page.evaluate(() => new Promise((done) => setTimeout(done, 200)));
  };

  it('gives back what was put there, at once and once it is away', async () => {
    const page = await opened();
    await putIn(page, 7);
    expect(await readBack(page)).toEqual([SIZE, 7, 7]);
    await soon(() => counts(page)).toEqual([1]);
    await settle(page);
    expect(await readBack(page)).toEqual([SIZE, 7, 7]);
  });

  it('lets go at once of what nobody reads any more, also of what is still on its way', async () => {
    const page = await opened();
    for (const value of [1, 2, 3]) await putIn(page, value);
    await page.evaluate(() => letGo(2));
    await soon(() => counts(page)).toEqual([2]);
    await page.evaluate(() => letGo(0));
    await soon(() => counts(page)).toEqual([1]);
    expect(await readBack(page, 1)).toEqual([SIZE, 2, 2]);
  });

  it('keeps its promise where there is no room to remind the collector', async () => {
    const page = await opened(() => {
      window.ArrayBuffer = class extends ArrayBuffer {
        constructor(length: number) {
          super(length);
          throw new RangeError('Array buffer allocation failed');
        }
      } as ArrayBufferConstructor;
    });
    await putIn(page, 5);
    await page.evaluate(() => settled(0));
    expect(await readBack(page)).toEqual([SIZE, 5, 5]);
  });

  it('is what is read, once the bytes are away', async () => {
    const page = await opened(() => {
      const { put: putting } = IDBObjectStore.prototype;
      IDBObjectStore.prototype.put = function (blob: Blob, key) {
        return putting.call(this, new Blob([new Uint8Array(blob.size).fill(99)]), key);
      };
    });
    await putIn(page, 7);
    await soon(() => readBack(page)).toEqual([SIZE, 99, 99]);
  });

  it('that is full loses nothing', async () => {
    const page = await opened();
    const session = await context.newCDPSession(page);
    await session.send('Storage.overrideQuotaForOrigin', { origin: ORIGIN, quotaSize: 100_000 });
    for (const value of [1, 2, 3, 4]) await putIn(page, value);
    await settle(page);
    for (const value of [1, 2, 3, 4]) expect(await readBack(page, value - 1)).toEqual([SIZE, value, value]);
    expect((await counts(page))[0]).toBeLessThan(4);
  });

  it.each<[string, () => void]>([
    [
      'refuses',
      () => {
        IDBObjectStore.prototype.put = () => {
          throw new DOMException('full', 'QuotaExceededError');
        };
      },
    ],
    [
      'ends otherwise after the request succeeded',
      () => {
        const { put: putting } = IDBObjectStore.prototype;
        IDBObjectStore.prototype.put = function (value, key) {
          const request = putting.call(this, value, key);
          request.addEventListener('success', () => this.transaction.abort());
          return request;
        };
      },
    ],
    [
      'gives back something else',
      () => {
        const { put: putting } = IDBObjectStore.prototype;
        IDBObjectStore.prototype.put = function (_, key) {
          return putting.call(this, new Blob(['short']), key);
        };
      },
    ],
    ['has no locks', () => Object.defineProperty(navigator, 'locks', { value: undefined })],
    ['does not list its stores', () => Object.defineProperty(indexedDB, 'databases', { value: undefined })],
    [
      'fails to list its stores',
      () => {
        indexedDB.databases = () => Promise.reject(new DOMException('no', 'UnknownError'));
      },
    ],
    [
      'opens none',
      () => {
        indexedDB.open = () => {
          throw new DOMException('not here', 'SecurityError');
        };
      },
    ],
  ])('keeps bytes in memory where the browser %s', async (_, before) => {
    const page = await opened(before);
    await putIn(page, 7);
    await page.evaluate(() => new Promise((done) => setTimeout(done, 300)));
    expect(await readBack(page)).toEqual([SIZE, 7, 7]);
  });

  it('is not removed by another page while its own is open, and is once that is gone', async () => {
    const first = await opened();
    await putIn(first, 7);
    await soon(() => counts(first)).toEqual([1]);
    await settle(first);
    const second = await opened();
    await putIn(second, 8);
    await soon(async () => (await counts(second)).sort()).toEqual([1, 1]);
    expect([await readBack(first), await readBack(second)]).toEqual([
      [SIZE, 7, 7],
      [SIZE, 8, 8],
    ]);
    await first.close();
    const third = await opened();
    await soon(async () => (await counts(third)).length).toBe(2);
    expect(await readBack(second)).toEqual([SIZE, 8, 8]);
  });

  it('lets go of what no file holds any more, and of nothing else', async () => {
    const page = await opened();
    for (const value of [1, 2, 3]) await putIn(page, value);
    await soon(() => counts(page)).toEqual([3]);
    await settle(page);
    await page.evaluate(() => [0, 2].forEach(drop));
    await soon(async () => {
      await page.requestGC();
      return counts(page);
    }).toEqual([1]);
    expect(await readBack(page, 1)).toEqual([SIZE, 2, 2]);
  });
});
