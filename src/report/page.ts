import { toBase64 } from './page/base64.ts';
import type { Sheet } from './page/contract.ts';

/** Stands at the head of every report, so that one is told from other pages. */
export const GENERATOR = '<meta name="generator" content="afterglow report">';

/** What a page is made of, each as it lies in the page's folder. */
export interface PageParts {
  readonly script: string;
  readonly style: string;
  /** What stands in the body before any script runs. */
  readonly body: string;
}

/** Bytes of one texture; the place in the list is the texture's in the sheet. */
export interface Blocks {
  readonly overview: Uint8Array;
  /** Null where the page carries no sound. */
  readonly preview: Uint8Array | null;
}

/**
 * One page that needs nothing else: it opens from a disk, and asks for nothing over any network; its policy would not let it.
 * What it shows first stands first, and the sounds last, so that it is there before all of it is read.
 *
 * @param digest SHA-256 in base64, by which the page's own script and style are told from any other
 */
export function pageText(
  sheet: Sheet,
  blocks: Iterable<Blocks>,
  { script, style, body }: PageParts,
  digest: (text: string) => string,
): string {
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${digest(script)}'`,
    `style-src 'sha256-${digest(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const parts = [
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
    dataBlock('sheet', 'application/json', JSON.stringify(sheet).replaceAll('<', '\\u003c')),
    `<script>${script}</script>`,
  ];
  const sounds: string[] = [];
  let place = 0;
  for (const { overview, preview } of blocks) {
    parts.push(dataBlock(`overview-${place}`, 'text/plain', toBase64(overview)));
    if (preview) sounds.push(dataBlock(`preview-${place}`, 'text/plain', toBase64(preview)));
    place++;
  }
  return [...parts, ...sounds, '</body>', '</html>', ''].join('\n');
}

/** @param text free of `<` */
function dataBlock(id: string, type: string, text: string): string {
  return `<script type="${type}" id="${id}">${text}</script>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
