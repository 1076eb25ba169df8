/**
 * Keygroup programs of the MPC, .xpm. Nothing is published of them: elements and their order are those of a file that MPC 2.1
 * wrote, what they mean is what other converters found (github.com/git-moss/ConvertWithMoss, issue 118 and its code).
 */
import { stem } from '../../paths.ts';
import { playedAlone } from '../played-alone.ts';
import type { DeviceOptions, MadeSample } from '../target.ts';
import { xmlDocument, xmlElement, xmlText } from '../xml.ts';
import { audioRoute } from './audio-route.ts';
import { type Keygroup, keygroup } from './keygroup.ts';

export const MOST_KEYGROUPS = 128;
const PADS = 128;
const ALL_KEYS = { low: 0, high: 127 };
/** The key of the first pad. */
const FIRST_HIT = 36;
/** Volumes of a new program, of 1, which is +6 dB. */
const UNITY = '0.707946';
/** What the knobs of a new program move; the last number is nothing. */
const NOTHING = 0x7fffffff;
const Q_LINKS = [7, 94, 10, 93, 257, 92, 256, 91].flatMap((parameter, i) =>
  i % 2 === 0 ? [parameter] : [parameter, NOTHING, NOTHING],
);

/** Of one texture, on all keys; noise sounds as it is on each. */
export function textureProgram(sample: MadeSample, options: Pick<DeviceOptions, 'families'>): string {
  const name = stem(sample.slot.file);
  const played = playedAlone(sample.slot.texture, options);
  return program(name, [{ ...played, ...ALL_KEYS, sample: name, isOneShot: false }]);
}

/** Of hits, one a key, each at its own pitch. @param samples at most {@link MOST_KEYGROUPS} */
export function hitsProgram(samples: readonly MadeSample[], path: string): string {
  const zones = samples.map(({ slot }, i): Keygroup => {
    const key = (FIRST_HIT + i) % 128;
    return {
      sample: stem(slot.file),
      low: key,
      high: key,
      rootKey: key,
      tuneCents: 0,
      tracksKeys: false,
      isOneShot: true,
      attackSec: 0,
      releaseSec: 0,
      velocityDepth: 1,
    };
  });
  return program(stem(path), zones);
}

function program(name: string, zones: readonly Keygroup[]): string {
  return xmlDocument(
    xmlElement('MPCVObject', {}, [
      xmlElement('Version', {}, [
        xmlText('File_Version', '2.1'),
        xmlText('Application', 'MPC-V'),
        xmlText('Application_Version', '2.1.0.23'),
        xmlText('Platform', 'Windows'),
      ]),
      xmlElement('Program', { type: 'Keygroup' }, [
        xmlText('ProgramName', name),
        xmlText('ProgramPads', programPads()),
        audioRoute(2),
        ...['Send1', 'Send2', 'Send3', 'Send4'].map((send) => xmlText(send, '0.000000')),
        xmlText('Volume', UNITY),
        xmlText('Mute', 'False'),
        xmlText('Solo', 'False'),
        xmlText('Pan', '0.500000'),
        xmlText('AutomationFilter', '1'),
        xmlText('Pitch', '0.000000'),
        xmlText('TuneCoarse', '0'),
        xmlText('TuneFine', '0'),
        xmlText('Mono', 'False'),
        xmlText('Program_Polyphony', '0'),
        xmlElement(
          'Instruments',
          {},
          zones.map((zone, i) => keygroup(zone, i + 1)),
        ),
        padMap('PadNoteMap', 'PadNote', 'Note', (pad) => pad),
        padMap('PadGroupMap', 'PadGroup', 'Group', () => 0),
        xmlText('KeygroupMasterTranspose', '0.500000'),
        xmlText('KeygroupNumKeygroups', String(zones.length)),
        xmlText('KeygroupPitchBendRange', '0.500000'),
        xmlText('KeygroupWheelToLfo', '1.000000'),
        xmlText('KeygroupAftertouchToFilter', '0.000000'),
        xmlElement('QLinkAssignments', {}, [xmlElement('ProgramMode', {}, Q_LINKS.map(qLink))]),
      ]),
    ]),
  );
}

/** A JSON text inside the XML: colours of pads, none of which is used. */
function programPads(): string {
  const pads = Object.fromEntries(Array.from({ length: PADS }, (_, i) => [`value${i}`, 0]));
  const whole = {
    ProgramPads: {
      Universal: { value0: true },
      Type: { value0: 1 },
      universalPad: 32512,
      pads,
      UnusedPads: { value0: 1 },
    },
  };
  return JSON.stringify(whole);
}

function qLink(parameter: number, index: number): string {
  return xmlElement('QLink', { index: index + 1 }, [
    xmlText('Parameter', String(parameter)),
    xmlText('Momentary', '0'),
  ]);
}

function padMap(name: string, each: string, holds: string, figureOf: (pad: number) => number): string {
  const pads = Array.from({ length: PADS }, (_, i) =>
    xmlElement(each, { number: i + 1 }, [xmlText(holds, String(figureOf(i)))]),
  );
  return xmlElement(name, {}, pads);
}
