/**
 * DecentSampler's .dspreset: XML with groups of samples.
 * https://decentsampler-developers-guide.readthedocs.io/en/stable/the-groups-element.html
 */
import { pow } from '../../dsp/maths.ts';
import { xmlDocument, xmlElement } from '../xml.ts';
import type { Instrument, Zone, ZoneGroup } from '../zones.ts';
import { type Envelope, panel, TONE } from './panel.ts';

/** Groups with this tag cut each other's notes. */
const CHOKE_TAG = 'choked';

/**
 * An instrument as the text of a .dspreset file.
 * @param title stands on its panel
 * @param up from the text's folder to the one that samples are named from: `../`, as often as need be
 */
export function decentSamplerText({ groups }: Instrument, title: string, up: string): string {
  const envelope = envelopeOf(groups);
  return xmlDocument(
    xmlElement('DecentSampler', { minVersion: '1.0.0' }, [
      panel(title, envelope),
      xmlElement(
        'groups',
        { ...envelope, decay: 0, sustain: 1 },
        groups.map((group) => groupElement(group, up)),
      ),
      xmlElement('effects', {}, [TONE]),
    ]),
  );
}

/** One for all groups, since the panel's knobs turn the instrument's. */
function envelopeOf(groups: readonly ZoneGroup[]): Envelope {
  return {
    attack: Math.max(...groups.map(({ attackSec }) => attackSec)),
    release: Math.max(...groups.map(releaseOf)),
  };
}

/** There is no one-shot: a release as long as the longest hit lets it ring, whenever the key goes up. */
function releaseOf({ isOneShot, zones, releaseSec }: ZoneGroup): number {
  return isOneShot ? Math.ceil(longestSec(zones)) : releaseSec;
}

function groupElement({ name, zones, isOneShot, velocityDepth, chokes }: ZoneGroup, up: string): string {
  return xmlElement(
    'group',
    {
      name,
      ampVelTrack: velocityDepth,
      tags: chokes ? CHOKE_TAG : undefined,
      silencedByTags: chokes ? CHOKE_TAG : undefined,
    },
    zones.map((zone) => sampleElement(zone, isOneShot, up)),
  );
}

/** `loopEnd` is the last frame that is played: its default is the file's length minus 1. */
function sampleElement(zone: Zone, isOneShot: boolean, up: string): string {
  const { sample, turn } = zone;
  const loops = sample.isLoop && !isOneShot;
  return xmlElement('sample', {
    path: up + sample.file,
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
