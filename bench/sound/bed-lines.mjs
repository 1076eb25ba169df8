/** Beds against their sources: what docs/SOUND-QUALITY.md, "Beds", says of them. */
import { againstSource, spectraOf } from './bed-figures.mjs';
import { median, share } from './statistics.mjs';
import { line, shareLine } from './verdicts.mjs';

/** What a bed keeps to. */
const COLOUR_DB = 3;
const PITCHES = 0.9;
const CHANGE = 0.5;
/** As much of the source as this is measured on either side of where the bed was taken from, s: all of an archive's song. */
const AROUND_SEC = 600;

export async function measure(texture, { channels, sampleRate }, project) {
  if (texture.kind !== 'bed' || !project?.readRegion) return null;
  const region = await project.readRegion(texture, sampleRate, AROUND_SEC);
  const [bed, source] = [channels, region.channels].map((each) => spectraOf(each, sampleRate));
  return againstSource(bed, source, channels[0].length / sampleRate);
}

export function lines(kind, measured) {
  const compared = measured.filter(Boolean);
  if (compared.length === 0) return [];
  const all = { atLeast: 1 };
  return [
    shareLine(
      kind,
      `colour within ${COLOUR_DB} dB a band of the source’s still parts`,
      share(compared, ({ colourDb }) => colourDb <= COLOUR_DB),
      compared.length,
      all,
    ),
    shareLine(
      kind,
      `pitch classes correlate by ${PITCHES} and more with the source’s`,
      share(compared, ({ pitches }) => pitches >= PITCHES),
      compared.length,
      all,
    ),
    shareLine(
      kind,
      'eighths change at least half as much as stretches of the source do',
      share(compared, ({ change, sourceChange }) => change >= CHANGE * sourceChange),
      compared.length,
      all,
    ),
    line(
      kind,
      'change between eighths over that of the source, median',
      median(compared.map(({ change, sourceChange }) => Math.min(9, change / sourceChange))),
      { count: compared.length },
    ),
  ];
}
