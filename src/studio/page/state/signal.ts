/** A value that others watch. */
export interface Signal<T> {
  get(): T;
  /** Calls all who watch, also where the value is the same one, changed within. */
  set(value: T): void;
  /** Called at every change from now on. */
  watch(watcher: (value: T) => void): void;
}

export function createSignal<T>(first: T): Signal<T> {
  let value = first;
  const watchers: ((value: T) => void)[] = [];
  return {
    get: () => value,
    set(next) {
      value = next;
      for (const watcher of watchers) watcher(next);
    },
    watch: (watcher) => {
      watchers.push(watcher);
    },
  };
}
