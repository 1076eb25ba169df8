/**
 * Synths and kits of the Deluge, as its open firmware reads them (github.com/SynthstromAudible/DelugeFirmware, src/deluge:
 * processing/sound/sound.cpp, storage/multi_range). Elements rather than attributes, which firmware up to 4 wants.
 */
import { stem } from '../../paths.ts';
import { type PlayedAlone, playedAlone } from '../played-alone.ts';
import type { DeviceOptions, MadeSample } from '../target.ts';
import { xmlDocument, xmlElement, xmlText } from '../xml.ts';
import { attackParam, LEAST, MOST, param, releaseParam } from './params.ts';

/** What happens at the end of a sample, and when its key goes up. */
const LOOP_MODE = { cut: 0, once: 1, loop: 2 };
/** The key at which a sample without transposition sounds as it is. */
const REFERENCE_KEY = 60;
/** Of a patch cable that moves all. */
const WHOLE_DEPTH = 0x3fffffe8;
/** The volume of a new kit. */
const KIT_VOLUME = 0x3504f334;

interface Tuning {
  /** Semitones. */
  readonly transpose: number;
  readonly cents: number;
}

interface Shape {
  /** Figures of {@link param}. */
  readonly attack: number;
  readonly release: number;
  /** How much velocity moves the level: 0 not at all, 1 wholly. */
  readonly velocity: number;
}

const VERSION = { firmwareVersion: '4.1.4', earliestCompatibleFirmware: '4.1.0-alpha' };

/** A synth of one sample, on all keys. */
export function synthText(sample: MadeSample, options: Pick<DeviceOptions, 'families'>): string {
  const { texture } = sample.slot;
  const played = playedAlone(texture, options);
  const mode = texture.loops ? LOOP_MODE.loop : LOOP_MODE.cut;
  const body = soundBody(sample, mode, tuning(played), {
    attack: attackParam(played.attackSec),
    release: releaseParam(played.releaseSec),
    velocity: played.velocityDepth,
  });
  return xmlDocument(xmlElement('sound', VERSION, body));
}

/** A kit of hits, each at its own pitch. */
export function kitText(samples: readonly MadeSample[]): string {
  const shape = { attack: LEAST, release: LEAST, velocity: 1 };
  const sounds = samples.map((sample) =>
    xmlElement('sound', {}, [
      xmlText('name', stem(sample.slot.file)),
      ...soundBody(sample, LOOP_MODE.once, { transpose: 0, cents: 0 }, shape),
    ]),
  );
  return xmlDocument(
    xmlElement('kit', VERSION, [
      xmlElement('defaultParams', {}, [
        xmlText('reverbAmount', param(LEAST)),
        xmlText('volume', param(KIT_VOLUME)),
        xmlText('pan', param(0)),
      ]),
      xmlElement('soundSources', {}, sounds),
    ]),
  );
}

/** What brings a sample from the reference key to its own. */
function tuning({ rootKey, tuneCents }: PlayedAlone): Tuning {
  const semitones = REFERENCE_KEY - rootKey + tuneCents / 100;
  const transpose = Math.round(semitones);
  return { transpose: transpose + 0, cents: Math.round(100 * (semitones - transpose)) + 0 };
}

/**
 * Ends are the frames behind. A loop of the whole sample has no points of its own: a start of 0 would mean that there is none,
 * and without an end it is the sample's.
 */
function soundBody(
  { slot, frameCount }: MadeSample,
  loopMode: number,
  { transpose, cents }: Tuning,
  shape: Shape,
): string[] {
  return [
    xmlElement('osc1', {}, [
      xmlText('type', 'sample'),
      xmlText('loopMode', String(loopMode)),
      xmlText('reversed', '0'),
      xmlText('timeStretchEnable', '0'),
      xmlText('timeStretchAmount', '0'),
      xmlText('fileName', slot.file),
      xmlText('transpose', String(transpose)),
      xmlText('cents', String(cents)),
      xmlElement('zone', {}, [xmlText('startSamplePos', '0'), xmlText('endSamplePos', String(frameCount))]),
    ]),
    xmlElement('osc2', {}, [xmlText('type', 'square')]),
    xmlText('polyphonic', 'poly'),
    xmlText('voicePriority', '1'),
    xmlText('mode', 'subtractive'),
    xmlText('lpfMode', '24dB'),
    xmlElement('unison', {}, [xmlText('num', '1'), xmlText('detune', '8')]),
    defaultParams(shape),
  ];
}

/** The sample alone, its filters open. */
function defaultParams({ attack, release, velocity }: Shape): string {
  return xmlElement('defaultParams', {}, [
    xmlText('oscAVolume', param(MOST)),
    xmlText('oscBVolume', param(LEAST)),
    xmlElement('envelope1', {}, [
      xmlText('attack', param(attack)),
      xmlText('decay', param(LEAST)),
      xmlText('sustain', param(MOST)),
      xmlText('release', param(release)),
    ]),
    xmlElement('patchCables', {}, [
      xmlElement('patchCable', {}, [
        xmlText('source', 'velocity'),
        xmlText('destination', 'volume'),
        xmlText('amount', param(Math.round(velocity * WHOLE_DEPTH))),
      ]),
    ]),
    xmlText('lpfFrequency', param(MOST)),
    xmlText('lpfResonance', param(LEAST)),
    xmlText('hpfFrequency', param(LEAST)),
    xmlText('hpfResonance', param(LEAST)),
  ]);
}
