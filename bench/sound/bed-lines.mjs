/** Beds against their sources: what docs/SOUND-QUALITY.md, "Beds", says of them. */
import { againstSource, hardness, ringLandmark, spectraOf, swellDb } from './bed-figures.mjs';
import { median, share } from './statistics.mjs';
import { line, shareLine } from './verdicts.mjs';

/** What a bed keeps to. */
const COLOUR_DB = 3;
const PITCHES = 0.9;
const CHANGE = 0.5;
const SWELL_DB = 1.5;
/** As much of the source as this is measured on either side of where the bed was taken from, s: all of an archive's song. */
const AROUND_SEC = 600;

export async function measure(texture, { channels, sampleRate }, project) {
  if (texture.kind !== 'bed') return null;
  const own = { landmark: ringLandmark(channels, sampleRate), swell: swellDb(channels) };
  if (!project?.readRegion) return { ...own, source: null };
  const region = await project.readRegion(texture, sampleRate, AROUND_SEC);
  const [bed, source] = [channels, region.channels].map((each) => spectraOf(each, sampleRate));
  return { ...own, source: againstSource(bed, source, channels[0].length / sampleRate) };
}

export function lines(kind, measured) {
  const beds = measured.filter(Boolean);
  if (beds.length === 0) return [];
  const compared = beds.map(({ source }) => source).filter(Boolean);
  const count = beds.length;
  const all = { atLeast: 1 };
  const own = [
    shareLine(
      kind,
      'no landmark: nothing changes by 3 dB and 3 times the median within 20 ms',
      share(beds, ({ landmark }) => hardness(landmark) < 1),
      count,
      all,
    ),
    shareLine(
      kind,
      `level within ${SWELL_DB} dB at the ring’s own rate`,
      share(beds, ({ swell }) => swell <= SWELL_DB),
      count,
      all,
    ),
  ];
  if (compared.length === 0) return own;
  return [
    ...own,
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
