/** Drones: a long ring that never settles, phase-randomised from the most stable moment of a source. */

import { likelyRoot } from '../../analysis/tonality.ts';
import { semitonesToKey } from '../../analysis/transposition.ts';
import { randomisePhases } from '../../dsp/randomise-phases.ts';
import { stretchRange } from '../../dsp/stretch.ts';
import { stableMoment } from '../shared/stable-moment.ts';
import type { TonalSettings } from '../shared/tonal-settings.ts';
import type { Made, Maker } from '../texture.ts';

/**
 * Source that a drone wanders through and back: a quarter of its own length, so that a long one goes on changing,
 * between limits in seconds: enough to change, short enough to stay still.
 */
const MATERIAL_SHARE = 0.25;
const LEAST_MATERIAL_SEC = 4;
const MOST_MATERIAL_SEC = 16;

/** One ring of `drone_duration_sec`, or none where that is 0. */
export const makeDrones: Maker<TonalSettings, never> = async function* (
  material,
  settings,
  randomFor,
): AsyncIterable<Made<never>> {
  const { reader, analysis } = material;
  const { sampleRate } = reader;
  const length = Math.round(settings.drones.drone_duration_sec * sampleRate);
  if (length === 0) return;
  const wanted = MATERIAL_SHARE * settings.drones.drone_duration_sec;
  const seconds = Math.min(MOST_MATERIAL_SEC, Math.max(LEAST_MATERIAL_SEC, wanted));
  const moment = stableMoment(analysis, settings.pre_analysis, Math.round(seconds * sampleRate));
  const semitones = semitonesToKey(analysis.key, settings.musicality.target_key);
  const source =
    semitones === 0
      ? await reader.read(moment.start, moment.length)
      : await stretchRange(reader, moment.start, moment.length, { factor: 1, semitones });
  const root = likelyRoot(source);
  yield {
    family: 'drone',
    naming: 'drone',
    index: 1,
    variant: '',
    sound: randomisePhases(source, length, randomFor('drone', 1)),
    loop: { kind: 'ring' },
    origin: {
      startSec: moment.start / sampleRate,
      endSec: (moment.start + moment.length) / sampleRate,
    },
    stability: moment.stability,
    // The moment's as it is in its source.
    momentRoot: root && { ...root, note: root.note - semitones },
    transposition: semitones,
    targetPeakDb: settings.global.target_peak_dbfs,
  };
};
