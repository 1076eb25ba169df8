/** The fenced blocks of a page of Markdown. */

export interface Block {
  /** Of the opening fence, from 1. */
  readonly line: number;
  /** The first word behind the fence; '' where there is none. */
  readonly language: string;
  /** What stands behind that word. */
  readonly note: string;
  readonly lines: readonly string[];
}

/** @throws Error where a fence is not closed */
export function blocksOf(page: string): Block[] {
  const blocks: Block[] = [];
  const lines = page.split('\n');
  for (let i = 0; i < lines.length; i++) {
    if (!lines[i].startsWith('```')) continue;
    const [language, ...note] = lines[i].slice(3).split(' ');
    const end = lines.indexOf('```', i + 1);
    if (end < 0) throw new Error(`the fence in line ${i + 1} is not closed`);
    blocks.push({ line: i + 1, language, note: note.join(' '), lines: lines.slice(i + 1, end) });
    i = end;
  }
  return blocks;
}

/** The command lines of a block: all of `sh`, those behind `$` of `console`, none of others. */
export function commandsOf({ language, lines }: Block): string[] {
  if (language === 'sh') return [...lines];
  return language === 'console'
    ? lines.filter((line) => line.startsWith('$ ')).map((line) => line.slice(2))
    : [];
}

/** What a block's note says of running it. */
export type Mark = { readonly kind: 'run' | 'illustration' | 'elsewhere'; readonly why: string };

/** @returns null where the note is none that is known */
export function markOf({ note }: Block): Mark | null {
  if (note === '') return { kind: 'run', why: '' };
  const [, kind, why] = /^(illustration|elsewhere): (\S.*)$/.exec(note) ?? [];
  return kind ? { kind: kind as Mark['kind'], why } : null;
}
