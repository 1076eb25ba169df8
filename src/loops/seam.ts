/**
 * How audible the seam of a whole-file loop is, measured on the loop alone, as any listener meets it:
 * played round and round. Each channel is measured by itself and the worst counts.
 *
 * - `step`: the jump from the last sample to the first, over the median step between neighbours.
 * - `stepOfPeak`: the same jump over the peak within 30 ms of the seam.
 * - `levelDb`: RMS over 30 ms at the wrap and at the middle of the crossfade, and RMS of the whole
 *   crossfade, each against the body (everything else); the one furthest from 0 dB, with its sign.
 *   At the middle both sides of a fade weigh the same, so there cancellation and doubling are largest.
 * - `flux`: the largest log-mel flux across the wrap, wherever the frames happen to lie, over the 95th percentile
 *   of the body's own; or, where that is more, the crossfade's 95th percentile over the body's, or its largest
 *   over the body's largest.
 */
import { dbToAmplitude } from '../dsp/levels.ts';
import { log10 } from '../dsp/maths.ts';
import { sortMagnitudes } from '../dsp/sort.ts';
import type { Sound } from '../dsp/sound.ts';
import type { Crossfade } from './crossfade.ts';
import { type EnergyTrack, energyTrack, meanSquare, sumsAround } from './energy.ts';
import { frameFluxes, levelDistance } from './frame-distance.ts';
import { type LogMelFrames, logMelFrames } from './log-mel.ts';

export interface Seam {
  readonly step: number;
  readonly stepOfPeak: number;
  readonly levelDb: number;
  readonly flux: number;
}

/** What a loop must keep to so that nobody hears it close. */
export const SEAM_LIMITS: Seam = { step: 4, stepOfPeak: 0.02, levelDb: 1.5, flux: 1.1 };

/** Why a seam is heard, by the figures of {@link Seam}. */
export type SeamFault =
  | { readonly code: 'seam-jumps'; readonly medianSteps: number }
  | { readonly code: 'seam-jumps-of-peak'; readonly shareOfPeak: number }
  | { readonly code: 'seam-level-off'; readonly levelDb: number }
  | { readonly code: 'seam-flux-high'; readonly flux: number };

const LEVEL_WINDOW_SEC = 0.03;
/** Steps below -90 dB of the peak are silence, not a slope to compare with. */
const STEP_FLOOR = dbToAmplitude(-90);
const MEDIAN_STEPS = 2000;
/** A change of a frame's bands by less than this, on average, is not heard: held tones have no flux, dB. */
const FLUX_FLOOR_DB = 0.25;
/** A level further down than this is reported as this: there is nothing there. */
const LOWEST_DB = -120;

/** The figures of a seam by place. */
interface SeamParts {
  /** Where the file ends and begins. */
  readonly wrap: Seam;
  /** The worse of that and of where two places were blended. */
  readonly whole: Seam;
}

/** No seam at all. */
const NOTHING: Seam = { step: 0, stepOfPeak: 0, levelDb: 0, flux: 0 };

/**
 * Seam figures of a loop.
 * @param sound the loop, whole
 * @param crossfade where in it two places were blended; null for a ring
 */
export function measureSeam(sound: Sound, crossfade: Crossfade | null): Seam {
  return seamMeter(sound, crossfade).at(0).whole;
}

/** Measures one loop as if its file began anywhere; what does not depend on that is measured once. */
export interface SeamMeter {
  /** Frames between those whose {@link fluxes} are known. */
  readonly hop: number;
  /** Of each channel, going round: the change from frame to frame, each in the place of the later one. */
  readonly fluxes: readonly Float32Array[];
  readonly energies: EnergyTrack;
  /** Median step between neighbouring samples of each channel. */
  readonly usualSteps: readonly number[];
  /** Mean square of each channel's body: all but the crossfade. */
  readonly body: readonly number[];
  /**
   * The seam as it would be if the file began with frame `start`; the crossfade stays where it is.
   * @param mostFlux above this the wrap's flux is Infinity, and what is left is not measured
   */
  at(start: number, mostFlux?: number): SeamParts;
  /** All of its wrap but the flux, which costs most of it and is left 0. */
  edgeAt(start: number): Seam;
}

/**
 * @param sound the loop, whole
 * @param crossfade where in it two places were blended; null for a ring
 */
export function seamMeter(sound: Sound, crossfade: Crossfade | null): SeamMeter {
  const energies = energyTrack(sound);
  const channels = sound.channels.map((channel, c) =>
    channelMeter(channel, sound.sampleRate, crossfade, energies.whole(c)),
  );
  return {
    hop: channels[0].hop,
    fluxes: channels.map(({ fluxes }) => fluxes),
    energies,
    usualSteps: channels.map(({ usualStep }) => usualStep),
    body: channels.map(({ body }) => body),
    edgeAt: (start) => worstOf(channels.map((channel) => channel.edgeAt(start))),
    at(start, mostFlux = Infinity) {
      const parts: ReturnType<(typeof channels)[number]['at']>[] = [];
      for (const channel of channels) {
        parts.push(channel.at(start, mostFlux));
        if (parts.at(-1)?.wrap.flux === Infinity) break;
      }
      const wrap = worstOf(parts.map((part) => part.wrap));
      return { wrap, whole: worstOf([wrap, ...parts.map((part) => part.fade)]) };
    },
  };
}

/** Of several seams, the worst of each figure. */
function worstOf(seams: readonly Seam[]): Seam {
  return {
    step: Math.max(...seams.map((seam) => seam.step)),
    stepOfPeak: Math.max(...seams.map((seam) => seam.stepOfPeak)),
    levelDb: seams.map((seam) => seam.levelDb).reduce(furthestFromZero),
    flux: Math.max(...seams.map((seam) => seam.flux)),
  };
}

/** The worst figure as a share of its limit: at most 1 where the loop passes. */
export function seamSeverity(seam: Seam, limits: Seam = SEAM_LIMITS): number {
  return Math.max(
    seam.step / limits.step,
    seam.stepOfPeak / limits.stepOfPeak,
    Math.abs(seam.levelDb) / limits.levelDb,
    seam.flux / limits.flux,
  );
}

/** How far a figure, without sign, is from what one is content with: 1 there, 2 where it is refused. */
export function uneaseOf(figure: number, content: number, refused: number): number {
  return figure <= content ? figure / content : 1 + (figure - content) / (refused - content);
}

/** The figure of which {@link uneaseOf} makes this. */
export function figureOf(unease: number, content: number, refused: number): number {
  return unease <= 1 ? unease * content : content + (unease - 1) * (refused - content);
}

/** What is wrong with a seam, in words; empty where it passes. */
export function seamFaults({ step, stepOfPeak, levelDb, flux }: Seam): SeamFault[] {
  const faults: SeamFault[] = [];
  if (step > SEAM_LIMITS.step) faults.push({ code: 'seam-jumps', medianSteps: step });
  else if (stepOfPeak > SEAM_LIMITS.stepOfPeak) {
    faults.push({ code: 'seam-jumps-of-peak', shareOfPeak: stepOfPeak });
  }
  if (Math.abs(levelDb) > SEAM_LIMITS.levelDb) faults.push({ code: 'seam-level-off', levelDb });
  if (flux > SEAM_LIMITS.flux) faults.push({ code: 'seam-flux-high', flux });
  return faults;
}

/** @param energy sum of squares of the channel */
function channelMeter(loop: Float32Array, sampleRate: number, crossfade: Crossfade | null, energy: number) {
  const window = Math.min(loop.length, levelWindow(sampleRate));
  const half = window >> 1;
  const frames = logMelFrames([loop], sampleRate, { circular: true });
  const fluxes = frameFluxes(frames);
  const usualStep = medianStep(loop);
  const blended = crossfade && crossfade.length > 0 ? crossfade : null;
  const parts = partFluxes(frames, fluxes, blended);
  const fading = blended ? meanSquare(loop, blended.start, blended.length) : 0;
  const rest = loop.length - (blended?.length ?? 0);
  const body =
    rest > 0 ? Math.max(0, energy - fading * (loop.length - rest)) / rest : energy / Math.max(1, loop.length);
  const fadeLevels = blended && [
    fading,
    meanSquare(loop, blended.start + (blended.length >> 1) - half, window),
  ];
  const edgeAt = (start: number): Seam => {
    const { peak } = sumsAround(loop, start - window, 2 * window);
    const jump = Math.abs(loop[start] - loop[(start + loop.length - 1) % loop.length]);
    return {
      step: jump / Math.max(usualStep, STEP_FLOOR * peak, Number.MIN_VALUE),
      stepOfPeak: peak > 0 ? jump / peak : 0,
      levelDb: levelAgainst(body, [meanSquare(loop, start - half, window)]),
      flux: 0,
    };
  };
  return {
    hop: frames.hop,
    fluxes,
    usualStep,
    body,
    edgeAt,
    at(start: number, mostFlux: number): { wrap: Seam; fade: Seam } {
      const flux = seamFlux(frames, parts, start, mostFlux);
      return {
        wrap: { ...edgeAt(start), flux: flux.wrap },
        fade: fadeLevels ? { ...NOTHING, levelDb: levelAgainst(body, fadeLevels), flux: flux.fade } : NOTHING,
      };
    },
  };
}

/** Frames of the window in which levels at a seam are taken: 30 ms. */
export function levelWindow(sampleRate: number): number {
  return Math.round(LEVEL_WINDOW_SEC * sampleRate);
}

/** The mean square furthest from the body's, dB against it; 0 where there is no body. */
export function levelAgainst(body: number, zones: readonly number[]): number {
  return zones.map((zone) => powerAgainst(body, zone)).reduce(furthestFromZero);
}

/** A mean square against the body's, dB; 0 where there is no body. */
export function powerAgainst(body: number, zone: number): number {
  return body === 0 ? 0 : Math.max(LOWEST_DB, 10 * log10(zone / body || Number.MIN_VALUE));
}

/** Fluxes of a loop's frames, parted into those within the crossfade and those of the body. */
interface PartFluxes {
  readonly all: Float32Array;
  /** Whether a frame lies within the crossfade. */
  isFading(frame: number): boolean;
  /** Sorted. */
  readonly body: Float32Array;
  readonly fade: Float32Array;
}

function partFluxes(
  { count, hop }: LogMelFrames,
  all: Float32Array,
  crossfade: Crossfade | null,
): PartFluxes {
  const isFading = (frame: number) => crossfade !== null && isInside(frame * hop, crossfade, count * hop);
  const [body, fade] = [new Float32Array(count), new Float32Array(count)];
  let [inBody, inFade] = [0, 0];
  for (let i = 0; i < count; i++) {
    if (isFading(i)) fade[inFade++] = all[i];
    else body[inBody++] = all[i];
  }
  return {
    all,
    isFading,
    body: sortMagnitudes(body.subarray(0, inBody)),
    fade: sortMagnitudes(fade.subarray(0, inFade)),
  };
}

/**
 * Flux at a wrap before frame `start` and usual flux within the crossfade, each against the body's usual one. Frames
 * that see the wrap count for neither part.
 * @param mostWrap above this the first is Infinity
 */
function seamFlux(
  frames: LogMelFrames,
  parts: PartFluxes,
  start: number,
  mostWrap: number,
): { wrap: number; fade: number } {
  const { count, hop, windowLength } = frames;
  const reach = Math.min(Math.ceil(windowLength / 2 / hop), (count - 1) >> 1);
  const seeing = framesAround(start / hop, reach, count);
  const seen = (isFading: boolean) =>
    Float32Array.from(seeing.filter((i) => parts.isFading(i) === isFading).map((i) => parts.all[i])).sort();
  const body = without(parts.body, seen(false));
  const usual = Math.max(usualFlux(body), FLUX_FLOOR_DB);
  return {
    wrap: fluxAtWrap(frames, start, reach, mostWrap * usual) / usual,
    fade: fadeFlux(body, without(parts.fade, seen(true))),
  };
}

/** Frames less than half a window from a place between them, going round. @param place in frames, 0 to count */
function framesAround(place: number, reach: number, count: number): number[] {
  const around: number[] = [];
  for (let i = Math.floor(place - reach) + 1; i <= place + reach; i++) around.push((i + count) % count);
  return around;
}

/** Sorted values without some of them. @param gone sorted */
function without(sorted: Float32Array, gone: Float32Array): Float32Array {
  const left = new Float32Array(sorted.length - gone.length);
  for (let i = 0, passed = 0; i < sorted.length; i++) {
    if (passed < gone.length && sorted[i] === gone[passed]) passed++;
    else left[i - passed] = sorted[i];
  }
  return left;
}

/**
 * The largest change from a frame to the next of which one at least touches the wrap. Where frames lie is chance, and
 * a change between two places half a hop on may be a quarter larger: it is looked at from every half hop.
 * @returns Infinity as soon as one is above `enough`
 */
function fluxAtWrap(
  { count, hop, frameAt }: LogMelFrames,
  start: number,
  reach: number,
  enough: number,
): number {
  const length = Math.round(count * hop);
  const halves = 2 * Math.min(reach + 1, (count - 1) >> 1);
  const frame = (k: number) => frameAt((Math.round(start + (k * hop) / 2) + length) % length);
  let most = 0;
  let [one, other] = [frame(-halves), frame(1 - halves)];
  for (let k = 2 - halves; k <= halves; k++) {
    const here = frame(k);
    most = Math.max(most, levelDistance(here, one));
    if (most > enough) return Infinity;
    [one, other] = [other, here];
  }
  return most;
}

/**
 * Flux of a crossfade's frames against the body's: the usual one and the largest, whichever is worse.
 * @param body sorted, as `fading` is
 */
export function fadeFlux(body: Float32Array, fading: Float32Array): number {
  const usual = fluxAgainst(usualFlux(body), usualFlux(fading));
  return Math.max(usual, fluxAgainst(body.at(-1) ?? 0, fading.at(-1) ?? 0));
}

/** A flux against one of the body's, both in dB a band. */
function fluxAgainst(bodyFlux: number, flux: number): number {
  return flux / Math.max(bodyFlux, FLUX_FLOOR_DB);
}

/** What flux usually stays under: the 95th percentile of sorted values; 0 of nothing. */
function usualFlux(sorted: Float32Array): number {
  return sorted[Math.floor(0.95 * (sorted.length - 1))] ?? 0;
}

function isInside(frame: number, { start, length }: Crossfade, loopLength: number): boolean {
  return (frame - start + loopLength) % loopLength < length;
}

function medianStep(loop: Float32Array): number {
  // Two thousand steps are plenty for a median; an odd stride keeps clear of even periods.
  const stride = 2 * Math.floor(loop.length / MEDIAN_STEPS / 2) + 1;
  const steps = new Float32Array(Math.max(0, Math.floor((loop.length - 1) / stride)));
  for (let i = 0; i < steps.length; i++) steps[i] = Math.abs(loop[i * stride + 1] - loop[i * stride]);
  sortMagnitudes(steps);
  return steps.length > 0 ? steps[steps.length >> 1] : 0;
}

/** Of two levels the one further from 0 dB. */
export function furthestFromZero(a: number, b: number): number {
  return Math.abs(a) >= Math.abs(b) ? a : b;
}
