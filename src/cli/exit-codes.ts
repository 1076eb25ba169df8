/** Exit codes: all done, some sources failed, bad usage or config or a busy export folder, interrupted. */
export const EXIT = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;
