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

/**
 * The beginning of a page that opens from a disk, and asks for nothing over any network; its policy would not let it. Sounds
 * that it does not carry it may play from files beside it, and does nothing else with them. What it shows first stands first:
 * behind this come the blocks of all pictures ({@link blockText}), then those of sounds, so that it is there before all of it is
 * read, then {@link PAGE_END}. All of it may be more than one string can hold.
 *
 * @param digest SHA-256 in base64, by which the page's own script and style are distinguished from any other
 */
export function pageBeginning(
  sheet: PackedSheet,
  { script, style, body }: PageParts,
  digest: (text: string) => string,
): string {
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${digest(script)}'`,
    `style-src 'sha256-${digest(style)}'`,
    // `file:` beside 'self': which of the two means a disk is left to browsers.
    "media-src 'self' file:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const head = [
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
  const data = dataBlock('sheet', 'application/json', sheetText(sheet));
  return `${head}${data}<script>${script}</script>\n`;
}

export const PAGE_END = '</body>\n</html>\n';

/** What a block holds. */
type BlockKind = 'overview' | 'preview';

/** Bytes of one texture. @param place the texture's in the sheet, @param base64 the bytes */
export function blockText(kind: BlockKind, place: number, base64: string): string {
  return dataBlock(`${kind}-${place}`, 'text/plain', base64);
}

/** The sheet as it stands in the page: no name in it becomes markup. */
export function sheetText(sheet: PackedSheet): string {
  return JSON.stringify(sheet).replaceAll('<', '\\u003c');
}

/**
 * What a block of so many bytes takes in the page at most.
 * @param count of textures: places are less
 */
export function blockLength(bytes: number, kind: BlockKind, count: number): number {
  return blockText(kind, count, '').length + 4 * Math.ceil(bytes / 3);
}

/** @param text free of `<` */
function dataBlock(id: string, type: string, text: string): string {
  return `<script type="${type}" id="${id}">${text}</script>\n`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
