/** What systems leave in folders that somebody looked into: macOS, Windows. */
const CLUTTER = /^(\.DS_Store|\._.*|Thumbs\.db|desktop\.ini)$/i;

/** Whether a file, by its name without folders, is nobody's: neither ours nor anything that somebody put there. */
export function isClutter(name: string): boolean {
  return CLUTTER.test(name);
}
