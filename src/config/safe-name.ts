/** Names that every file system and command line takes. */

/**
 * The text without what a file system or a command line trips over: no reserved or control characters, no
 * name that Windows keeps for devices, no leading dash (a flag), dot (a hidden file), space or = + @ (a
 * formula in the manifest), no trailing dot
 * or space, at most `bytes` UTF-8 bytes.
 * @param fallback what stands for a text that has nothing left
 */
export function safeName(text: string, bytes: number, fallback: string): string {
  const cleaned = truncated(
    text
      .normalize('NFC')
      .replace(/\s+/g, ' ')
      .replace(/[\p{C}<>:"/\\|?*]/gu, '_')
      .replace(/^[-. ]+/, '')
      // A spreadsheet would take it for a formula.
      .replace(/^[=+@]/, '_'),
    bytes,
  ).replace(/[. ]+$/, '');
  if (cleaned === '') return fallback;
  return /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(cleaned) ? `_${cleaned}` : cleaned;
}

/** At most `bytes` UTF-8 bytes, cut between characters. */
export function truncated(text: string, bytes: number): string {
  let length = 0;
  let cut = '';
  for (const character of text) {
    length += byteLength(character);
    if (length > bytes) break;
    cut += character;
  }
  return cut;
}

/** Length in UTF-8 bytes. */
export function byteLength(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
