/**
 * A real browser: Debian's Chromium, driven by playwright-core, which brings none itself. Tests that want it are skipped,
 * and say so, where there is none.
 */
import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

/** Where Debian puts it, or where AFTERGLOW_CHROMIUM says. */
const CHROMIUM = process.env.AFTERGLOW_CHROMIUM ?? '/usr/bin/chromium';

export const hasBrowser = existsSync(CHROMIUM);

/** Root may run Chromium only outside of its sandbox; sound may begin without a click, as the tests press keys too. */
export function openBrowser(): Promise<Browser> {
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [...(isRoot ? ['--no-sandbox'] : []), '--autoplay-policy=no-user-gesture-required'],
  });
}

/** What a page did that it should not: errors, warnings and refusals on its console, and requests over a network. */
export function watchPage(page: Page): { readonly complaints: string[]; readonly requests: string[] } {
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('request', (request) => {
    requests.push(request.url());
  });
  return { complaints, requests };
}
