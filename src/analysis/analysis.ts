import type { KeyEstimate } from './key.ts';
import type { RootEstimate } from './root.ts';
import type { StereoFault } from './sides.ts';
import type { TempoEstimate } from './tempo.ts';

/**
 * What the engine found in one source, in one pass. Everything later reads these tracks.
 *
 * Time is cut into cells of `hop` samples (about 12 ms). Cell i covers samples [i·hop, (i+1)·hop);
 * its spectral figures come from a window of 4·hop samples centred on the cell, power summed over
 * channels, so that nothing is lost where left and right cancel. The last cell may be short.
 */
export interface Analysis {
  readonly sampleRate: number;
  readonly channelCount: number;
  /** Length of the source in frames. */
  readonly frameCount: number;
  /** Mean of each channel over the whole source. Levels below are about the offset at their own time. */
  readonly dc: readonly number[];
  /** What is wrong with its two channels as a whole; null where nothing is, or where they are not two. */
  readonly stereoFault: StereoFault | null;

  /** Samples a cell. */
  readonly hop: number;
  readonly cellCount: number;
  /** Mean square, averaged over channels. */
  readonly power: Float32Array;
  /** Largest absolute sample of any channel. */
  readonly peak: Float32Array;
  /** How far the offset, followed over half a second, lies from the source's mean; mean of the channels. */
  readonly drift: Float32Array;
  /**
   * Mean of the cell about that offset, which reading takes away; mean of the channels. Within a cell the swing
   * of a low tone counts too; over a stretch it is what remains of DC.
   */
  readonly remainingDc: Float32Array;
  /**
   * Samples that clip, as they were before any change of rate: two or more neighbours at full scale, or a flat top above it,
   * where floats may go. What is merely louder than full scale is no clipping.
   */
  readonly clipped: Uint16Array;
  /** What the source's own samples reach at most, where that is above full scale; else 1. */
  readonly ceiling: number;
  /** What the source's own samples were multiplied by before all else was measured; 1 where they were not. */
  readonly gain: number;
  /**
   * SuperFlux onset strength (Böck & Widmer, DAFx-13): log-magnitude flux with a maximum filter, as the mean
   * rise over all bands in dB. A firm hit has 5 to 30, noise 0.4, a held tone under 0.1.
   */
  readonly onsetStrength: Float32Array;
  /** Spectral flatness of the power spectrum, 0 (tone) to 1 (noise; white noise measures 0.56); 0 in silence. */
  readonly flatness: Float32Array;
  /** Spectral centroid of the magnitude spectrum, Hz; 0 in silence. */
  readonly centroid: Float32Array;
  /** Cells in which an onset begins, ascending. */
  readonly onsets: Int32Array;

  /** Timbre at texture scale: 40 mel bands of blocks of four cells, dB re a full-scale sine, at least -120. */
  readonly timbre: Track;
  /** Pitch classes C, C♯ … B, tuning-corrected, each row of unit sum (all zero where silent). */
  readonly chroma: Track;

  /** Deviation of the source's tuning from A = 440 Hz, cents, -50 to 50. */
  readonly tuningCents: number;
  readonly key: KeyEstimate | null;
  readonly tempo: TempoEstimate | null;
  readonly root: RootEstimate | null;
}

/** What may be stated of a source in place of what its analysis found. */
type Stated = Partial<Pick<Analysis, 'key' | 'tempo' | 'gain' | 'ceiling'>>;

/**
 * An analysis made of what was found, in one literal. Spread together, each would have a shape of its own that dies with it,
 * and V8 would compile whatever reads tracks anew for the next source.
 */
export function analysisOf(
  found: Analysis,
  { key = found.key, tempo = found.tempo, gain = found.gain, ceiling = found.ceiling }: Stated = {},
): Analysis {
  return {
    sampleRate: found.sampleRate,
    channelCount: found.channelCount,
    frameCount: found.frameCount,
    dc: found.dc,
    stereoFault: found.stereoFault,
    hop: found.hop,
    cellCount: found.cellCount,
    power: found.power,
    peak: found.peak,
    drift: found.drift,
    remainingDc: found.remainingDc,
    clipped: found.clipped,
    ceiling,
    gain,
    onsetStrength: found.onsetStrength,
    flatness: found.flatness,
    centroid: found.centroid,
    onsets: found.onsets,
    timbre: found.timbre,
    chroma: found.chroma,
    tuningCents: found.tuningCents,
    key,
    tempo,
    root: found.root,
  };
}

/** A matrix over time: row r describes samples [r·hop, (r+1)·hop). */
export interface Track {
  readonly hop: number;
  readonly rows: number;
  readonly columns: number;
  /** rows × columns, row after row. */
  readonly values: Float32Array;
}
