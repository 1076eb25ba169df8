/** The levels of a song, over the bars of its strip. */
import { cssColour, mix, styleColour } from '../../../report/page/colours.ts';
import { openCanvas } from '../../../report/page/drawing.ts';

/** @param peaks highest magnitude of equal parts of the song */
export function drawLevels(canvas: HTMLCanvasElement, peaks: readonly number[]): void {
  const open = openCanvas(canvas);
  if (!open) return;
  const { pen, all } = open;
  const most = Math.max(0.01, ...peaks);
  const step = all.width / peaks.length;
  pen.fillStyle = cssColour(mix(styleColour('ground'), styleColour('ink'), 0.3));
  for (const [i, peak] of peaks.entries()) {
    const half = Math.max(0.5, (all.height / 2) * (peak / most));
    pen.fillRect(i * step, all.height / 2 - half, Math.max(0.5, 0.7 * step), 2 * half);
  }
}
