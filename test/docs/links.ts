/** Links and anchors of a page of Markdown, as GitHub understands them. */

export interface Link {
  /** From 1. */
  readonly line: number;
  /** As it is written: a path, `#anchor`, or both; addresses with a scheme are left out. */
  readonly target: string;
}

/** Links to files and headings, images included; those in code are none. */
export function linksOf(page: string): Link[] {
  return withoutFences(page).flatMap((text, i) => {
    const targets = text.replace(/`[^`]*`/g, (code) => ' '.repeat(code.length)).matchAll(/\]\(([^)\s]+)\)/g);
    return [...targets]
      .map(([, target]) => ({ line: i + 1, target }))
      .filter(({ target }) => !/^[a-z]+:/.test(target));
  });
}

/** Anchors of a page's headings; a heading that comes again gets `-1`, `-2`, … */
export function anchorsOf(page: string): Set<string> {
  const anchors = new Set<string>();
  const seen = new Map<string, number>();
  for (const line of withoutFences(page)) {
    const [, heading] = /^#{1,6} (.*)$/.exec(line) ?? [];
    if (heading === undefined) continue;
    const slug = slugOf(heading);
    const times = seen.get(slug) ?? 0;
    seen.set(slug, times + 1);
    anchors.add(times === 0 ? slug : `${slug}-${times}`);
  }
  return anchors;
}

/** Lower case; letters, digits, `_` and `-` stay, spaces become `-`, all else goes. Of a link its text counts. */
function slugOf(heading: string): string {
  return heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}\p{Mark}_\- ]/gu, '')
    .replaceAll(' ', '-');
}

function withoutFences(page: string): string[] {
  let isInside = false;
  return page.split('\n').map((line) => {
    const isFence = line.startsWith('```');
    if (isFence) isInside = !isInside;
    return isFence || isInside ? '' : line;
  });
}
