/** Small things that a reload should not lose; a browser that keeps nothing loses them. */
export function remember(key: string, value: unknown): void {
  try {
    window.localStorage.setItem(`afterglow-studio-${key}`, JSON.stringify(value));
  } catch {
    // Nothing depends on it.
  }
}

export function remembered<T>(key: string, otherwise: T): T {
  try {
    const text = window.localStorage.getItem(`afterglow-studio-${key}`);
    return text === null ? otherwise : (JSON.parse(text) as T);
  } catch {
    return otherwise;
  }
}
