/** `dist/afterglow.html` in Chromium, given sounds as a user gives them, and what the browser takes for it. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const PAGE = new URL('../../dist/afterglow.html?seed=7', import.meta.url).href;
/** Where Debian puts it, or where AFTERGLOW_CHROMIUM says. */
const CHROMIUM = process.env.AFTERGLOW_CHROMIUM ?? '/usr/bin/chromium';
/** How often it is looked how much memory is taken, ms. */
const LOOK_MS = 250;
/** How long the page is left alone before and after, ms: what is started, or given back, is so by then. */
const REST_MS = 5000;
/** Root may run Chromium only outside of its sandbox. */
const ARGUMENTS = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/**
 * Mines files in the page.
 * @param files absolute
 * @param options `flags` for V8, which no user gives: to see what they would win; `workers` that the page is to start
 * @returns CPU seconds of the page's own process and of all the browser's from the first file on; megabytes, shared ones parted
 *   between those that share them, of the page's process and of all, before, at most, and once it is done
 */
export async function measurePage(files, { flags, workers }) {
  const args = flags.length > 0 ? [...ARGUMENTS, `--js-flags=${flags.join(',')}`] : ARGUMENTS;
  // A user's browser has a profile on the disk; without one, it keeps in memory what pages store.
  const profile = mkdtempSync(join(tmpdir(), 'afterglow-page-'));
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    args,
    viewport: { width: 1280, height: 720 },
  });
  try {
    const page = await browser.newPage();
    await page.addInitScript((count) => {
      Object.defineProperty(navigator, 'hardwareConcurrency', { get: () => count });
    }, workers);
    await page.goto(PAGE);
    await rest();
    const session = await browser.browser().newBrowserCDPSession();
    const look = async () => usageOf((await session.send('SystemInfo.getProcessInfo')).processInfo);
    const before = await look();
    const memory = watchMemory(look);
    const started = performance.now();
    await page.setInputFiles('#choose-files', files);
    const result = page.locator('#job-result', { hasText: /^Made \d+ textures/ });
    await result.waitFor({ timeout: 0 });
    const wallSec = (performance.now() - started) / 1000;
    const done = await look();
    const peakMB = await memory.stop();
    await rest();
    return {
      made: Number(/\d+/.exec(await result.textContent())[0]),
      wallSec,
      pageCpuSec: done.page.cpuSec - before.page.cpuSec,
      allCpuSec: done.all.cpuSec - before.all.cpuSec,
      beforeMB: sizesOf(before),
      peakMB,
      afterMB: sizesOf(await look()),
    };
  } finally {
    await browser.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

const rest = () => new Promise((done) => setTimeout(done, REST_MS));
const sizesOf = ({ page, all }) => ({ page: page.mb, all: all.mb });

/** Of all processes, and of the largest of those that show pages: a browser has some in reserve. */
function usageOf(processes) {
  const each = processes.map(({ type, id, cpuTime }) => ({ type, cpuSec: cpuTime, mb: megabytesOf(id) }));
  const [page] = each.filter(({ type }) => type === 'renderer').sort((a, b) => b.mb - a.mb);
  const sum = (key) => each.reduce((total, one) => total + one[key], 0);
  return { page, all: { cpuSec: sum('cpuSec'), mb: sum('mb') } };
}

/** A process's share of memory; 0 once it has ended. */
function megabytesOf(id) {
  try {
    return Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, 'utf8'))[1]) / 1024;
  } catch {
    return 0;
  }
}

function watchMemory(look) {
  const peak = { page: 0, all: 0 };
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      const now = sizesOf(await look());
      for (const key of Object.keys(peak)) peak[key] = Math.max(peak[key], now[key]);
      await new Promise((done) => setTimeout(done, LOOK_MS));
    }
  })();
  return {
    async stop() {
      isOver = true;
      await watching;
      return peak;
    },
  };
}
