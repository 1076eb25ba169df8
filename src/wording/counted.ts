/** A count with its noun, one that takes an s: `1 source`, `2 sources`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
