/** How the loops of an export close: the "Seam" figures of docs/SOUND-QUALITY.md by kind. */
import { BANDS, crossfadeBands } from './crossfade-bands.mjs';
import { findCrossfade } from './crossfade-place.mjs';
import { crossfadeLooks, looksLines } from './crossfade-stretches.mjs';
import { figuresAtPlaces, passesFlux, passesLevel, passesSeam, passesStep } from './seam-figures.mjs';
import { largest, mean, median, percentile, share } from './statistics.mjs';
import { line, shareLine } from './verdicts.mjs';
import { scanLoop } from './whole-loop.mjs';

/** What is synthesised on a ring must close always; what is cut from music, nearly always. */
const WANTED = { 'mined pad': 0.95, 'pad loop': 0.95, drone: 1, bed: 1, cloud: 1, 'hiss loop': 1, dust: 1 };
/** Crossfades that nobody hears rank 0.5 on the average; those of a dozen pads up to 0.7 by chance. */
const MOST_RANK = 0.7;
/** Places in the body that are looked at as if they were seams: as many, spread evenly, none near the wrap. */
const BODY_PLACES = 12;
/** A band of a crossfade keeps its level within this, dB; the median of a run within the other. */
const BAND_LEVEL_DB = 1.5;
const MEDIAN_LEVEL_DB = 0.5;
/** The manifest names the stretch; the crossfade's other side lies before it, at most half as long. */
const LEAD_IN = 0.55;

/** Measures of one loop; the crossfade is looked for in mined pads whose source is at hand. */
export async function measure(texture, sound, project) {
  if (!texture.loops) return null;
  const { channels, sampleRate } = sound;
  const lengthSec = channels[0].length / sampleRate;
  const [seam, ...bodySeams] = figuresAtPlaces(channels, sampleRate, [
    0,
    ...Array.from({ length: BODY_PLACES }, (_, i) =>
      Math.floor(((i + 0.7) / (BODY_PLACES + 0.4)) * channels[0].length),
    ),
  ]);
  return { texture, seam, bodySeams, lengthSec, ...(await crossfadeOf(texture, sound, project)) };
}

async function crossfadeOf(texture, { channels, sampleRate }, project) {
  // What lasts in a mix cannot be laid over that mix.
  const isOfMix = texture.kind === 'mined pad' && texture.row.part !== 'harmonic';
  if (!isOfMix || !project?.readRegion) return { crossfade: null };
  const lengthSec = channels[0].length / sampleRate;
  const region = await project.readRegion(texture, sampleRate, LEAD_IN * lengthSec + 0.1);
  const crossfade = findCrossfade(channels, region, sampleRate);
  if (!crossfade) return { crossfade: null };
  return {
    crossfade,
    bands: crossfadeBands(channels, region, crossfade, sampleRate),
    scan: scanLoop(channels, sampleRate, crossfade),
    looks: crossfadeLooks(channels, sampleRate, crossfade),
  };
}

export function lines(kind, measured) {
  const loops = measured.filter(Boolean);
  if (loops.length === 0) return [];
  const seams = loops.map(({ seam }) => seam);
  const count = seams.length;
  const wanted = { atLeast: WANTED[kind] };
  const levels = seams.map(({ levelDb }) => levelDb);
  return [
    shareLine(
      kind,
      'seam: step ≤ 4 median steps, ≤ 2 % of the peak',
      share(seams, passesStep),
      count,
      wanted,
    ),
    shareLine(kind, 'seam: level within ±1.5 dB', share(seams, passesLevel), count, wanted),
    shareLine(kind, 'seam: flux ≤ 1.1', share(seams, passesFlux), count, wanted),
    shareLine(kind, 'seam: all three', share(seams, passesSeam), count, wanted),
    shareLine(
      kind,
      'places in the body that would pass as a seam',
      share(
        loops.flatMap(({ bodySeams }) => bodySeams),
        passesSeam,
      ),
      BODY_PLACES * count,
    ),
    line(kind, 'seam: median level, without sign', Math.abs(median(levels)), {
      unit: 'dB',
      count,
      atMost: MEDIAN_LEVEL_DB,
    }),
    line(
      kind,
      'the same of places in the body',
      Math.abs(median(loops.flatMap(({ bodySeams }) => bodySeams.map(({ levelDb }) => levelDb)))),
      { unit: 'dB', count: BODY_PLACES * count },
    ),
    line(kind, 'rank of the wrap’s flux among places in the body, mean', mean(loops.map(fluxRank)), {
      count,
      atMost: MOST_RANK,
    }),
    line(
      kind,
      'seam: 95th percentile of flux',
      percentile(
        seams.map(({ flux }) => flux),
        0.95,
      ),
      { count },
    ),
    shareLine(
      kind,
      'bench and engine (manifest) agree on whether the seam is heard',
      share(loops, ({ seam, texture }) => passesSeam(seam) === toldToPass(texture.row)),
      count,
    ),
    ...crossfadeLines(
      kind,
      loops.filter(({ crossfade }) => crossfade),
    ),
  ];
}

/** Share of the places in the body whose flux is no larger than the wrap's: by chance 0.5. */
function fluxRank({ seam, bodySeams }) {
  return share(bodySeams, ({ flux }) => flux <= seam.flux);
}

/** What the engine's own figures in the manifest say. */
function toldToPass(row) {
  return passesSeam({
    step: Number(row.seam_step),
    stepOfPeak: 10 ** (Number(row.loop_error_db) / 20),
    levelDb: Number(row.seam_level_db),
    flux: Number(row.seam_flux),
  });
}

function crossfadeLines(kind, loops) {
  const count = loops.length;
  if (count === 0) return [];
  return [
    line(
      kind,
      'largest difference from the source outside the crossfade',
      Math.max(...loops.map(({ crossfade }) => crossfade.differenceDb)),
      { unit: 'dB', count, atMost: -50 },
    ),
    line(
      kind,
      'mean part of the loop that is crossfade',
      100 *
        mean(
          loops.map(
            ({ crossfade, lengthSec, texture }) =>
              crossfade.length / (lengthSec * Number(texture.row.sample_rate)),
          ),
        ),
      { unit: '%', count },
    ),
    line(
      kind,
      'worst 30 ms level in the crossfade, median pad',
      median(loops.map(({ scan }) => Math.abs(scan.fadeLevelDb))),
      { unit: 'dB', count },
    ),
    line(
      kind,
      'worst 30 ms level in the body, median pad',
      median(loops.map(({ scan }) => Math.abs(scan.bodyLevelDb))),
      { unit: 'dB', count },
    ),
    shareLine(
      kind,
      'crossfades with a dip or bump 1.5 dB beyond the body’s worst',
      share(loops, ({ scan }) => scan.levelOutlier),
      count,
      { atMost: 0.05 },
    ),
    shareLine(
      kind,
      'crossfades with flux 1.25 × the body’s worst',
      share(loops, ({ scan }) => scan.fluxOutlier),
      count,
      { atMost: 0.05 },
    ),
    line(
      kind,
      'mean rank of the crossfade’s worst level among stretches as long',
      mean(loops.map(({ scan }) => scan.levelRank)),
      { count, atMost: MOST_RANK },
    ),
    line(
      kind,
      'mean rank of the crossfade’s worst flux among stretches as long',
      mean(loops.map(({ scan }) => scan.fluxRank)),
      { count, atMost: MOST_RANK },
    ),
    ...looksLines(
      kind,
      loops.map(({ looks }) => looks),
    ),
    ...bandLines(
      kind,
      loops.filter(({ bands }) => bands),
    ),
  ];
}

function bandLines(kind, loops) {
  return Object.entries(BANDS).flatMap(([band, [low, high]]) => {
    const levels = loops.map(({ bands }) => bands[band]).filter((level) => level !== null);
    if (levels.length === 0) return [];
    const count = levels.length;
    const name = `crossfade: level of the ${band} (${low} to ${high} Hz) against its two sides`;
    return [
      line(kind, `${name}, median`, Math.abs(median(levels)), {
        unit: 'dB',
        count,
        atMost: MEDIAN_LEVEL_DB,
      }),
      line(kind, `${name}, worst`, largest(levels.map(Math.abs)), {
        unit: 'dB',
        count,
        atMost: BAND_LEVEL_DB,
      }),
    ];
  });
}
