import { writeFileSync } from 'node:fs';
import { pictureFile } from './folder.mjs';

const WIDTH = 760;
const HEIGHT = 280;
const FRAME = { left: 54, right: 16, top: 46, bottom: 40 };

/**
 * docs/pictures/NAME.svg: levels over time.
 * @param picture range and gridStep in dB; seconds: first and last shown; tickSec between their labels; band:
 *   shaded between two levels; marks: upright lines; spans: shaded stretches of time; series: curves of [second, dB]
 */
export function plot(name, picture) {
  const { title, unit, range, gridStep, seconds, tickSec, band, marks, spans, spanLabel, series } = picture;
  const width = WIDTH - FRAME.left - FRAME.right;
  const x = (second) => round(FRAME.left + ((second - seconds[0]) / (seconds[1] - seconds[0])) * width);
  const height = HEIGHT - FRAME.top - FRAME.bottom;
  const y = (level) => round(FRAME.top + ((range[1] - clamp(level, range)) / (range[1] - range[0])) * height);
  const box = (from, to, high, low, colour) =>
    `<rect x="${from}" y="${high}" width="${round(to - from)}" height="${round(low - high)}" fill="${colour}"/>`;
  const line = (x1, y1, x2, y2, rest) => `<path d="M${x1} ${y1}L${x2} ${y2}" ${rest}/>`;
  const [top, bottom] = [y(range[1]), y(range[0])];
  const [left, right] = seconds.map(x);

  const parts = [
    box(0, WIDTH, 0, HEIGHT, '#fff'),
    text(left, 18, title, 'font-weight="600"'),
    ...spans.map(({ from, to }) => box(x(from), x(to), top, bottom, '#e8f1f5')),
    ...(band ? [box(left, right, y(band[1]), y(band[0]), '#e8f1f5')] : []),
  ];
  for (let level = range[0]; level <= range[1]; level += gridStep) {
    parts.push(line(left, y(level), right, y(level), 'stroke="#ccc"'));
    parts.push(text(left - 6, y(level) + 4, `${level > 0 ? '+' : ''}${level}`, 'text-anchor="end"'));
  }
  for (let second = seconds[0]; second <= seconds[1] + 1e-6; second += tickSec) {
    parts.push(text(x(second), bottom + 16, String(round(second)), 'text-anchor="middle"'));
  }
  parts.push(text(right, bottom + 32, 'seconds', 'text-anchor="end"'), text(left, bottom + 32, unit, ''));
  for (const { at, label } of marks) {
    parts.push(line(x(at), top, x(at), bottom, 'stroke="#666" stroke-dasharray="4 3"'));
    parts.push(text(x(at) + 4, bottom - 5, label, 'fill="#666"'));
  }
  let legendAt = left;
  const legend = [...series, ...(spanLabel ? [{ label: spanLabel, colour: '#b9d5e2' }] : [])];
  for (const { label, colour } of legend) {
    parts.push(box(legendAt, legendAt + 14, 29, 33, colour), text(legendAt + 19, 36, label, ''));
    legendAt += 40 + 6.4 * label.length;
  }
  for (const { colour, points } of series) {
    const shown = points.filter(([second]) => second >= seconds[0] && second <= seconds[1]);
    const way = shown.map(([second, level]) => `${x(second)} ${y(level)}`).join('L');
    parts.push(`<path d="M${way}" fill="none" stroke="${colour}" stroke-width="1.4"/>`);
  }
  writeFileSync(
    pictureFile(`${name}.svg`),
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="12">\n${parts.join('\n')}\n</svg>\n`,
  );
}

const text = (x, y, words, rest) => `<text x="${x}" y="${y}" ${rest}>${words}</text>`;
const round = (value) => Math.round(value * 10) / 10;
const clamp = (value, [low, high]) => Math.max(low, Math.min(high, value));
