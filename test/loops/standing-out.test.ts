import { describe, expect, it } from 'vitest';
import { bandLevels } from '../../src/loops/band-levels.ts';
import { frameFluxes } from '../../src/loops/frame-distance.ts';
import { logMelFrames } from '../../src/loops/log-mel.ts';
import { standingOut, usualFigures } from '../../src/loops/standing-out.ts';
import {
  colourFigures,
  colourTrack,
  FIGURE_COUNT,
  sideFigures,
  sideTrack,
} from '../../src/loops/stretch-figures.ts';
import { noise, RATE } from '../signals.ts';

const ROWS = 40;
const FROM = 120;

function tracksOf(channels: readonly Float32Array[]) {
  const frames = channels.map((channel) => logMelFrames([channel], RATE, { circular: false }));
  return {
    sides: sideTrack(channels, frames[0].hop, RATE),
    colours: colourTrack(
      frames,
      frames.map(frameFluxes),
      frames.map((channel) => bandLevels(channel, RATE)),
    ),
  };
}

/** How far the stretch stands out that was changed. */
function changed(change: (x: number, other: number, channel: number) => number) {
  const sides = [noise(4 * RATE, 0.2, 'left'), noise(4 * RATE, 0.2, 'right')];
  const from = FROM * 512;
  const to = from + ROWS * 512;
  const spoilt = sides.map((side, c) =>
    side.map((x, n) => (n >= from && n < to ? change(x, sides[1 - c][n], c) : x)),
  );
  const figures = new Float64Array(FIGURE_COUNT);
  const tracks = tracksOf(spoilt);
  sideFigures(tracks.sides, FROM, FROM + ROWS, figures);
  colourFigures(tracks.colours, FROM, FROM + ROWS, figures);
  return standingOut(figures, usualFigures(tracksOf(sides), 10, 330, ROWS));
}

describe('standingOut', () => {
  it('lets a stretch pass that is as all others', () => {
    expect(changed((x) => x).most).toBeLessThan(1.5);
  });

  it('sees what is softer by 2 dB, and what is narrower', () => {
    expect(changed((x) => 0.8 * x).most).toBeGreaterThan(3);
    expect(changed((x, other) => 0.9 * x + 0.43 * other).most).toBeGreaterThan(3);
  });

  it('says by how much a band stands out', () => {
    expect(changed((x) => x).bandDb).toBeLessThan(0.5);
    expect(changed((x) => 0.5 * x).bandDb).toBeGreaterThan(4);
  });
});
