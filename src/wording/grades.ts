/** Why a texture is no A: as the manifest, the command line and other programs receive it. */
import type { GradeReason } from '../curation/grade.ts';
import type { MadeTexture } from '../engine/events.ts';
import type { InWords } from '../engine/in-words.ts';
import type { Span } from '../reasons/span.ts';
import { codeAndFields, type WordsFor, wordsOf } from '../reasons/words.ts';
import { EARLIER_WORDS } from './earlier.ts';

const GRADE_WORDS: WordsFor<GradeReason | InWords> = {
  silent: ({ rmsDb, leastDb }) => `silent: ${rmsDb ? decibels(rmsDb) : 'no level'} RMS, under ${leastDb} dB`,
  'source-clips': ({ share, mostShare }) =>
    `${percent(share)} of the source clips there, over ${percent(mostShare)}`,
  'crest-high': ({ crestFactor, mostCrestFactor }) =>
    `crest factor ${fixed(crestFactor, 1)}, over ${mostCrestFactor}`,
  'dc-high': ({ dc, mostDc }) => `DC ${fixed(dc, 3)}, over ${mostDc}`,
  'seam-jumps': ({ medianSteps }) => `seam jumps by ${fixed(medianSteps, 1)} median steps`,
  'seam-jumps-of-peak': ({ shareOfPeak }) => `seam jumps by ${percent(shareOfPeak)} of the peak`,
  'seam-level-off': ({ levelDb }) => `level at the seam ${signed(levelDb)} dB`,
  'seam-flux-high': ({ flux }) => `seam flux ${fixed(flux, 2)} of the body's own`,
  quiet: ({ rmsDb }) => `quiet: ${decibels(rmsDb)} RMS`,
  'source-clips-a-little': ({ share }) => `${percent(share)} of the source clips there`,
  spiky: ({ crestFactor }) => `spiky: crest factor ${fixed(crestFactor, 1)}`,
  'some-dc': ({ dc }) => `DC ${fixed(dc, 3)}`,
  'seam-steps': ({ medianSteps }) => `seam steps ${fixed(medianSteps, 1)} times the median`,
  'seam-steps-of-peak': ({ shareOfPeak }) => `seam steps ${percent(shareOfPeak)} of the peak`,
  'seam-level': ({ levelDb }) => `seam level ${signed(levelDb)} dB`,
  'seam-flux': ({ flux }) => `seam flux ${fixed(flux, 2)}`,
  landmark: ({ times, db }) =>
    `one event stands out: ${fixed(times, 1)} times the usual change, ${decibels(db)}`,
  'level-swells': ({ swellDb }) => `level swells by ${decibels(swellDb)} each round`,
  'pulse-broken': ({ hz, errorMs }) =>
    `its pulse of ${fixed(hz, 2)} Hz comes ${milliseconds(errorMs)} at the wrap`,
  ...EARLIER_WORDS,
};

/** All reasons of one texture, as the manifest has them; empty where there is none. */
export function gradeWords(reasons: readonly (GradeReason | InWords)[]): string {
  return reasons.map((reason) => wordsOf(GRADE_WORDS, [reason])).join('; ');
}

/** A texture as other programs receive it: its reasons in words, and as data. */
export function textureDocument<Texture extends MadeTexture>(texture: Texture) {
  const { gradeReasons } = texture;
  return {
    ...texture,
    gradeReasons: gradeWords(gradeReasons),
    gradeCodes: gradeReasons.map(codeAndFields),
  };
}

function fixed(figure: Span, digits: number): string {
  return figure.as((value) => value.toFixed(digits));
}

function decibels(level: Span): string {
  return `${fixed(level, 1)} dB`;
}

function signed(level: Span): string {
  return level.as((db) => (db > 0 ? '+' : '') + db.toFixed(1));
}

/** A lateness that may be negative. */
function milliseconds(error: Span): string {
  return error.as((ms) => `${Math.abs(ms).toFixed(0)} ms ${ms > 0 ? 'late' : 'early'}`);
}

function percent(share: Span): string {
  return `${share.as((value) => (100 * value).toFixed(1))} %`;
}
