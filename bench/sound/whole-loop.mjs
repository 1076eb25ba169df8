/**
 * A loop may be turned so that its wrap is calm; then its crossfade lies inside the file. So the whole tiled
 * loop is searched for its worst place: the 30 ms level that dips or rises most against the half second
 * around it, and the largest log-mel flux. Where the crossfade is known, its worst place is held against the
 * worst that the music does by itself in the rest of the loop: beyond that it is a real outlier.
 */
import { melDistance, tiledLogMel } from './log-mel.mjs';
import { furthestFromZero, largest, mean, median, powerDb, share } from './statistics.mjs';

const LEVEL_WINDOW_SEC = 0.03;
const LEVEL_HOP_SEC = 0.01;
const AROUND_SEC = 0.25;
/** A dip or bump further out than the music's own worst by this is an outlier, dB. */
const BEYOND_DB = 1.5;
/** And flux beyond the music's own worst by this factor. */
const BEYOND_FLUX = 1.25;
/** Stretches that a crossfade is ranked among. */
const RANKED = 50;

/**
 * @param crossfade `{ start, length }` in the loop, or null
 * Outliers are rare by themselves where the crossfade is short, so it is also ranked: of all stretches of the
 * loop that are as long as the crossfade, the share whose worst place is no worse. A crossfade that nobody
 * hears ranks 0.5 on the average.
 *
 * @returns worst level departure of the whole loop (dB, signed) and in crossfade and body, likewise flux (dB a
 *   band), and whether the crossfade's are outliers
 */
export function scanLoop(channels, sampleRate, crossfade) {
  const length = channels[0].length;
  const isBlended = (frame) =>
    crossfade !== null && (((frame - crossfade.start) % length) + length) % length < crossfade.length;
  const level = { fade: 0, body: 0 };
  const flux = { fade: 0, body: 0 };
  const ranks = { level: [], flux: [] };
  for (const channel of channels) {
    const departures = levelDepartures(channel, sampleRate);
    const changes = fluxes(channel, sampleRate);
    if (crossfade) {
      const sizes = departures.map(({ at, departure }) => ({ at, size: Math.abs(departure) }));
      ranks.level.push(rankOf(sizes, crossfade, length));
      ranks.flux.push(
        rankOf(
          changes.map(({ at, change }) => ({ at, size: change })),
          crossfade,
          length,
        ),
      );
    }
    for (const { at, departure } of departures) {
      const part = isBlended(at) ? 'fade' : 'body';
      level[part] = furthestFromZero([level[part], departure]);
    }
    for (const { at, change } of changes) {
      const part = isBlended(at) ? 'fade' : 'body';
      flux[part] = Math.max(flux[part], change);
    }
  }
  return {
    worstLevelDb: furthestFromZero([level.fade, level.body]),
    fadeLevelDb: level.fade,
    bodyLevelDb: level.body,
    worstFluxDb: Math.max(flux.fade, flux.body),
    fadeFluxShare: flux.fade / Math.max(flux.body, 0.25),
    levelRank: mean(ranks.level),
    fluxRank: mean(ranks.flux),
    levelOutlier: Math.abs(level.fade) > Math.abs(level.body) + BEYOND_DB,
    fluxOutlier: flux.fade > BEYOND_FLUX * Math.max(flux.body, 0.25),
  };
}

/** 30 ms levels every 10 ms round the loop, each against the median of the half second around it. */
function levelDepartures(loop, sampleRate) {
  const length = loop.length;
  const window = Math.min(length, Math.round(LEVEL_WINDOW_SEC * sampleRate));
  const count = Math.max(1, Math.round(length / (LEVEL_HOP_SEC * sampleRate)));
  const places = Array.from({ length: count }, (_, i) => Math.round((i * length) / count));
  const levels = places.map((at) => {
    let sum = 0;
    for (let n = 0; n < window; n++) sum += loop[(at - (window >> 1) + n + length) % length] ** 2;
    return powerDb(sum / window);
  });
  const reach = Math.min(Math.round(AROUND_SEC / LEVEL_HOP_SEC), (count - 1) >> 1);
  return places.map((at, i) => {
    const around = [];
    for (let k = -reach; k <= reach; k++) around.push(levels[(i + k + count) % count]);
    return { at, departure: levels[i] - median(around) };
  });
}

/** Log-mel flux round the loop, each at the middle of the two windows it compares. */
function fluxes(loop, sampleRate) {
  const { size, hop, frames } = tiledLogMel(loop, sampleRate);
  return frames.slice(1).map((frame, k) => ({
    at: (k * hop + ((size + hop) >> 1)) % loop.length,
    change: melDistance(frame, frames[k]),
  }));
}

/** Share of the stretches as long as the crossfade, begun every 50th of the loop, that are no worse than it. */
function rankOf(places, { start, length: fade }, length) {
  const worstFrom = (from) =>
    largest(
      places.filter(({ at }) => (((at - from) % length) + length) % length < fade).map(({ size }) => size),
    );
  const here = worstFrom(start);
  const others = Array.from({ length: RANKED }, (_, i) =>
    worstFrom(start + Math.round((i * length) / RANKED)),
  );
  return share(others, (other) => other <= here + 1e-9);
}
