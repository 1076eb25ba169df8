/** Colours as the style names them, for what is drawn on canvases. */

export type Colour = readonly [red: number, green: number, blue: number];

/** The value of a custom property of the style, such as `ink` for `--ink`, written #rrggbb. */
export function styleColour(name: string): Colour {
  const text = getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const number = Number.parseInt(text.slice(1), 16);
  return [(number >> 16) & 255, (number >> 8) & 255, number & 255];
}

/** Evenly spaced colours through the given ones, first to last. */
export function ramp(stops: readonly Colour[], count: number): Colour[] {
  return Array.from({ length: count }, (_, i) => {
    const place = (i * (stops.length - 1)) / (count - 1);
    const before = Math.min(stops.length - 2, Math.floor(place));
    return mix(stops[before], stops[before + 1], place - before);
  });
}

/** @param part of `to`, 0 to 1 */
export function mix(from: Colour, to: Colour, part: number): Colour {
  const [red, green, blue] = from.map((value, i) => Math.round(value + part * (to[i] - value)));
  return [red, green, blue];
}

export function cssColour([red, green, blue]: Colour): string {
  return `rgb(${red} ${green} ${blue})`;
}
