/** @returns what `create` makes of a sample rate, made once for each: there are few, so they are kept */
export function perRate<T>(create: (sampleRate: number) => T): (sampleRate: number) => T {
  const made = new Map<number, T>();
  return (sampleRate) => {
    let found = made.get(sampleRate);
    if (found === undefined) {
      found = create(sampleRate);
      made.set(sampleRate, found);
    }
    return found;
  };
}
