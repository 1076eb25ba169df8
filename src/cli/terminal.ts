/** How the program speaks: glyphs and levels on stderr, results on stdout. */
import colors from 'picocolors';
import { ConfigError } from '../errors.ts';

const LEVELS = ['debug', 'info', 'warning', 'error'] as const;
type Level = (typeof LEVELS)[number];

export interface Terminal {
  /** stderr is a terminal, so a live line can be drawn on it. */
  readonly isLive: boolean;
  debug(text: string): void;
  info(text: string): void;
  done(text: string): void;
  warning(text: string): void;
  error(text: string): void;
  /** Draws over the last line of a terminal; nothing in a pipe. Empty text takes the line away. */
  live(text: string): void;
  /** A result, on stdout. */
  result(text: string): void;
}

/**
 * @param flags `quiet` leaves only errors, `verbose` adds detail; without them AFTERGLOW_LOG_LEVEL decides.
 * With `json`, stdout is left to the JSON document.
 * @throws ConfigError when AFTERGLOW_LOG_LEVEL is not a level
 */
export function openTerminal(flags: { verbose?: boolean; quiet?: boolean; json?: boolean }): Terminal {
  const least = LEVELS.indexOf(flags.quiet ? 'error' : flags.verbose ? 'debug' : levelFromEnvironment());
  const isLive = process.stderr.isTTY === true && least <= LEVELS.indexOf('info');
  const shade = colors.createColors(process.stderr.isTTY === true && colors.isColorSupported);
  let liveText = '';

  const erase = () => process.stderr.write('\r\x1b[2K');
  const say = (level: Level, glyph: string, text: string) => {
    if (LEVELS.indexOf(level) < least) return;
    if (liveText) erase();
    process.stderr.write(`${glyph} ${printable(text)}\n`);
    if (liveText) process.stderr.write(liveText);
  };
  return {
    isLive,
    debug: (text) => say('debug', shade.dim('[·]'), text),
    info: (text) => say('info', shade.cyan('[*]'), text),
    done: (text) => say('info', shade.green('[✓]'), text),
    warning: (text) => say('warning', shade.yellow('[!]'), text),
    error: (text) => say('error', shade.red('[✗]'), text),
    live(text) {
      if (!isLive) return;
      if (liveText) erase();
      liveText = clip(printable(text), (process.stderr.columns ?? 80) - 1);
      process.stderr.write(liveText);
    },
    result(text) {
      if (!flags.quiet && !flags.json) process.stdout.write(`${text}\n`);
    },
  };
}

function levelFromEnvironment(): Level {
  const wanted = process.env.AFTERGLOW_LOG_LEVEL?.toLowerCase();
  if (wanted === undefined || wanted === '') return 'info';
  const level = LEVELS.find((known) => known === wanted || (known === 'warning' && wanted === 'warn'));
  if (!level) {
    throw new ConfigError(`AFTERGLOW_LOG_LEVEL is "${wanted}"; it must be one of ${LEVELS.join(', ')}.`);
  }
  return level;
}

/** Control characters of file names made visible, so that a name cannot break a line or drive the terminal. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, (character) =>
    character === '\n'
      ? '\\n'
      : character === '\t'
        ? '\\t'
        : character === '\r'
          ? '\\r'
          : '\\x'.concat(hex(character)),
  );
}

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(2, '0');
}

function clip(text: string, width: number): string {
  const characters = [...text];
  return characters.length <= width ? text : `${characters.slice(0, width - 1).join('')}…`;
}
