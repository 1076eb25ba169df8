/** The strongest event of a ring against its own median change. */
import type { Sound } from '../../dsp/sound.ts';
import { levelDistance } from '../../loops/frame-distance.ts';
import { BAND_COUNT, logMelFrames } from '../../loops/log-mel.ts';

export interface Landmark {
  /** Largest change of the spectrum within some 20 ms, dB a band. */
  readonly changeDb: number;
  /** The same over the median change. */
  readonly ratio: number;
}

/** Time over which a change is taken, s. */
const CHANGE_SEC = 0.02;
/** From both of these on, an event is heard to come round again. */
const LIMITS: Landmark = { changeDb: 3, ratio: 3 };

/** Each channel by itself; the worst of them. */
export function landmarkOf({ channels, sampleRate }: Sound): Landmark {
  return channels
    .map((channel) => channelLandmark(channel, sampleRate))
    .reduce((worst, one) => (severity(one) > severity(worst) ? one : worst));
}

/** 1 and more where there is a landmark. */
export function severity({ changeDb, ratio }: Landmark): number {
  return Math.min(changeDb / LIMITS.changeDb, ratio / LIMITS.ratio);
}

function channelLandmark(channel: Float32Array, sampleRate: number): Landmark {
  const { levels, count, hop } = logMelFrames([channel], sampleRate, { circular: true });
  const lag = Math.max(1, Math.round((CHANGE_SEC * sampleRate) / hop));
  const frame = (i: number) => levels.subarray((i % count) * BAND_COUNT, ((i % count) + 1) * BAND_COUNT);
  const changes = Float64Array.from({ length: count }, (_, i) => levelDistance(frame(i + lag), frame(i)));
  changes.sort();
  const changeDb = changes[count - 1];
  return { changeDb, ratio: changeDb / Math.max(changes[count >> 1], 1e-3) };
}
