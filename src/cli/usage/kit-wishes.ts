/** What `kit` is asked beside the device: level, key, tuning, length and how full. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { ConfigError } from '../../errors.ts';
import { type KitWishes, TUNE_MODES, type TuneMode, USUAL_WISHES } from '../../palette/wishes.ts';
import { type KeyName, parseKeyName } from '../../settings/key-name.ts';
import { seconds, wholeNumber } from './options.ts';

/** As the options below parse them. */
export interface KitOptionFlags {
  readonly level?: number | 'off';
  readonly key?: KeyName;
  readonly transpose?: number;
  readonly tune: TuneMode;
  readonly longest?: number;
  readonly fill: number;
}

/** Softer is no level that anybody plays at, LUFS. */
const SOFTEST_LUFS = -60;
/** An octave down is twice as long, and no colour of the texture is left. */
const MOST_SEMITONES = 12;

export function addKitOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--level <lufs>',
        'bring all to this loudness as far as their peaks allow; off leaves levels alone (default: each family its own, near the others)',
      ).argParser(level),
    )
    .addOption(
      new Option(
        '--key <key>',
        'only what is in this key or its relative, such as "A minor"; hits and noise too',
      ).argParser(key),
    )
    .addOption(
      new Option(
        '--transpose <semitones>',
        'with --key: move textures by so many semitones at most to be in it',
      ).argParser(wholeNumber(1, MOST_SEMITONES)),
    )
    .addOption(
      new Option(
        '--tune <to>',
        'bring clear roots to equal temperament at A = 440 Hz: each to the nearest note, or to the note that it is in the tuning of its source',
      )
        .choices(TUNE_MODES)
        .default('off'),
    )
    .addOption(
      new Option(
        '--longest <seconds>',
        'longest sample: shorter loops are made of longer ones, what plays once is faded out',
      ).argParser(seconds),
    )
    .addOption(
      new Option('--fill <percent>', "share of the device's samples, time and memory to fill")
        .argParser(share)
        .default(1, '100%'),
    );
}

/** @throws ConfigError where one is asked for that says nothing without another */
export function wishesOf({ level, key, transpose, tune, longest, fill }: KitOptionFlags): KitWishes {
  if (transpose !== undefined && key === undefined) {
    throw new ConfigError('--transpose moves textures into a key, so it needs one; name it with --key.');
  }
  return {
    level: level ?? USUAL_WISHES.level,
    key: key === undefined ? null : { key, transpose: transpose ?? 0 },
    tune,
    longestSec: longest ?? null,
    fill,
  };
}

function level(text: string): number | 'off' {
  const lufs = Number(text);
  if (text === 'off') return text;
  if (text.trim() !== '' && lufs >= SOFTEST_LUFS && lufs <= 0) return lufs;
  throw new InvalidArgumentError(`It must be a loudness from ${SOFTEST_LUFS} to 0 LUFS, or off.`);
}

function key(text: string): KeyName {
  const named = parseKeyName(text);
  if (named !== null) return named;
  throw new InvalidArgumentError('It must be a key, such as "A minor", F#m or Bb.');
}

function share(text: string): number {
  const percent = Number(text.replace(/%$/, ''));
  if (/^[\d.]+%?$/.test(text) && percent > 0 && percent <= 100) return percent / 100;
  throw new InvalidArgumentError('It must be a share above 0% and up to 100%.');
}
