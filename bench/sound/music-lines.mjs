/**
 * What the manifest says about music, where the truth is known: roots of the archive's rendered chords, and
 * lengths against the stretch in a variant's name.
 */
import { largest, share } from './statistics.mjs';
import { standsOut } from './told-pitch.mjs';
import { line, shareLine } from './verdicts.mjs';

/** Sources of the test archive that were rendered from known chords: the pitch classes that are a right root. */
const ROOTS = {
  strings_Am: ['A', 'F'],
  warmpad_Dm9: ['D'],
  choir_Cmaj: ['C', 'G'],
  epiano_Gmaj7: ['G'],
  guit_em9: ['E'],
};
/** And their right keys: that of the chord, or of either of two. */
const KEYS = {
  strings_Am: ['A min', 'F maj'],
  warmpad_Dm9: ['D min'],
  choir_Cmaj: ['C maj', 'G maj'],
  epiano_Gmaj7: ['G maj'],
  guit_em9: ['E min'],
};
const NAMES = ['C', 'C#', 'D', 'D#', 'E', 'F', 'F#', 'G', 'G#', 'A', 'A#', 'B'];

export function measure({ kind, source, variant, row }, { channels, sampleRate }) {
  const note = row.root_note.replace(/-?\d+$/, '');
  const semitones = Number(/pitch([+-][\d.]+)/.exec(variant)?.[1] ?? 0);
  const moved = (name) => NAMES[(NAMES.indexOf(name) + semitones + 120) % 12];
  const roots = ROOTS[source]?.map(moved);
  const keys = KEYS[source]?.map((key) => key.replace(/^\S+/, moved));
  const isTold = note !== '' && kind !== 'drum';
  const factor = Number(/stretch([\d.]+)x/.exec(variant)?.[1] ?? 1);
  const span = Number(row.source_end_sec) - Number(row.source_start_sec);
  return {
    key: keys && row.detected_key !== '' ? keys.includes(row.detected_key) : null,
    // Of what was rendered from a known chord: right, wrong or not told.
    root: roots ? (note === '' ? 'not told' : roots.includes(note) ? 'right' : 'wrong') : null,
    sounds: isTold ? standsOut(channels, sampleRate, midiOf(row)) : null,
    stretchError:
      kind === 'pad loop' && factor !== 1 ? Math.abs(Number(row.duration_sec) / span / factor - 1) : null,
  };
}

/** The root of a row, with its cents as a fraction. */
function midiOf({ root_note, root_cents }) {
  const [, name, octave] = /^([A-G]#?)(-?\d+)$/.exec(root_note);
  return NAMES.indexOf(name) + 12 * (Number(octave) + 1) + Number(root_cents) / 100;
}

export function lines(kind, measured) {
  const roots = measured.map(({ root }) => root).filter((root) => root !== null);
  const keys = measured.map(({ key }) => key).filter((key) => key !== null);
  const errors = measured.map(({ stretchError }) => stretchError).filter((error) => error !== null);
  const result = [];
  if (roots.length > 0) {
    result.push(
      shareLine(
        kind,
        'roots: right (rendered chords)',
        share(roots, (root) => root === 'right'),
        roots.length,
        {
          ...(kind !== 'cloud' && { atLeast: 0.7 }),
        },
      ),
      shareLine(
        kind,
        'roots: wrong (rendered chords)',
        share(roots, (root) => root === 'wrong'),
        roots.length,
        {
          atMost: 0.03,
        },
      ),
    );
  }
  const sounding = measured.map(({ sounds }) => sounds).filter((sounds) => sounds !== null);
  if (sounding.length > 0) {
    result.push(
      shareLine(kind, 'roots told whose pitch is in the sound', share(sounding, Boolean), sounding.length, {
        atLeast: 0.9,
      }),
    );
  }
  if (keys.length > 0) {
    result.push(
      shareLine(kind, 'keys told that are right (rendered chords)', share(keys, Boolean), keys.length, {
        atLeast: 0.9,
      }),
    );
  }
  if (errors.length > 0) {
    result.push(
      line(kind, 'length over stretch of source: off the named factor by at most', 100 * largest(errors), {
        unit: '%',
        count: errors.length,
        atMost: 1,
      }),
    );
  }
  return result;
}
