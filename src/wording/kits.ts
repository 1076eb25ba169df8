/** What kits and instruments say of textures, in words. */
import type { Families } from '../config/settings.ts';
import type { FamilyId } from '../families/family.ts';
import { familyOf } from '../families/lookup.ts';
import { basename } from '../paths.ts';
import type { Adaptation } from '../targets/adaptation.ts';
import type { FamilyLevel, Levelling } from '../targets/kit-levels.ts';
import type { LeftOutReason } from '../targets/left-out.ts';
import { counted } from './counted.ts';

/** What `KIT.csv` calls some of them since 0.1: its cells are read by other programs, and stay. */
const CELLS: Partial<Record<Adaptation['code'], string>> = {
  'looped-anew': 'looped anew',
  'phases-randomised': 'smeared',
  rotated: 'turned to wrap calmly',
};

/** What was done to a sound, with its figures, as in `KIT.csv`: `looped anew over 19.20 s of 32.00 s`. */
export function adaptationText(adaptation: Adaptation): string {
  const title = CELLS[adaptation.code] ?? adaptationTitle(adaptation);
  switch (adaptation.code) {
    case 'one-channel':
      return `${title}, since both cancel each other`;
    case 'looped-anew':
      return `${title} over ${seconds(adaptation.sec)} of ${seconds(adaptation.ofSec)}`;
    case 'phases-randomised':
      return `${title} over a ring of ${seconds(adaptation.sec)} of ${seconds(adaptation.ofSec)}`;
    case 'faded-out':
      return `${title} at ${seconds(adaptation.sec)} of ${seconds(adaptation.ofSec)}`;
    case 'transposed':
      return `${title} ${signed(adaptation.semitones, 0)} ${Math.abs(adaptation.semitones) === 1 ? 'semitone' : 'semitones'}`;
    case 'tuned':
      return `${title} ${signed(adaptation.cents, 1)} cents`;
    case 'levelled':
      return levelText(adaptation);
    default:
      return title;
  }
}

/** Less than this is not told, LU. */
const LEAST_SAID_LU = 0.05;

function levelText({ gainDb, shortLu, familyShortLu, heldBy, peakDbtp }: Levelling): string {
  return [
    gainDb === 0 ? 'level as it was' : `level ${signed(gainDb, 1)} dB`,
    ...(peakDbtp === null ? [] : [`to a peak of ${peakDbtp.toFixed(1)} dBTP`]),
    ...(shortLu < LEAST_SAID_LU
      ? []
      : [`which is all that its peaks allow: ${shortLu.toFixed(1)} LU under its family`]),
    ...(familyShortLu < LEAST_SAID_LU || heldBy === null
      ? []
      : [`its family ${familyShortLu.toFixed(1)} LU softer than wanted, ${heldText(heldBy)}`]),
  ].join(', ');
}

/** What the sounds of a family were brought to: `pads -18.0 LUFS (not -16.0: held down by the peak of song_pad01)`. */
export function familyLevelText(
  { family, way, lufs, wantedLufs, peakDbtp, heldBy }: FamilyLevel,
  families: Families,
): string {
  const { plural, cutWord, kitLevel } = familyOf(family, families);
  const isOfCuts = way === 'apart' && kitLevel === undefined;
  const name = isOfCuts ? `${cutWord}s` : plural;
  if (peakDbtp !== null) return `${name} peak at ${peakDbtp.toFixed(1)} dBTP`;
  if (lufs === null || wantedLufs === null) return `${name} as they were`;
  const isSaid = heldBy !== null && wantedLufs - lufs >= LEAST_SAID_LU;
  return `${name} ${lufs.toFixed(1)} LUFS${isSaid ? ` (not ${wantedLufs.toFixed(1)}: ${heldText(heldBy)})` : ''}`;
}

function heldText(path: string): string {
  return `held down by the peak of ${basename(path).replace(/\.[^.]*$/, '')}`;
}

function signed(figure: number, digits: number): string {
  return `${figure < 0 ? '-' : '+'}${Math.abs(figure).toFixed(digits)}`;
}

/** What was done, the same for all sounds that it was done to alike: `looped again`. */
export function adaptationTitle(adaptation: Adaptation): string {
  switch (adaptation.code) {
    case 'mono-on-both':
      return 'mono on both channels';
    case 'one-channel':
      return `${adaptation.channel} channel alone`;
    case 'mixed-to-mono':
      return 'mixed to mono';
    case 'looped-anew':
      return 'looped again';
    case 'phases-randomised':
      return 'phases randomised';
    case 'faded-out':
      return 'faded out';
    case 'resampled':
      return `${adaptation.fromHz} to ${adaptation.toHz} Hz`;
    case 'rotated':
      return 'rotated';
    case 'transposed':
      return 'transposed';
    case 'tuned':
      return 'tuned';
    case 'levelled':
      return 'levelled';
    case 'depth-reduced':
      return `${adaptation.fromBits} to ${adaptation.toBits} bits`;
  }
}

/** Why a texture was left out. */
export function leftOutText(reason: LeftOutReason): string {
  switch (reason.code) {
    case 'unreadable':
      return reason.message;
    case 'empty':
      return 'it is empty';
    case 'no-room':
      return 'there is room for no sample of it';
    case 'too-little-left':
      return 'less than half of it would be left';
    case 'too-long':
      return `it is ${reason.durationSec.toFixed(1)} s long and no loop, and of the ${reason.mostSec} s that ${reason.isAsked ? 'are wanted' : 'the device takes'} less than half of it would be left`;
    case 'other-key':
      return `it is in ${reason.is}, which is not of ${reason.wanted}, and may not be moved so far`;
    case 'unknown-key':
      return `neither its key nor its root is clear, so nobody can say whether it is in ${reason.wanted}`;
    case 'longer-than-listed':
      return 'its file is longer than the manifest says, so it was changed since; run again';
    case 'samples-full':
      return reason.limit === 0
        ? 'there is room for no sample'
        : `there is room for ${counted(reason.limit, 'sample')}, and better ranked ones have it`;
    case 'seconds-full':
      return `needs ${reason.needs.toFixed(1)} s of mono, and ${room(reason, `${reason.limit} s`, reason.left.toFixed(1))}`;
    case 'bytes-full':
      return `needs ${megabytes(reason.needs)}, and ${room(reason, megabytes(reason.limit), megabytes(reason.left))}`;
  }
}

/** What a device has room for, or what is left of that where anything is in it. */
function room(
  { left, limit }: { readonly left: number; readonly limit: number },
  whole: string,
  rest: string,
): string {
  return left === limit ? `there is room for ${whole}` : `better ranked ones leave ${rest} of ${whole}`;
}

/** A sample of a kit, as far as its length is said. */
interface SaidLength {
  readonly texture: { readonly family: FamilyId };
  readonly adaptations: readonly Adaptation[];
}

/** How many were shortened, by family, from what to what: `drones 3 of 10 (16.0 to 8.0 s)`; empty where none was. */
export function shortenedText(files: readonly SaidLength[], families: Families): string {
  return families
    .flatMap(({ id, plural }) => {
      const mine = files.filter(({ texture }) => texture.family === id);
      const cuts = mine.flatMap(({ adaptations }) => adaptations.filter((one) => 'ofSec' in one));
      if (cuts.length === 0) return [];
      const [from, to] = [cuts.map(({ ofSec }) => ofSec), cuts.map(({ sec }) => sec)];
      return [`${plural} ${cuts.length} of ${mine.length} (${range(from)} to ${range(to)} s)`];
    })
    .join(', ');
}

/** `8.0`, or `7.2–8.0`. */
function range(values: readonly number[]): string {
  const [least, most] = [Math.min(...values).toFixed(1), Math.max(...values).toFixed(1)];
  return least === most ? most : `${least}–${most}`;
}

function seconds(sec: number): string {
  return `${sec.toFixed(2)} s`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
