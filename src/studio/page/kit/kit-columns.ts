/** How the places of the tray lie: all are seen, in rows of about the same length. */

/** CSS pixels: a place is at least so wide, so that its texture's name can be read. */
const NARROWEST = 96;
/** The style says the same. */
const GAP = 6;

/** @param width of the tray, CSS pixels @returns how many lie beside each other */
function kitColumns(places: number, width: number): number {
  const most = Math.max(1, Math.floor((width + GAP) / (NARROWEST + GAP)));
  const rows = Math.max(1, Math.ceil(places / most));
  return Math.max(1, Math.ceil(places / rows));
}

/** Lays the places of the tray that are there. */
export function layOutColumns(tray: HTMLElement): void {
  tray.style.setProperty('--columns', String(kitColumns(tray.childElementCount, tray.clientWidth)));
}
