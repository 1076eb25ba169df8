/** Profiles beside each other: for the command line and for docs/KITS.md. */
import type { Figure, FigureKey, Profile } from './profile.ts';

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
    shown(profile.most_samples, String),
    shown(profile.longest_name, String),
    shown(profile.loops, String),
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

function totalText({ total_sec, total_bytes }: Profile): string {
  if (total_sec.value !== null) return `${total_sec.value} s mono`;
  return shown(total_bytes, (bytes) => `${bytes / 1e6} MB`);
}

function shown<T>({ value, confidence }: Figure<T>, text: (value: T) => string): string {
  if (value !== null) return text(value);
  return confidence === 'unknown' ? '?' : 'any';
}

/** The figures of a profile with where they are from, as a table of docs/KITS.md. */
export function figureRows(profile: Profile): string[][] {
  const { version: _version, id: _id, device: _device, loading: _loading, ...figures } = profile;
  return [
    ['figure', 'value', 'sure by', 'from'],
    ...(Object.entries(figures) as [FigureKey, Figure<unknown>][]).map(([key, figure]) => [
      `\`${key}\``,
      figure.value === null
        ? figure.confidence === 'unknown'
          ? 'unknown'
          : 'no limit'
        : `\`${key === 'alphabet' ? 'A–Z a–z 0–9 _ -' : JSON.stringify(figure.value)}\``,
      figure.confidence,
      [
        figure.source === undefined
          ? ''
          : figure.url === undefined
            ? figure.source
            : `[${figure.source}](${figure.url})`,
        figure.note ?? '',
      ]
        .filter(Boolean)
        .join('. '),
    ]),
  ];
}
