/** Drops of pigment: each family's glow and heart are painted once, and stamped in every size wherever one lies. */
import { type Colour, mix, styleColour } from '../../report/page/colours.ts';
import { colourProperty } from '../../report/page/families.ts';

/** How a drop stands out: `faint` is one that the search leaves out, `rejected` one that was rejected. */
export type DropState = 'plain' | 'faint' | 'rejected';

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

/** Side of a glow's and of a heart's stamp, device pixels: what is drawn larger is soft anyway. */
const GLOW_SIDE = 256;
const HEART_SIDE = 96;
/** Radius of a heart's inner glow, of its disc, and of a drop that does not glow, parts of the heart's radius. */
const INNER = 2.2;
const DISC = 0.85;
const BARE = 0.8;

interface FamilyStamps {
  readonly glow: OffscreenCanvas;
  readonly heart: OffscreenCanvas;
  readonly bare: OffscreenCanvas;
}

export interface Stamps {
  /** @param strength how much of its glow it keeps, 0 to 1 */
  stamp(
    pen: CanvasRenderingContext2D,
    drop: { readonly x: number; readonly y: number; readonly family: string; readonly state: DropState },
    radius: number,
    strength: number,
  ): void;
}

export function createStamps(): Stamps {
  const made = new Map<string, FamilyStamps>();
  const stampsOf = (family: string): FamilyStamps => {
    const known = made.get(family) ?? paintFamily(family);
    made.set(family, known);
    return known;
  };
  return {
    stamp(pen, { x, y, family, state }, radius, strength) {
      const { glow, heart, bare } = stampsOf(family);
      const put = (picture: OffscreenCanvas, reach: number, alpha: number) => {
        pen.globalAlpha = alpha;
        pen.drawImage(picture, x - reach, y - reach, 2 * reach, 2 * reach);
      };
      if (state === 'plain') {
        put(glow, glowRadius(radius), strength);
        put(heart, INNER * radius, 0.45 + 0.55 * strength);
      } else put(bare, BARE * radius, state === 'rejected' ? 0.35 : 0.22);
      pen.globalAlpha = 1;
    },
  };
}

function paintFamily(family: string): FamilyStamps {
  const pigment = styleColour(colourProperty(family));
  const light = mix(pigment, styleColour('ink'), 0.3);
  return {
    glow: painted(GLOW_SIDE, (pen) => glow(pen, 1, pigment, 0.62)),
    heart: painted(HEART_SIDE, (pen) => {
      glow(pen, 1, pigment, 0.7);
      disc(pen, DISC / INNER, light, 0.95);
    }),
    bare: painted(HEART_SIDE, (pen) => disc(pen, 1, pigment, 1)),
  };
}

/** A picture whose middle is 0, and whose edge is 1 away from it. */
function painted(side: number, paint: (pen: OffscreenCanvasRenderingContext2D) => void): OffscreenCanvas {
  const picture = new OffscreenCanvas(side, side);
  const pen = picture.getContext('2d')!;
  pen.scale(side / 2, side / 2);
  pen.translate(1, 1);
  paint(pen);
  return picture;
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
