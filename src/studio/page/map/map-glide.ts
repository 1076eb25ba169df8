/** Drops that lie elsewhere now go there slowly, so that eyes can follow. */
import type { Point } from './map-view.ts';

const GLIDE_MS = 900;

type Places = ReadonlyMap<string, Point>;

/**
 * Gives places on the way, frame by frame, and at last those where all are to be. What is new lies at its place at once; where
 * nothing else moves, so does all. While a run goes on that is each time: gliding on the spot took half of what the page itself
 * cost in an hour of songs.
 * @returns stops on the way
 */
export function glide(from: Places, to: Places, onPlaces: (places: Places) => void): () => void {
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  if (still || !movesAny(from, to)) {
    onPlaces(to);
    return () => {};
  }
  const begun = performance.now();
  let frame = 0;
  const step = (now: number): void => {
    const share = Math.min(1, Math.max(0, (now - begun) / GLIDE_MS));
    onPlaces(share === 1 ? to : between(from, to, 1 - (1 - share) ** 3));
    if (share < 1) frame = requestAnimationFrame(step);
  };
  frame = requestAnimationFrame(step);
  return () => cancelAnimationFrame(frame);
}

function movesAny(from: Places, to: Places): boolean {
  for (const [id, { x, y }] of from) {
    const next = to.get(id);
    if (next && (next.x !== x || next.y !== y)) return true;
  }
  return false;
}

function between(from: Places, to: Places, part: number): Places {
  const places = new Map<string, Point>();
  for (const [id, { x, y }] of to) {
    const was = from.get(id) ?? { x, y };
    places.set(id, { x: was.x + part * (x - was.x), y: was.y + part * (y - was.y) });
  }
  return places;
}
