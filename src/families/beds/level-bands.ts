/**
 * A woven bed whose bands are as loud at every moment as they are in what is played there. Stretches that share partials beat where
 * they are blended, and a note with vibrato trembles in all-passes: none of that is in the source.
 */
import { audibleBands, BANDS, levelFrames, levellingGains } from '../../dsp/band-gains.ts';
import { cos, pow } from '../../dsp/maths.ts';
import { smoothRing } from '../../dsp/riding.ts';
import { frameCount, type Sound } from '../../dsp/sound.ts';

/** What sounds of a stretch, frames. */
export interface Sounding {
  /** Where it begins in the source and on the ring. */
  readonly start: number;
  readonly place: number;
  /** Until the next one begins. */
  readonly step: number;
  /** It comes in over the one, and goes out over the other. */
  readonly overlap: number;
  readonly fadeOut: number;
  /** In amplitude. */
  readonly gain: number;
}

/**
 * Over this time the level of a band is measured, s. Of a flute with vibrato the bed is 1.2 times as far from its source as that is from
 * itself with 0.05, 1.5 with 0.1, 1.7 with 0.2, and was 1.9 to 2 (two seeds).
 */
const LEVELLED_SEC = 0.05;
/** Largest correction, up or down: 12 dB. */
const MOST_GAIN = 4;
/**
 * A blend goes over from the level of one side to that of the other the faster the more this is, 2 being how it goes by itself. Between
 * two levels that move by themselves there is one that moves less: a hum was 1.51 times as far from itself with 2, 1.45 with 4.
 */
const STEEPNESS = 4;

/**
 * Brings every band of a ring to the level of what is played there, one gain for all channels, so that the image stays. In place.
 * @param sounding all stretches; nowhere more than two of them sound
 * @param source as they were read, all of it, without the phases that they were given
 */
export function levelBands(ring: Sound, sounding: readonly Sounding[], source: Sound): void {
  const frames = levelFrames(frameCount(ring), ring.sampleRate);
  const powers = frames.powersOf(ring.channels);
  const wanted = wantedPowers(sounding, source, frames.count / frameCount(ring), frames.count);
  const isAudible = audibleBands(powers);
  const width = (LEVELLED_SEC * ring.sampleRate * frames.count) / frameCount(ring);
  const gains = powers.map((power, band) =>
    isAudible[band]
      ? levellingGains(smoothRing(power, width), smoothRing(wanted[band], width), MOST_GAIN)
      : new Float32Array(frames.count).fill(1),
  );
  frames.applyTo(ring.channels, gains);
}

/** Power of each band in each frame of the ring. @param rate frames of it a sample @param count of them */
function wantedPowers(
  sounding: readonly Sounding[],
  source: Sound,
  rate: number,
  count: number,
): readonly Float32Array[] {
  const theirs = levelFrames(frameCount(source), source.sampleRate);
  const played = theirs.powersOf(source.channels);
  const wanted = played.map(() => new Float32Array(count));
  for (const { start, place, step, overlap, fadeOut, gain } of sounding) {
    const length = step + fadeOut;
    const end = Math.ceil((place + length) * rate);
    for (let i = Math.ceil(place * rate); i < end; i++) {
      const at = i / rate - place;
      const weight = gain * gain * shareAt(at / overlap) * shareAt((length - at) / fadeOut);
      const row = Math.round(((start + at) * theirs.count) / frameCount(source));
      for (let band = 0; band < BANDS; band++) {
        wanted[band][i % count] += weight * played[band][Math.min(theirs.count - 1, row)];
      }
    }
  }
  return wanted;
}

/** What the side that comes in has of the level, 0 to 1. @param place in the blend, 0 to 1 and beyond */
function shareAt(place: number): number {
  const rising = 0.5 - 0.5 * cos(Math.PI * Math.max(0, Math.min(1, place)));
  const [own, other] = [pow(rising, STEEPNESS), pow(1 - rising, STEEPNESS)];
  return own / (own + other);
}
