import type { ByteReader } from './bytes.ts';

/** Bytes that are looked at: far more than the longest header in text that sounds have, the 1,024 bytes of NIST SPHERE (TIMIT's .WAV). */
const HEAD = 16_384;

/** Whether a file is text (UTF-8) by its first bytes, whatever its name says: a note, or a page that was saved in place of a sound. */
export async function isText(reader: ByteReader): Promise<boolean> {
  const head = await reader.read(0, HEAD);
  if (head.length === 0 || !head.every(isPrinted)) return false;
  try {
    // The last character may be cut in two.
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** Not a control character, but for tab, line feed, form feed and carriage return. */
function isPrinted(byte: number): boolean {
  return (byte >= 0x20 && byte !== 0x7f) || byte === 0x09 || byte === 0x0a || byte === 0x0c || byte === 0x0d;
}
