/** XML 1.0 as text. */

/** An element with its attributes in their order; those left out are undefined. */
export function xmlElement(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  children: readonly string[] = [],
): string {
  const head = [
    name,
    ...Object.entries(attributes)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => `${key}="${escaped(String(value))}"`),
  ].join(' ');
  if (children.length === 0) return `<${head}/>`;
  const body = children.flatMap((child) => child.split('\n')).map((line) => `  ${line}`);
  return [`<${head}>`, ...body, `</${name}>`].join('\n');
}

/** An element that holds text. */
export function xmlText(name: string, text: string): string {
  return `<${name}>${escaped(text)}</${name}>`;
}

export function xmlDocument(root: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${root}\n`;
}

/** Without the characters that XML cannot hold at all, line ends included. */
function escaped(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
