/** The frequencies at a spectrogram's side. */
import { element } from './element.ts';
import { axisPlace } from './overview.ts';

const AXIS_HZ = [100, 300, 1000, 3000, 10_000];

export function drawAxis(axis: HTMLElement): void {
  for (const frequency of AXIS_HZ) {
    const mark = element('span', {}, frequency < 1000 ? String(frequency) : `${frequency / 1000}k`);
    mark.style.bottom = `${100 * axisPlace(frequency)}%`;
    axis.append(mark);
  }
}
