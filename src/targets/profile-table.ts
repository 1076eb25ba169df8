/** Profiles beside each other: for the command line and for docs/KITS.md. */

import { mostBytesOf, mostSamplesOf } from './device-limits.ts';
import { SAFE_ALPHABET } from './device-names.ts';
import { deviceLines } from './kit-note.ts';
import type { KnownKey, KnownValue, Profile } from './profile.ts';
import { loopsWord, sourceWord } from './profile-words.ts';

const HEADER = [
  'profile',
  'device',
  'rate',
  'bits',
  'channels',
  'a sample',
  'in all',
  'samples',
  'name',
  'loops',
  'checked by',
];

/** One row a profile, the header first; what is not known is a question mark. */
export function profileRows(profiles: readonly Profile[]): string[][] {
  return [HEADER, ...profiles.map(row)];
}

function row(profile: Profile): string[] {
  return [
    profile.id,
    profile.device,
    rateText(profile),
    shown(profile.bit_depths, (depths) => depths.join('/')),
    shown(profile.channels, (counts) => counts.map((count) => (count === 1 ? 'mono' : 'stereo')).join('/')),
    shown(profile.longest_sample_sec, (seconds) => `${seconds} s`),
    totalText(profile),
    shown(mostSamplesOf(profile), String),
    shown(profile.longest_name, String),
    shown(profile.loops, loopsWord),
    sourceWord(profile),
  ];
}

function rateText({ sample_rates_hz, preferred_sample_rate_hz }: Profile): string {
  const preferred = preferred_sample_rate_hz.value;
  if (preferred !== null) return kilohertz(preferred);
  return shown(sample_rates_hz, (rates) =>
    Array.isArray(rates)
      ? rates.map(kilohertz).join('/')
      : `${kilohertz(rates.least)} to ${kilohertz(rates.most)}`,
  );
}

function kilohertz(rate: number): string {
  return `${rate / 1000}k`;
}

function totalText(profile: Profile): string {
  const { total_sec } = profile;
  if (total_sec.value !== null) return `${total_sec.value} s mono`;
  return shown(mostBytesOf(profile), (bytes) => `${Math.floor(bytes / 1e5) / 10} MB`);
}

function shown<T>({ value, confidence }: KnownValue<T>, text: (value: T) => string): string {
  if (value !== null) return text(value);
  return confidence === 'unknown' ? '?' : 'any';
}

/** What docs/KITS.md holds between these two lines is written again. */
const BEGIN = '<!-- profiles: written by scripts/generate-docs.mjs from profiles/*.json -->';
const END = '<!-- end of profiles -->';

/**
 * docs/KITS.md with the tables of the profiles: beside each other, then each with where its figures are from.
 * @throws RangeError where the page has no place for them
 */
export function kitsPage(page: string, profiles: readonly Profile[]): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new RangeError('The page does not say where the profiles stand.');
  const parts = [markdownTable(profileRows(profiles)), ...profiles.map(figureSection)];
  return `${page.slice(0, begin)}${BEGIN}\n\n${parts.join('\n\n')}\n\n${page.slice(end)}`;
}

function figureSection(profile: Profile): string {
  const { version: _version, id, device, target: _target, loading, ...figures } = profile;
  const rows = (Object.entries(figures) as [KnownKey, KnownValue<unknown>][])
    .filter(([, { confidence, note }]) => confidence !== 'unknown' || note !== undefined)
    .map(([key, figure]) => [`\`${key}\``, valueText(figure), figure.confidence, originText(figure)]);
  const unknown = Object.entries(figures).filter(([, { confidence }]) => confidence === 'unknown');
  const names = unknown.map(([key]) => `\`${key}\``).join(', ');
  return [
    `### ${device} (\`${id}\`)`,
    ...(loading === undefined ? [] : [loading]),
    deviceLines(profile)
      .map((line) => `- ${line}`)
      .join('\n'),
    markdownTable([['figure', 'value', 'known by', 'from'], ...rows]),
    ...(names === '' ? [] : [`Unknown: ${names}.`]),
  ].join('\n\n');
}

function valueText({ value, confidence }: KnownValue<unknown>): string {
  if (value === null) return confidence === 'unknown' ? 'unknown' : 'no limit';
  return value === SAFE_ALPHABET ? 'A–Z a–z 0–9 _ -' : `\`${JSON.stringify(value)}\``;
}

function originText({ source, url, note }: KnownValue<unknown>): string {
  const from = source === undefined ? '' : url === undefined ? source : `[${source}](${url})`;
  return [from, note ?? ''].filter(Boolean).join('; ');
}

function markdownTable([heads, ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}
