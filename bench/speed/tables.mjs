/** The benches' figures as Markdown tables. */
import { STAGES } from './stages.mjs';

/** @returns {{ name: string, title: string, text: string }[]} those of the parts that were measured */
export function tablesOf(results) {
  const tables = [];
  const add = (name, title, rows) =>
    tables.push({ name, title, text: `${markdown(rows)}\n\n${madeBy(results)}` });
  const { phases, commands, products, files, copies, lengths } = results;
  if (phases) {
    add('stages', 'CPU seconds by phase and stage, one thread', stageRows(phases.measured));
    add('rates', 'The same as rates', rateRows(phases.measured));
    add('yardsticks', 'Other programs on the songs', yardstickRows(phases));
  }
  if (commands) add('commands', 'Commands, whole process', commandRows(commands));
  if (products) add('products', 'A batch, and what is done with its export', commandRows(products));
  if (files) add('files', 'all over many sounds of 50 ms, two workers', fileRows(files));
  if (copies) add('copies', 'all over 1, 2, 4, 8 copies of the archive, two workers', copyRows(copies));
  if (lengths) add('lengths', 'One song of growing length, one worker', lengthRows(lengths));
  return tables;
}

const cpu = ({ stages }) => Object.values(stages).reduce((sum, seconds) => sum + seconds, 0);

function stageRows(measured) {
  const rows = measured.map(({ phase, ...each }) => [
    phase,
    ...STAGES.map((stage) => fixed(each.stages[stage] ?? 0)),
    fixed(cpu(each)),
  ]);
  return [['phase', ...STAGES, 'sum'], ...rows];
}

function rateRows(measured) {
  const rows = measured.map((each) => {
    const seconds = cpu(each);
    return [
      each.phase,
      each.audioSec.toFixed(0),
      `${(each.audioSec / seconds).toFixed(0)}×`,
      (each.sourceBytes / 1e6 / seconds).toFixed(1),
      each.writtenSec.toFixed(0),
      `${(each.writtenSec / seconds).toFixed(0)}×`,
      each.peakMB.toFixed(0),
    ];
  });
  const head = [
    'phase',
    'sources, s',
    'heard × real time',
    'read MB/s',
    'textures, s',
    'made × real time',
    'peak MB',
  ];
  return [head, ...rows];
}

/** Under a table, since they are not all made in one go. */
export function madeBy({ version, machine, date, runs }) {
  const from = runs > 1 ? `, medians of up to ${runs} runs` : '';
  return `*Version ${version}, ${date}, ${machine}${from}.*`;
}

/** The engine's stages on the songs, then the others; the last column says how many times as long they take as we. */
function yardstickRows({ measured, yardsticks }) {
  const [pads] = measured;
  const rate = (...names) => pads.audioSec / names.reduce((sum, name) => sum + (pads.stages[name] ?? 0), 0);
  const whole = pads.audioSec / cpu(pads);
  const rows = [
    ['afterglow: read and decode', rate('read', 'decode')],
    ['afterglow: read, decode, analyse', rate('read', 'decode', 'analyse')],
    ['afterglow: mine-pads, all of it', whole],
    ...yardsticks.map(({ name, does, timesRealTime }) => [`${name}: ${does}`, timesRealTime]),
  ];
  const head = ['work on a CPU core', '× real time', 'against mine-pads'];
  return [
    head,
    ...rows.map(([name, times]) => [name, `${times.toFixed(0)}×`, `${(times / whole).toFixed(2)}`]),
  ];
}

function commandRows(measured) {
  const rows = measured.map(({ command, cpuSec, wallSec, peakMB }) => [
    `\`${command}\``,
    fixed(cpuSec),
    fixed(wallSec),
    peakMB.toFixed(0),
  ]);
  return [['command', 'CPU s', 'wall s', 'peak MB'], ...rows];
}

function fileRows(measured) {
  const rows = measured.map(({ work, count, cpuSec, wallSec, peakMB }) => [
    work,
    String(count),
    fixed(cpuSec),
    ((1000 * cpuSec) / count).toFixed(2),
    fixed(wallSec),
    peakMB.toFixed(0),
  ]);
  return [['work', 'files', 'CPU s', 'ms a file', 'wall s', 'peak MB'], ...rows];
}

function copyRows(measured) {
  const [one] = measured;
  const rows = measured.map(({ copies, cpuSec, wallSec, peakMB }) => [
    String(copies),
    fixed(cpuSec),
    (cpuSec / copies / one.cpuSec).toFixed(2),
    fixed(wallSec),
    peakMB.toFixed(0),
  ]);
  return [['copies', 'CPU s', 'a copy, against one', 'wall s', 'peak MB'], ...rows];
}

/** Beside each figure of a length what it costs a second of sound more than the shortest measured at all. */
function lengthRows(measured) {
  const rows = measured.map((each) => {
    const shortest = measured.find(({ work, format }) => work === each.work && format === each.format);
    const more = 60 * (each.minutes - shortest.minutes);
    return [
      each.work,
      each.format,
      `${each.minutes} min`,
      fixed(each.cpuSec),
      `${((60 * each.minutes) / each.cpuSec).toFixed(0)}×`,
      more === 0 ? '' : ((1000 * (each.cpuSec - shortest.cpuSec)) / more).toFixed(2),
      (each.bytes / 1e6 / each.cpuSec).toFixed(0),
      each.peakMB.toFixed(0),
    ];
  });
  const head = [
    'command',
    'format',
    'length',
    'CPU s',
    '× real time',
    'ms a further second',
    'MB/s',
    'peak MB',
  ];
  return [head, ...rows];
}

const fixed = (seconds) => seconds.toFixed(2);

export function markdown([head, ...rows]) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, column) => (column === 0 ? '---' : '--:'))), ...rows.map(line)].join(
    '\n',
  );
}
