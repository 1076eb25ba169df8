/**
 * DecentSampler's .dspreset: XML with groups of samples.
 * https://decentsampler-developers-guide.readthedocs.io/en/stable/the-groups-element.html
 */
import { pow } from '../../dsp/maths.ts';
import { xmlDocument, xmlElement } from '../xml.ts';
import type { Instrument, Zone, ZoneGroup } from '../zones.ts';

/** Groups with this tag cut each other's notes. */
const CHOKE_TAG = 'choked';

/** An instrument as the text of a .dspreset file. */
export function decentSamplerText({ groups }: Instrument): string {
  return xmlDocument(
    xmlElement('DecentSampler', { minVersion: '1.0.0' }, [
      xmlElement('groups', {}, groups.map(groupElement)),
    ]),
  );
}

function groupElement(group: ZoneGroup): string {
  const { name, zones, attackSec, isOneShot, velocityDepth, chokes } = group;
  return xmlElement(
    'group',
    {
      name,
      ampVelTrack: velocityDepth,
      attack: attackSec,
      decay: 0,
      sustain: 1,
      // There is no one-shot: a release as long as the longest hit lets it ring, whenever the key goes up.
      release: isOneShot ? Math.ceil(longestSec(zones)) : group.releaseSec,
      tags: chokes ? CHOKE_TAG : undefined,
      silencedByTags: chokes ? CHOKE_TAG : undefined,
    },
    zones.map((zone) => sampleElement(zone, isOneShot)),
  );
}

/** `loopEnd` is the last frame that is played: its default is the file's length minus 1. */
function sampleElement(zone: Zone, isOneShot: boolean): string {
  const { sample, turn } = zone;
  const loops = sample.isLoop && !isOneShot;
  return xmlElement('sample', {
    path: sample.file,
    rootNote: zone.rootKey,
    loNote: zone.lowKey,
    hiNote: zone.highKey,
    loVel: zone.lowVelocity,
    hiVel: zone.highVelocity,
    tuning: decimals(zone.tuneCents / 100, 3),
    volume: `${decimals(zone.gainDb, 1)}dB`,
    pitchKeyTrack: zone.tracksKeys ? 1 : 0,
    loopEnabled: String(loops),
    ...(loops ? { loopStart: 0, loopEnd: sample.frameCount - 1, loopCrossfade: 0 } : {}),
    ...(turn.of > 1 ? { seqMode: 'round_robin', seqLength: turn.of, seqPosition: turn.position } : {}),
  });
}

function longestSec(zones: readonly Zone[]): number {
  return Math.max(...zones.map(({ sample }) => sample.frameCount / sample.sampleRate));
}

function decimals(value: number, digits: number): string {
  return (Math.round(value * pow(10, digits)) / pow(10, digits) + 0).toFixed(digits);
}
