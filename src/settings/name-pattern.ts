/** What a name pattern can ask for. An empty token takes its separator with it. */
const NAMING_TOKENS = ['source', 'index', 'variant', 'brightness', 'key', 'root', 'bpm', 'kind'] as const;
type NamingToken = (typeof NAMING_TOKENS)[number];

/** A piece of a name pattern: plain text, or a token; `width` pads {index:03} with zeros (1 = no padding). */
export type NamingPart = { readonly text: string } | { readonly token: NamingToken; readonly width: number };

/** Longest pattern; with the source's own name in it, a file name may not pass 255 bytes. */
const LONGEST_PATTERN = 120;
const BRACES = /\{([^{}]*)\}/g;
const TOKEN = /^([a-z]+)(?::0?([1-9]))?$/;
/** Characters that some file system rejects: Windows' list and control characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const UNSAFE = /[\\/:*?"<>|\u0000-\u001f\u007f]/u;

/**
 * Cuts a name pattern such as `{source}_pad{index:02}` into text and tokens.
 *
 * @throws RangeError with one plain clause (it "must…") where the pattern cannot make safe, distinct names.
 */
export function parseNamePattern(pattern: string): NamingPart[] {
  if (pattern.length > LONGEST_PATTERN) {
    throw new RangeError(`must be at most ${LONGEST_PATTERN} characters long`);
  }
  const parts: NamingPart[] = [];
  let end = 0;
  for (const match of pattern.matchAll(BRACES)) {
    if (match.index > end) parts.push({ text: safeText(pattern.slice(end, match.index)) });
    parts.push(parseToken(match[1]!));
    end = match.index + match[0].length;
  }
  if (end < pattern.length) parts.push({ text: safeText(pattern.slice(end)) });
  if (/^[.\s-]/.test(pattern) || /[.\s]$/.test(pattern)) {
    throw new RangeError('must not begin with a dot, space or dash, nor end with a dot or space');
  }
  if (!parts.some((part) => 'token' in part && (part.token === 'index' || part.token === 'variant'))) {
    throw new RangeError('must contain {index} (or {variant}), or its textures would share one name');
  }
  return parts;
}

function parseToken(inside: string): NamingPart {
  const [, name, width] = TOKEN.exec(inside) ?? [];
  const token = NAMING_TOKENS.find((known) => known === name);
  if (token === undefined || (width !== undefined && token !== 'index')) {
    const known = NAMING_TOKENS.map((word) => `{${word}}`).join(', ');
    throw new RangeError(`must use only the tokens ${known} or {index:02}, not {${inside}}`);
  }
  return { token, width: width === undefined ? 1 : Number(width) };
}

function safeText(text: string): string {
  const unsafe = /[{}]/.exec(text) ?? UNSAFE.exec(text);
  if (unsafe) throw new RangeError(`must not contain ${JSON.stringify(unsafe[0])} outside a token`);
  return text;
}
