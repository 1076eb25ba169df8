/**
 * What was mined of each song: as many pads as wanted where it has as many still moments, moments spread over
 * it, none of them a fade-out; and where pads are missing, whether the engine says why.
 */
import { largest, mean, median, powerDb } from './statistics.mjs';
import { line } from './verdicts.mjs';

/** A slope of more over the stretch is a fade, dB. */
const MOST_SLOPE_DB = 3;
/** Levels that the slope is fitted to, s. */
const LEVEL_SEC = 0.05;
/** Where songs fade out, s: a miner that looks for low levels alone picks most of its moments there. */
const LAST_SEC = 15;
/** Of the wanted pads of songs that have as many still moments. */
const LEAST_FOUND = 90;

export async function measure(texture, { sampleRate }, project) {
  if (texture.kind !== 'mined pad') return null;
  if (!project?.readRegion) return { texture };
  const { channels, before, after } = await project.readRegion(texture, sampleRate, LAST_SEC + 1);
  const stretch = channels.map((channel) => channel.subarray(before, channel.length - after));
  return { texture, slopeDb: slopeOf(stretch, sampleRate), isLast: after < LAST_SEC * sampleRate };
}

/** Rise of the level from start to end by the straight line of least squares through levels of 50 ms, dB. */
function slopeOf(channels, sampleRate) {
  const window = Math.round(LEVEL_SEC * sampleRate);
  const levels = [];
  for (let start = 0; start + window <= channels[0].length; start += window) {
    let power = 0;
    for (const channel of channels) for (let n = 0; n < window; n++) power += channel[start + n] ** 2;
    levels.push(powerDb(power / window / channels.length));
  }
  const middle = (levels.length - 1) / 2;
  const average = mean(levels);
  let [product, square] = [0, 0];
  for (const [i, level] of levels.entries()) {
    product += (i - middle) * (level - average);
    square += (i - middle) ** 2;
  }
  return (product / square) * levels.length;
}

export function lines(kind, measured, project) {
  const pads = measured.filter(Boolean);
  if (pads.length === 0) return [];
  const count = pads.length;
  const known = pads.filter(({ slopeDb }) => slopeDb !== undefined);
  const result = [...foundLines(kind, pads, project)];
  if (known.length > 0) {
    result.push(
      line(
        kind,
        'slope of the level over the stretch of source, worst',
        largest(known.map(({ slopeDb }) => Math.abs(slopeDb))),
        {
          unit: 'dB',
          count,
          atMost: MOST_SLOPE_DB,
        },
      ),
      line(kind, 'pads from the last 15 s of a song', known.filter(({ isLast }) => isLast).length, { count }),
    );
  }
  const gaps = gapsOf(pads);
  if (gaps.length > 0) {
    result.push(
      line(
        kind,
        'least time between the starts of two pads of a song, in lengths of a pad',
        Math.min(...gaps),
        {
          count: gaps.length,
          atLeast: 0.5,
        },
      ),
      line(kind, 'the same, median song', median(gaps), { count: gaps.length }),
    );
  }
  return result;
}

/** Least distance between moments of one length, of each song with several. */
function gapsOf(pads) {
  const songs = [...new Set(pads.map(({ texture }) => texture.source))];
  return songs.flatMap((song) => {
    const spans = pads
      .map(({ texture }) => texture)
      .filter(({ source }) => source === song)
      .sort((a, b) => a.startSec - b.startSec);
    const gaps = spans.slice(1).map((b, i) => (b.startSec - spans[i].startSec) / (b.endSec - b.startSec));
    return gaps.length > 0 ? [Math.min(...gaps)] : [];
  });
}

function foundLines(kind, pads, project) {
  if (!project?.passedOver) return [];
  const { target_durations_sec, max_candidates_per_file } = project.settings.pad_miner;
  const reasons = project.passedOver.filter(
    ({ family, variant, source }) => family === 'pad' && variant === null && !isPadSource(source, project),
  );
  const songs = new Set([
    ...pads.map(({ texture }) => texture.sourcePath),
    ...reasons.map(({ source }) => source),
  ]);
  const wanted = target_durations_sec.length * max_candidates_per_file;
  const each = [...songs].map((song) => {
    const made = pads.filter(({ texture }) => texture.sourcePath === song).length;
    const said = reasons.filter(({ source }) => source === song);
    return { made, said, possible: Math.min(wanted, made + missingMoments(said, wanted, made)) };
  });
  const sum = (values) => values.reduce((total, value) => total + value, 0);
  const made = sum(each.map((song) => song.made));
  return [
    line(kind, 'pads found of those wanted', (100 * made) / (wanted * songs.size), {
      unit: '%',
      count: wanted * songs.size,
    }),
    line(
      kind,
      'pads found of those that songs have still moments for',
      (100 * made) / sum(each.map(({ possible }) => possible)),
      {
        unit: '%',
        count: sum(each.map(({ possible }) => possible)),
        atLeast: LEAST_FOUND,
      },
    ),
    line(
      kind,
      'songs with pads missing and no reason told',
      each.filter((song) => song.made < wanted && song.said.length === 0).length,
      {
        count: songs.size,
        atMost: 0,
      },
    ),
  ];
}

const isPadSource = (source, { settings }) => source.startsWith(`${settings.paths.pad_sources_dir}/`);

/**
 * Still moments that gave no pad, as the engine told: those that could be heard to loop or moved where they
 * would. Windows beyond them overlap a pad or sound like one. Without its figures, all that is missing counts.
 */
function missingMoments(said, wanted, made) {
  if (said.length === 0) return wanted - made;
  // Where nothing was lost so, as with other codes, the fields are null or not there.
  return said.reduce((sum, { fields }) => sum + (fields.heard_to_loop ?? 0) + (fields.moving ?? 0), 0);
}
