/** Bytes as text that no page mistakes for markup. */

const ALPHABET = new TextEncoder().encode('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
const PAD = 61;

/** RFC 4648, section 4. By a table: `btoa` wants a string with a character for each byte, which takes eight times as long. */
export function toBase64(bytes: Uint8Array): string {
  const characters = new Uint8Array(4 * Math.ceil(bytes.length / 3));
  const whole = bytes.length - (bytes.length % 3);
  for (let i = 0, at = 0; i < whole; i += 3, at += 4) {
    put((bytes[i] << 16) | (bytes[i + 1] << 8) | bytes[i + 2], characters, at);
  }
  if (whole < bytes.length) {
    const padded = bytes.length % 3 === 1 ? 2 : 1;
    put((bytes[whole] << 16) | ((bytes[whole + 1] ?? 0) << 8), characters, characters.length - 4);
    characters.fill(PAD, characters.length - padded);
  }
  return new TextDecoder().decode(characters);
}

/** Three bytes as four characters. */
function put(three: number, characters: Uint8Array, at: number): void {
  characters[at] = ALPHABET[three >> 18];
  characters[at + 1] = ALPHABET[(three >> 12) & 63];
  characters[at + 2] = ALPHABET[(three >> 6) & 63];
  characters[at + 3] = ALPHABET[three & 63];
}

/** The inverse of {@link toBase64}. */
export function fromBase64(text: string): Uint8Array {
  const characters = atob(text);
  const bytes = new Uint8Array(characters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = characters.charCodeAt(i);
  return bytes;
}
