/** Hits of known kind: the samples of drum kits, by the names of their instruments and files. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Kits whose names say nothing of the sound: they put found sounds in the places of drums. Audiophob's kick is called
 * tom-0105, its pedal hat fxshake; rumpf's are numbers.
 */
const NAMED_OTHERWISE = ['Audiophob', 'rumpf_kit_z01_h2'];

/**
 * What is no single drum hit, or not known: rolls, effects, placeholders; and a snare drum without its snares, which is
 * a tom to the ear.
 */
const UNKNOWN = /roll|zap|\bfx|empty|whistle|vp click|vp drum|ee_drum|ee_click|snareoff|nasty_bass/;

/** The first that fits a name; perc is told in sorts, since they have little in common but that they are struck. */
const SORTS = [
  [
    'closed hat',
    /(hat|hh|hihat)\W*_?(closed|cl\b|cl_|pedal|pd\b|foot|choke|\d cl|\d pd)|closed hh|pedal hh|chh|closehihat|pedalhihat|hat low|side hh|cymbal_(closed|pedal)/,
  ],
  ['open hat', /hat|\bhh|ohh|open ?hh|cymbal_open/],
  ['stick', /side ?stick|stick|rim ?click|\brs_|(\b|nasty_)rim_?\d/],
  ['clap', /clap|snap/],
  ['shaker', /tambourine|maraca|shaker/],
  ['ride', /ride|paistebell|paiste bell/],
  ['crash', /crash|china|splash|cymbal/],
  ['kick', /kick|bass ?drum|drum_bass|\bbd/],
  ['bell', /cowbell|agogo|glass|clav|wood|bell/],
  ['tom', /tom|floor/],
  ['hand drum', /conga|bongo|cajon|djembe|head|tabla/],
  ['snare', /snare|\bsn|\bsd/],
];

export const KIND_OF_SORT = {
  kick: 'kick',
  snare: 'snare',
  'closed hat': 'hat',
  'open hat': 'hat',
  crash: 'cymbal',
  ride: 'cymbal',
  tom: 'perc',
  'hand drum': 'perc',
  stick: 'perc',
  bell: 'perc',
  clap: 'perc',
  shaker: 'perc',
};

/** @returns every hit of known kind in folders of kits under a folder: { kit, file, sort, kind } */
export function knownHits(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !NAMED_OTHERWISE.includes(entry.name))
    .map(({ name }) => name)
    .sort()
    .flatMap((kit) => hitsOfKit(join(folder, kit), kit));
}

function hitsOfKit(folder, kit) {
  return [...namesIn(folder)].sort().flatMap(([file, instrument]) => {
    const sort = sortOf(`${instrument} / ${file}`.toLowerCase());
    const path = join(folder, file);
    return sort && existsSync(path) ? [{ kit, file: path, sort, kind: KIND_OF_SORT[sort] }] : [];
  });
}

/** File and instrument, of a kit's drumkit.xml; a folder without one has files that say what they are. */
function namesIn(folder) {
  const description = join(folder, 'drumkit.xml');
  if (!existsSync(description)) return new Map(readdirSync(folder).map((file) => [file, '']));
  const names = new Map();
  for (const [, instrument] of readFileSync(description, 'utf8').matchAll(
    /<instrument>(.*?)<\/instrument>/gs,
  )) {
    const name = /<name>(.*?)<\/name>/.exec(instrument)?.[1] ?? '';
    for (const [, file] of instrument.matchAll(/<filename>(.*?)<\/filename>/g)) names.set(file, name);
  }
  return names;
}

function sortOf(text) {
  if (UNKNOWN.test(text)) return null;
  return SORTS.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}
