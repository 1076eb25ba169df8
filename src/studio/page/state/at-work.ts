/** What was refused because the studio was at work already: that is said until it no longer is. */

let takingBack: (() => void)[] = [];

/** @param takeBack is called once what was under way has ended, where that was the reason */
export function untilFree({ code }: { readonly code: string }, takeBack: () => void): void {
  if (code === 'at-work') takingBack.push(takeBack);
}

/** What was under way has ended. */
export function nowFree(): void {
  const all = takingBack;
  takingBack = [];
  for (const takeBack of all) takeBack();
}
