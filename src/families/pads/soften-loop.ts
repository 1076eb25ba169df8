/** Takes the edge off an event by which a pad loop tells how long it is. */
import { COMFORTABLE_COURSE } from '../../loops/course.ts';
import { landmarkSeverity } from '../../loops/landmark.ts';
import { SOFTENINGS, softenEach } from '../shared/softenings.ts';
import { type Closed, closedInaudibly, pulsesOf } from './closed-loop.ts';

/**
 * The loop with what stands out of it softened: a moment that was chosen by hand has no other to stand in for it. A loop in which nothing does,
 * or which holds a steady pulse, whose beats are meant, is returned as it is; each softening is kept only where the seam is then not heard.
 */
export function softened(closed: Closed): Closed {
  if (pulsesOf(closed) > 0) return closed;
  let best = closed;
  for (const softening of SOFTENINGS) {
    if (!hasLandmark(best)) break;
    const again = closedInaudibly({ ...best, sound: softenEach(best.sound, softening) });
    if (!again) break;
    best = again;
  }
  return best;
}

/** Whether an event stands out by more than a good loop keeps to. */
function hasLandmark({ loop }: Closed): boolean {
  const { landmark } = COMFORTABLE_COURSE;
  return loop.kind === 'splice' && landmarkSeverity(loop.course.landmark, landmark) > 1;
}
