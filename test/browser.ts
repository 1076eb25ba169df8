/**
 * A real browser: Debian's Chromium, driven by playwright-core, which brings none itself. Where there is none, tests that
 * want it are skipped or fail (see `tools.ts`). Its build without windows is taken first: the same engine for three fifths of
 * the CPU (the file `page-views` takes 25 instead of 40 seconds).
 */
import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { hasTool } from './tools.ts';

/** Where Debian puts it, or where AFTERGLOW_CHROMIUM says. */
const CHROMIUM =
  process.env.AFTERGLOW_CHROMIUM ??
  ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find((path) => existsSync(path)) ??
  '';

export const hasBrowser = hasTool('chromium', () => existsSync(CHROMIUM));

/** Root may run Chromium only outside of its sandbox; sound may begin without a click, as the tests press keys too. */
export function openBrowser(): Promise<Browser> {
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      ...(isRoot ? ['--no-sandbox'] : []),
      '--autoplay-policy=no-user-gesture-required',
      '--disable-gpu',
    ],
  });
}

/** What a page did that it should not: errors, warnings and refusals on its console, and requests over a network. */
export function watchPage(page: Page): { readonly complaints: string[]; readonly requests: string[] } {
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // A resource that is not there is complained of without its name.
    if (['error', 'warning'].includes(message.type()))
      complaints.push(`${message.text()} ${message.location().url}`);
  });
  page.on('request', (request) => {
    requests.push(request.url());
  });
  return { complaints, requests };
}

/**
 * To be run in a page: text whose contrast with what lies behind it is under 4.5 (WCAG 2.2, 1.4.3); what is disabled is let
 * off there.
 */
export function faintText(): string[] {
  const brush = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true })!;
  const luminance = (colour: string): number => {
    brush.fillStyle = colour;
    brush.fillRect(0, 0, 1, 1);
    const [red, green, blue] = [...brush.getImageData(0, 0, 1, 1).data]
      .map((value) => value / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const ground = (element: Element): string => {
    for (let at: Element | null = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (!/^rgba\(.*, 0\)$/.test(colour)) return colour;
    }
    return 'white';
  };
  const found = new Set<string>();
  for (const element of document.querySelectorAll('body *')) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim());
    const isSeen = element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    if (!own || !isSeen || element.matches('noscript, option') || element.closest(':disabled')) continue;
    const [a, b] = [getComputedStyle(element).color, ground(element)].map(luminance);
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < 4.5)
      found.add(`${element.id || element.className || element.tagName}: ${contrast.toFixed(2)}`);
  }
  return [...found];
}
