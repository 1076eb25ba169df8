/** Windows that begin nearer to each other than this are of one passage, s. */
const PASSAGE_SEC = 2;

interface Window {
  /** Frames. */
  readonly start: number;
  readonly worth: number;
}

/**
 * Each worth becomes a mean of those about it, the nearest weighing most: so a passage is chosen, and no window of it that
 * happens to be the best by a hair, which in another master of the song is another one.
 * @param windows in time order
 */
export function worthOfPassages<Ranked extends Window>(
  windows: readonly Ranked[],
  sampleRate: number,
): Ranked[] {
  const reach = PASSAGE_SEC * sampleRate;
  return windows.map((window, i) => {
    let [sum, weights] = [0, 0];
    const weigh = (other: Ranked | undefined) => {
      const weight = other ? reach - Math.abs(other.start - window.start) : 0;
      if (!other || weight <= 0) return false;
      sum += weight * other.worth;
      weights += weight;
      return true;
    };
    for (let k = i; weigh(windows[k]); k--);
    for (let k = i + 1; weigh(windows[k]); k++);
    return { ...window, worth: sum / weights };
  });
}
