/**
 * SFZ: opcodes of version 1, which every player knows, `amp_veltrack` and the like included.
 * https://sfzformat.com/opcodes/
 */
import type { Instrument, Zone, ZoneGroup } from '../zones.ts';

/**
 * An instrument as the text of an .sfz file.
 * @param name stands in its first line
 */
export function sfzText({ groups }: Instrument, name: string): string {
  const head = `// ${name.replace(/\p{Cc}/gu, ' ')}, made by afterglow-engine`;
  return `${[head, ...groups.flatMap((group, index) => groupLines(group, index + 1))].join('\n')}\n`;
}

function groupLines(group: ZoneGroup, number: number): string[] {
  const { name, attackSec, releaseSec, velocityDepth, chokes } = group;
  const opcodes = {
    amp_veltrack: Math.round(velocityDepth * 100),
    ampeg_attack: attackSec,
    ampeg_release: releaseSec,
    ...(chokes ? { group: number, off_by: number } : {}),
  };
  return ['', `// ${name}`, `<group> ${written(opcodes)}`, ...group.zones.map((zone) => region(zone, group))];
}

function region(zone: Zone, { isOneShot }: ZoneGroup): string {
  const { sample, turn } = zone;
  return `<region> ${written({
    sample: sample.file,
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
