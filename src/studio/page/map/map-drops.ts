/** Drops of pigment, painted once and stamped wherever one lies. */
import { type Colour, mix, styleColour } from '../../../report/page/colours.ts';
import { colourProperty } from '../../../report/page/families.ts';
import type { Point } from './map-view.ts';

/** How a drop stands out: `faint` is one that the search leaves out, `rejected` one that was rejected. */
type DropState = 'plain' | 'faint' | 'rejected';

/** One drop as it lies at a zoom of 1. */
export interface Drop extends Point {
  readonly family: string;
  readonly durationSec: number;
  readonly state: DropState;
  readonly isKept: boolean;
  /** Curate chose it. */
  readonly isChosen: boolean;
  /** Of its song, and of it beside its song. */
  readonly song: string;
  readonly part: string;
  /** How much of its glow it keeps at a zoom of 1, 0 to 1. */
  readonly strength: number;
}

/** What is longer is drawn as long as this; a table that somebody edited may say anything. */
const LONGEST_SEC = 600;

/** Radius of a drop's heart, CSS pixels at a zoom of 1: a hit is a speck, a drone a pool. */
export function heartRadius(durationSec: number): number {
  return 1.3 + 0.8 * Math.log2(1 + Math.min(durationSec, LONGEST_SEC));
}

/** Radius of the glow around a heart: that of a long sound is wider. */
export function glowRadius(heart: number): number {
  return (4.5 + 1.2 * heart) * heart;
}

/** Steps a doubling of radius; between two nobody sees the difference, and each magnifying paints fewer. */
const STEPS = 3;

/** A stamp's picture, and its side in CSS pixels. */
interface Stamp {
  readonly picture: OffscreenCanvas;
  readonly side: number;
}

export interface Stamps {
  /** @param strength how much of its glow it keeps, 0 to 1 */
  of(family: string, radius: number, state: DropState, strength: number): Stamp;
}

/** Steps of strength. */
const STRENGTHS = 5;

/** @param scale device pixels a CSS pixel */
export function createStamps(scale: number): Stamps {
  const made = new Map<string, Stamp>();
  const ink = styleColour('ink');
  return {
    of(family, radius, state, strength) {
      const step = Math.round(STEPS * Math.log2(radius));
      const kept = Math.ceil(STRENGTHS * strength);
      const key = `${family} ${step} ${state} ${kept}`;
      let stamp = made.get(key);
      if (!stamp) {
        const pigment = styleColour(colourProperty(family));
        const colours = { pigment, heart: mix(pigment, ink, 0.3) };
        stamp = paint(2 ** (step / STEPS), scale, colours, state, kept / STRENGTHS);
        made.set(key, stamp);
      }
      return stamp;
    },
  };
}

function paint(
  radius: number,
  scale: number,
  { pigment, heart }: Readonly<Record<'pigment' | 'heart', Colour>>,
  state: DropState,
  strength: number,
): Stamp {
  const reach = state === 'plain' ? glowRadius(radius) : 1.2 * radius;
  const side = 2 * Math.ceil(reach + 1);
  const picture = new OffscreenCanvas(side * scale, side * scale);
  const pen = picture.getContext('2d')!;
  pen.scale(scale, scale);
  pen.translate(side / 2, side / 2);
  if (state === 'plain') {
    glow(pen, reach, pigment, 0.62 * strength);
    glow(pen, 2.2 * radius, pigment, 0.25 + 0.5 * strength);
    disc(pen, 0.85 * radius, heart, 0.6 + 0.35 * strength);
  } else {
    disc(pen, 0.8 * radius, pigment, state === 'rejected' ? 0.35 : 0.22);
  }
  return { picture, side };
}

function glow(
  pen: OffscreenCanvasRenderingContext2D,
  radius: number,
  colour: Colour,
  strength: number,
): void {
  const gradient = pen.createRadialGradient(0, 0, 0, 0, 0, radius);
  for (const [place, part] of [
    [0, 1],
    [0.25, 0.66],
    [0.5, 0.27],
    [0.75, 0.07],
    [1, 0],
  ]) {
    gradient.addColorStop(place, shade(colour, strength * part));
  }
  pen.fillStyle = gradient;
  pen.fillRect(-radius, -radius, 2 * radius, 2 * radius);
}

function disc(
  pen: OffscreenCanvasRenderingContext2D,
  radius: number,
  colour: Colour,
  strength: number,
): void {
  pen.fillStyle = shade(colour, strength);
  pen.beginPath();
  pen.arc(0, 0, radius, 0, 2 * Math.PI);
  pen.fill();
}

function shade([red, green, blue]: Colour, strength: number): string {
  return `rgb(${red} ${green} ${blue} / ${strength})`;
}
