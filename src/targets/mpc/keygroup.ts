import { log10 } from '../../dsp/maths.ts';
import type { PlayedAlone } from '../played-alone.ts';
import { xmlElement, xmlText } from '../xml.ts';
import { audioRoute } from './audio-route.ts';

/** One sample over some keys. */
export interface Keygroup extends Omit<PlayedAlone, 'hasRoot'> {
  /** Its file's name without ending; it lies beside the program. */
  readonly sample: string;
  /** MIDI notes, both included. */
  readonly low: number;
  readonly high: number;
  /** Sounds to its end however short the key is held. */
  readonly isOneShot: boolean;
}

/** Times of envelopes go from 1 ms to 100 s in equal ratios. */
const SHORTEST_SEC = 0.001;
const TIME_DECADES = 5;
/** Layers that a keygroup has; all but the first are empty. */
const LAYERS = 4;
/** The sample's own loop, which stands in its file; 129 would take it from the program. */
const SLICE_OF_FILE = 128;

/** A keygroup, in the elements of a new one. @param number from 1 */
export function keygroup(zone: Keygroup, number: number): string {
  const layers = Array.from({ length: LAYERS }, (_, i) => layer(i === 0 ? zone : null, i + 1));
  return xmlElement('Instrument', { number }, [
    audioRoute(0),
    ...texts({
      Send1: '0.000000',
      Send2: '0.000000',
      Send3: '0.000000',
      Send4: '0.000000',
      Volume: '0.707946',
      Mute: 'False',
      Solo: 'False',
      Pan: '0.500000',
      AutomationFilter: 1,
      TuneCoarse: 0,
      TuneFine: 0,
      Mono: 'False',
      Polyphony: 0,
      FilterKeytrack: '0.000000',
      LowNote: zone.low,
      HighNote: zone.high,
      IgnoreBaseNote: named(!zone.tracksKeys),
      ZonePlay: 1,
      MuteGroup: 0,
      MuteTarget1: 0,
      MuteTarget2: 0,
      MuteTarget3: 0,
      MuteTarget4: 0,
      SimultTarget1: 0,
      SimultTarget2: 0,
      SimultTarget3: 0,
      SimultTarget4: 0,
      LfoPitch: '0.000000',
      LfoCutoff: '0.000000',
      LfoVolume: '0.203125',
      LfoPan: '0.000000',
      OneShot: named(zone.isOneShot),
    }),
    ...envelopes(zone),
    xmlElement('LFO', {}, texts({ Type: 'Sine', Rate: '0.500000', Sync: 0, Reset: 'False' })),
    ...texts({ WarpTempo: '120.000000', BpmLock: 'True', WarpEnable: 'False', StretchPercentage: 100 }),
    xmlElement('Layers', {}, layers),
  ]);
}

/** The filter is open, and its envelope does nothing. */
function envelopes({ attackSec, releaseSec, velocityDepth }: Keygroup): string[] {
  return texts({
    FilterType: 0,
    Cutoff: '1.000000',
    Resonance: '0.000000',
    FilterEnvAmt: '0.000000',
    AfterTouchToFilter: '0.000000',
    VelocityToStart: '0.000000',
    VelocityToFilterAttack: '0.000000',
    VelocityToFilter: '0.000000',
    VelocityToFilterEnvelope: '0.000000',
    FilterAttack: '0.000000',
    FilterDecay: '0.047244',
    FilterSustain: '1.000000',
    FilterRelease: '0.000000',
    FilterHold: '0.000000',
    FilterDecayType: 'True',
    FilterADEnvelope: 'True',
    VolumeHold: '0.000000',
    VolumeDecayType: 'True',
    VolumeADEnvelope: 'True',
    VolumeAttack: timeFigure(attackSec),
    VolumeDecay: '0.047244',
    VolumeSustain: '1.000000',
    VolumeRelease: timeFigure(releaseSec),
    VelocityToPitch: '0.000000',
    VelocityToVolumeAttack: '0.000000',
    VelocitySensitivity: velocityDepth.toFixed(6),
    VelocityToPan: '0.000000',
  });
}

/** Roots are stored one above their note, so that 0 is none. @param zone null: an empty layer */
function layer(zone: Keygroup | null, number: number): string {
  const cents = Math.round(zone?.tuneCents ?? 0) + 0;
  return xmlElement(
    'Layer',
    { number },
    texts({
      Active: 'True',
      Volume: '1.000000',
      Pan: '0.500000',
      Pitch: (cents / 100).toFixed(6),
      TuneCoarse: 0,
      TuneFine: cents,
      VelStart: 0,
      VelEnd: zone === null ? 0 : 127,
      SampleStart: 0,
      SampleEnd: 0,
      Loop: 'False',
      LoopStart: 0,
      LoopEnd: 0,
      LoopTune: 0,
      Mute: 'False',
      RootNote: zone === null ? 0 : zone.rootKey + 1,
      KeyTrack: 'False',
      SampleName: zone?.sample ?? '',
      SampleFile: '',
      SliceIndex: SLICE_OF_FILE,
      Direction: 0,
      Offset: 0,
      SliceStart: 0,
      SliceEnd: 0,
      SliceLoopStart: 0,
      SliceLoop: 0,
    }),
  );
}

function texts(values: Readonly<Record<string, string | number>>): string[] {
  return Object.entries(values).map(([name, value]) => xmlText(name, String(value)));
}

function named(is: boolean): string {
  return is ? 'True' : 'False';
}

function timeFigure(seconds: number): string {
  const figure = seconds <= SHORTEST_SEC ? 0 : log10(seconds / SHORTEST_SEC) / TIME_DECADES;
  return Math.min(1, figure).toFixed(6);
}
