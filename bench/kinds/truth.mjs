/**
 * Sounds of known kind in Debian's packages, by folder and name. Held out are whole packages and kits, never single
 * files, so that no musician, voice, kit or sound font is on both sides.
 */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { knownHits } from '../drum-kinds/truth.mjs';

const LMMS = 'lmms-common/usr/share/lmms/samples';
const SONIC_PI = 'sonic-pi-samples/usr/share/sonic-pi/samples';
const LINCITY = 'lincity-ng-data/usr/share/games/lincity-ng';
const WESNOTH = 'wesnoth-1.16-data/usr/share/games/wesnoth/1.16/data';

/** All that the bench wants, by the names of Debian's packages; each is unpacked in a folder of its name. */
export const PACKAGES = [
  ...['sonic-pi-samples', 'hydrogen-drumkits', 'lmms-common', 'lincity-ng-data', 'extremetuxracer-data'],
  ...[
    'hyperrogue-music',
    'asterisk-moh-opsound-wav',
    'wesnoth-1.16-music',
    'wesnoth-1.16-data',
    'supertux-data',
  ],
  ...[
    'asterisk-core-sounds-en-wav',
    'asterisk-prompt-it-menardi-wav',
    'fillets-ng-data-cs',
    'fillets-ng-data-nl',
  ],
  ...['timgm6mb-soundfont', 'fluid-soundfont-gm'],
];

/**
 * Of each folder at most `most` files (evenly spread by name) whose names fit; `least` seconds are those of what may be
 * called by its kind: a spoken digit is as short as a hit, and is not asked for.
 */
const FOLDERS = [
  ['song', 'hyperrogue-music', /\.ogg$/, { least: 30 }],
  ['song', 'asterisk-moh-opsound-wav', /\.wav$/, { least: 30 }],
  ['song', 'lincity-ng-data', /music\/.*\.ogg$/, { least: 30 }],
  ['song', 'wesnoth-1.16-music', /\.ogg$/, { least: 30, heldOut: true }],
  ['song', 'extremetuxracer-data', /\.ogg$/, { least: 30, heldOut: true }],
  ['song', 'supertux-data', /music\/.*\.ogg$/, { least: 20, heldOut: true, most: 30 }],
  ['tonal', `${LMMS}/stringsnpads`, /\.ogg$/, {}],
  [
    'tonal',
    `${LMMS}/instruments`,
    /(organ|accord|cello|flute|violin_double|trumpet|steel).*\.ogg$/,
    { least: 0.8 },
  ],
  [
    'tonal',
    SONIC_PI,
    /(ambi_(choir|drone|glass|haunted|lunar|piano|soft)|guit_|loop_drone).*\.flac$/,
    { heldOut: true },
  ],
  ['drum_loop', `${LMMS}/beats`, /\.ogg$/, {}],
  [
    'drum_loop',
    SONIC_PI,
    /loop_(amen|break|compus|electric|industrial|mehackit|perc|safari|tabla|weirdo|mika).*\.flac$/,
    { heldOut: true },
  ],
  ['hit', `${LMMS}/drums`, /\.ogg$/, {}],
  [
    'hit',
    SONIC_PI,
    /(bd_|drum_(?!roll)|sn_|tabla_|perc_(bell|snap|impact|door)|elec_).*\.flac$/,
    { heldOut: true },
  ],
  [
    'noise',
    `${LINCITY}/sounds`,
    /(Water|Trafic|Fire\d|FireW|WindMill|Power|Rail|Harbor|Parkland|Sports|Industry|Mill\d|Market|Green|Rocket)/,
    {},
  ],
  ['noise', `${LMMS}/misc`, /(applause|crowd|breath)/, {}],
  ['noise', `${WESNOTH}/core/sounds/ambient`, /(morning|night|campfire|ship|birds)/, { heldOut: true }],
  ['noise', SONIC_PI, /vinyl_hiss|ambi_sauna|ambi_swoosh/, { heldOut: true }],
  ['noise', 'extremetuxracer-data', /slide/, { heldOut: true }],
  ['speech', 'asterisk-core-sounds-en-wav', /\.wav$/, { least: 1.2, most: 60 }],
  ['speech', 'fillets-ng-data-cs', /\.ogg$/, { least: 1.2, most: 60 }],
  ['speech', 'asterisk-prompt-it-menardi-wav', /\.wav$/, { least: 1.2, most: 60, heldOut: true }],
  ['speech', 'fillets-ng-data-nl', /\.ogg$/, { least: 1.2, most: 60, heldOut: true }],
];

/** @returns {{ kind, file, pack, heldOut, least }[]} what lies in the unpacked packages under a folder */
export function knownSounds(tree) {
  const sounds = FOLDERS.flatMap(
    ([kind, folder, pattern, { least = 0, most = Infinity, heldOut = false }]) => {
      const files = filesBelow(join(tree, folder)).filter((file) => pattern.test(file.slice(tree.length)));
      const stride = Math.max(1, files.length / most);
      const taken = Array.from(
        { length: Math.min(most, files.length) },
        (_, i) => files[Math.floor(i * stride)],
      );
      return taken.map((file) => ({ kind, file, pack: folder.split('/')[0], heldOut, least }));
    },
  );
  const kits = join(tree, 'hydrogen-drumkits/usr/share/hydrogen/data/drumkits');
  const hits = knownHits(kits);
  const names = kitNames(kits);
  const ofKits = hits.map(({ kit, file }) => ({
    ...{ kind: 'hit', file, pack: kit, least: 0, heldOut: names.indexOf(kit) % 2 === 1 },
  }));
  return [...sounds, ...ofKits.filter((_, i) => i % 2 === 0)];
}

export function kitNames(kits) {
  return [...new Set(knownHits(kits).map(({ kit }) => kit))];
}

function filesBelow(folder) {
  if (!statSync(folder, { throwIfNoEntry: false })) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && /\.(wav|ogg|flac)$/i.test(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
}
