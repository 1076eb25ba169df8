import { toBase64 } from './page/base64.ts';
import type { PackedSheet } from './page/contract.ts';

/** Stands at the head of every report, so that one is distinguished from other pages. */
export const GENERATOR = '<meta name="generator" content="afterglow report">';

/** What a page is made of. */
export interface PageParts {
  readonly script: string;
  readonly style: string;
  /** What stands in the body before any script runs. */
  readonly body: string;
}

/** Bytes of one texture, null where the page has no room for them; the place in the list is the texture's in the sheet. */
export interface Blocks {
  readonly overview: Uint8Array | null;
  readonly preview: Uint8Array | null;
}

/**
 * One page that opens from a disk, and asks for nothing over any network; its policy would not let it. Sounds that it does
 * not carry it may play from files beside it, and does nothing else with them. What it shows first stands first, and the
 * sounds last, so that it is there before all of it is read.
 *
 * @param digest SHA-256 in base64, by which the page's own script and style are distinguished from any other
 * @returns the page, piece by piece: all of it may be more than one string can hold
 */
export function* pageText(
  sheet: PackedSheet,
  blocks: readonly Blocks[],
  { script, style, body }: PageParts,
  digest: (text: string) => string,
): Generator<string> {
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${digest(script)}'`,
    `style-src 'sha256-${digest(style)}'`,
    // `file:` beside 'self': which of the two means a disk is left to browsers.
    "media-src 'self' file:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  yield [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    GENERATOR,
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="dark light">',
    `<title>${escapeHtml(sheet.title)} · afterglow</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    body.trim(),
    '',
  ].join('\n');
  yield dataBlock('sheet', 'application/json', sheetText(sheet));
  yield `<script>${script}</script>\n`;
  for (const [place, { overview }] of blocks.entries()) {
    if (overview) yield dataBlock(`overview-${place}`, 'text/plain', toBase64(overview));
  }
  for (const [place, { preview }] of blocks.entries()) {
    if (preview) yield dataBlock(`preview-${place}`, 'text/plain', toBase64(preview));
  }
  yield '</body>\n</html>\n';
}

/** The sheet as it stands in the page: no name in it becomes markup. */
export function sheetText(sheet: PackedSheet): string {
  return JSON.stringify(sheet).replaceAll('<', '\\u003c');
}

/**
 * What a block of so many bytes takes in the page at most.
 * @param count of textures: places are less
 */
export function blockLength(bytes: number, kind: 'overview' | 'preview', count: number): number {
  return dataBlock(`${kind}-${count}`, 'text/plain', '').length + 4 * Math.ceil(bytes / 3);
}

/** @param text free of `<` */
function dataBlock(id: string, type: string, text: string): string {
  return `<script type="${type}" id="${id}">${text}</script>\n`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
