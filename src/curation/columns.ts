import { amplitudeToDb } from '../dsp/levels.ts';
import { frameCount } from '../dsp/sound.ts';
import type { FinishedTexture } from './finish.ts';
import { keyName, noteName } from './note-names.ts';

/** A loop whose end meets its start exactly: -120 dB. */
const LEAST_LOOP_ERROR_DB = -120;

/**
 * The manifest's figures of a finished texture, by column name; null is unknown. Where the file and its source
 * lie, depth, seed and version are for the writer to add.
 *
 * Two columns carry on the Python program's with a clearer meaning: `loop_error_db` is the jump at the wrap
 * against the peak around it (there it was the difference of two unrelated stretches), and `est_freq_hz` the
 * strongest partial.
 *
 * @param gradeReasons those of the texture, in words
 */
export function textureColumns(finished: FinishedTexture, gradeReasons: string) {
  const { family, variant, sound, loop, origin, figures, root, key, tempo } = finished;
  const { seam, course, pulse } = figures;
  return {
    type: family,
    duration_sec: figures.durationSec,
    rms_db: figures.rmsDb,
    peak: figures.peak,
    crest_factor: figures.crestFactor,
    centroid_hz: figures.centroidHz,
    est_freq_hz: figures.estimatedHz,
    loop_error_db: seam && Math.max(LEAST_LOOP_ERROR_DB, amplitudeToDb(seam.stepOfPeak)),
    brightness: finished.brightness,
    detected_key: key && keyName(key),
    detected_bpm: tempo?.bpm,
    grade: finished.grade,
    source_start_sec: origin.startSec,
    source_end_sec: origin.endSec,
    part: finished.part,
    channels: sound.channels.length,
    sample_rate: sound.sampleRate,
    lufs: figures.lufs,
    true_peak_dbtp: figures.truePeakDb,
    dc_offset: figures.dcOffset,
    loop_start: loop && 0,
    loop_end: loop && frameCount(sound) - 1,
    seam_step: seam?.step,
    seam_level_db: seam?.levelDb,
    seam_flux: seam?.flux,
    landmark_times: course?.landmark.times,
    landmark_db: course?.landmark.db,
    swell_db: course?.swellDb,
    pulse_hz: pulse?.hz,
    pulse_error_ms: pulse?.errorMs,
    root_note: root && noteName(root.note),
    root_cents: root?.cents,
    root_confidence: root?.confidence,
    key_confidence: key?.confidence,
    bpm_confidence: tempo?.confidence,
    stability: finished.stability,
    source_distance: figures.sourceDistance,
    grade_reasons: gradeReasons,
    variant,
    kind: finished.kind?.kind,
    kind_confidence: finished.kind?.confidence,
  };
}
