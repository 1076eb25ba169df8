import { byteLength, safeName, truncated } from '../config/safe-name.ts';
import type { Settings } from '../config/settings.ts';
import { type NamingPart, parseNamePattern } from '../settings/name-pattern.ts';

/** What the tokens of a name pattern stand for; an empty text takes its separator with it. */
export interface NameTokens {
  readonly source: string;
  /** A number is padded as the pattern asks; a text, for what is not known yet, stands as it is. */
  readonly index: number | string;
  readonly variant: string;
  readonly brightness: string;
  readonly key: string;
  readonly root: string;
  readonly bpm: string;
  readonly kind: string;
}

/** The pattern of a naming key: a key of some family's `naming`. */
export function patternOf(key: string, { naming }: Pick<Settings, 'naming'>): string {
  return (naming as Readonly<Record<string, string>>)[key];
}

/** Longest name in UTF-8 bytes: file systems allow 255 with `.wav` and the suffix of a file being written. */
const LONGEST_NAME = 200;
const FALLBACK_NAME = 'texture';

/**
 * The file name of a texture, without `.wav`.
 *
 * The result is safe on every file system ({@link safeName}), at most 200 bytes, never empty. Where it would
 * be too long, {source} is shortened first, so that the index survives. It is the same on every run, and not
 * necessarily unique.
 *
 * @param pattern such as `{source}_pad{index:02}_{brightness}`
 * @throws RangeError where the pattern is none; the config has checked it
 */
export function textureName(pattern: string, tokens: NameTokens): string {
  const parts = parseNamePattern(pattern);
  const excess = byteLength(fill(parts, tokens)) - LONGEST_NAME;
  const source = truncated(tokens.source, Math.max(1, byteLength(tokens.source) - Math.max(0, excess)));
  return safeName(fill(parts, { ...tokens, source }), LONGEST_NAME, FALLBACK_NAME);
}

function fill(parts: readonly NamingPart[], tokens: NameTokens): string {
  let name = '';
  let separatorOwed = false;
  for (const part of parts) {
    if ('text' in part) {
      name += separatorOwed ? part.text.replace(/^[-_. ]+/, '') : part.text;
      separatorOwed = false;
      continue;
    }
    const text = tokenText(part, tokens);
    if (text !== '') {
      name += text;
      separatorOwed = false;
      continue;
    }
    // The separator before the token goes with it; at the start of the name, the one after it.
    const kept = name.replace(/[-_. ]+$/, '');
    separatorOwed = kept === name;
    name = kept;
  }
  return name;
}

function tokenText({ token, width }: Extract<NamingPart, { token: unknown }>, tokens: NameTokens): string {
  const value = tokens[token];
  return typeof value === 'number' ? String(value).padStart(width, '0') : value;
}
