/** A value that others watch. */
export interface Signal<T> {
  get(): T;
  /** Tells everybody who watches, also where the value is the same one, changed within. */
  set(value: T): void;
  /** Called at every change from now on. */
  watch(told: (value: T) => void): void;
}

export function createSignal<T>(first: T): Signal<T> {
  let value = first;
  const watchers: ((value: T) => void)[] = [];
  return {
    get: () => value,
    set(next) {
      value = next;
      for (const told of watchers) told(next);
    },
    watch: (told) => {
      watchers.push(told);
    },
  };
}
