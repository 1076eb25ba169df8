/**
 * SFZ: opcodes of version 1, which every player knows, and four controllers in the spelling of version 2, which sfizz, ARIA,
 * LinuxSampler and liquidsfz read; where they are not read, the sound is as with the controllers untouched. There is no
 * `loop_crossfade`: the loops need none. https://sfzformat.com/opcodes/
 */
import type { Instrument, Zone, ZoneGroup } from '../zones.ts';

/** MIDI's own numbers for what a player turns: sound controllers 2, 3 and 5 of General MIDI 2, and the channel's volume. */
const CONTROLLERS = { level: 7, release: 72, attack: 73, tone: 74 };
/** What a controller adds at most: seconds, and the steps of a low-pass that is open at 20 kHz, in cents: down to 156 Hz. */
const MOST_ATTACK_SEC = 4;
const MOST_RELEASE_SEC = 8;
const TONE = { openHz: 20_000, cents: -8400 };
/** A controller's curve that players bring along: 1 down to 0. */
const FALLING = 2;

/**
 * An instrument as the text of an .sfz file.
 * @param title stands in its first line
 * @param up from the text's folder to the one that samples are named from: `../`, as often as need be
 */
export function sfzText({ groups }: Instrument, title: string, up: string): string {
  const head = `// ${title.replace(/\p{Cc}/gu, ' ')}, made by afterglow-engine`;
  const regions = groups.flatMap((group, index) => groupLines(group, index + 1, up));
  return `${[head, ...controls(), ...regions].join('\n')}\n`;
}

/** The level needs no opcode: the channel's volume is every player's own. */
function controls(): string[] {
  const { level, release, attack, tone } = CONTROLLERS;
  return [
    '',
    `<control> set_cc${tone}=127 label_cc${attack}=Attack label_cc${release}=Release label_cc${tone}=Tone label_cc${level}=Level`,
  ];
}

function groupLines(group: ZoneGroup, number: number, up: string): string[] {
  const { name, attackSec, releaseSec, velocityDepth, chokes } = group;
  const { release, attack, tone } = CONTROLLERS;
  const opcodes = {
    amp_veltrack: Math.round(velocityDepth * 100),
    ampeg_attack: attackSec,
    [`ampeg_attack_oncc${attack}`]: MOST_ATTACK_SEC,
    ampeg_release: releaseSec,
    [`ampeg_release_oncc${release}`]: MOST_RELEASE_SEC,
    cutoff: TONE.openHz,
    [`cutoff_oncc${tone}`]: TONE.cents,
    [`cutoff_curvecc${tone}`]: FALLING,
    ...(chokes ? { group: number, off_by: number } : {}),
  };
  const regions = group.zones.map((zone) => region(zone, group, up));
  return ['', `// ${name}`, `<group> ${written(opcodes)}`, ...regions];
}

function region(zone: Zone, { isOneShot }: ZoneGroup, up: string): string {
  const { sample, turn } = zone;
  return `<region> ${written({
    sample: up + sample.file,
    lokey: zone.lowKey,
    hikey: zone.highKey,
    pitch_keycenter: zone.rootKey,
    ...(zone.tracksKeys ? {} : { pitch_keytrack: 0 }),
    tune: Math.round(zone.tuneCents) + 0,
    volume: zone.gainDb.toFixed(1).replace(/^-0\.0$/, '0.0'),
    lovel: zone.lowVelocity,
    hivel: zone.highVelocity,
    ...(turn.of > 1 ? { seq_length: turn.of, seq_position: turn.position } : {}),
    ...loopOpcodes(zone, isOneShot),
  })}`;
}

/** The end of a loop is the last frame that is played. */
function loopOpcodes({ sample }: Zone, isOneShot: boolean): Record<string, string | number> {
  if (isOneShot) return { loop_mode: 'one_shot' };
  if (!sample.isLoop) return { loop_mode: 'no_loop' };
  return { loop_mode: 'loop_continuous', loop_start: 0, loop_end: sample.frameCount - 1 };
}

function written(opcodes: Readonly<Record<string, string | number>>): string {
  return Object.entries(opcodes)
    .map(([opcode, value]) => `${opcode}=${value}`)
    .join(' ');
}
