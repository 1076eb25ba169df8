/** Names as one reads them, not as files are called. */

/** `journeys_end` → `journeys end`. */
export function readable(name: string): string {
  return name.replace(/_+/g, ' ').trim();
}

/**
 * What a name says beside its source: `strings_Am_pad_airy_pitch+7` → `pad airy, +7 st`, `cloud_strings_Am_01_dark` →
 * `cloud 01 dark`. The whole name where the source does not stand in it, or nothing else does.
 * @param families ids; names have numbers right behind them
 */
export function partTitle(name: string, source: string, families: readonly string[]): string {
  const at = source === '' ? -1 : name.lastIndexOf(source);
  if (at < 0) return unfolded(name, families);
  const rest = `${name.slice(0, at)}_${name.slice(at + source.length)}`;
  return unfolded(rest, families) || unfolded(name, families);
}

/** How a texture is called, with its source and beside it: `journeys end, pad 03`. */
export function titleOf(
  name: string,
  source: string,
  families: readonly string[],
): { title: string; part: string; source: string } {
  const readableSource = readable(source);
  const part = partTitle(name, source, families);
  const title = part.includes(readableSource) ? part : `${readableSource}, ${part}`;
  return { title, part, source: readableSource };
}

function unfolded(name: string, families: readonly string[]): string {
  return readable(
    name
      .replace(new RegExp(`(${families.join('|')})(\\d+)`, 'g'), '$1_$2')
      .replace(/_?pitch([+-]\d+)/g, ', $1 st')
      .replace(/_?stretch([\d.]+)x/g, ', $1×'),
  ).replace(/ ,/g, ',');
}
