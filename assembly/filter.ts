import { Section, SectionState } from './section';
import { Doubles, Floats } from './types';

/**
 * Runs two second-order sections, one after the other, over pairs of samples, in place; see src/dsp/filter.ts.
 *
 * @param frames `count` pairs, @param backwards whether the last of them comes first
 * @param sections the first of the two, @param states of both; kept from call to call
 */
export function runTwoSections(
  frames: Doubles,
  count: i32,
  backwards: bool,
  sections: Section,
  states: SectionState,
): void {
  const second = changetype<Section>(changetype<usize>(sections) + offsetof<Section>());
  const b0 = f64x2.splat(sections.b0);
  const b1 = f64x2.splat(sections.b1);
  const b2 = f64x2.splat(sections.b2);
  const a1 = f64x2.splat(sections.a1);
  const a2 = f64x2.splat(sections.a2);
  const c0 = f64x2.splat(second.b0);
  const c1 = f64x2.splat(second.b1);
  const c2 = f64x2.splat(second.b2);
  const d1 = f64x2.splat(second.a1);
  const d2 = f64x2.splat(second.a2);
  const delays = changetype<usize>(states);
  let p1 = v128.load(delays, offsetof<SectionState>('firstLeft'));
  let p2 = v128.load(delays, offsetof<SectionState>('secondLeft'));
  let q1 = v128.load(delays, offsetof<SectionState>() + offsetof<SectionState>('firstLeft'));
  let q2 = v128.load(delays, offsetof<SectionState>() + offsetof<SectionState>('secondLeft'));
  let step: isize = 16;
  if (backwards) {
    frames += (<usize>(count - 1)) << 4;
    step = -16;
  }
  for (let n = 0; n < count; n++, frames += step) {
    const x = v128.load(frames);
    const y = f64x2.add(f64x2.mul(b0, x), p1);
    // Each output waits for the one before: what does not need it is added first.
    p1 = f64x2.sub(f64x2.add(f64x2.mul(b1, x), p2), f64x2.mul(a1, y));
    p2 = f64x2.sub(f64x2.mul(b2, x), f64x2.mul(a2, y));
    const z = f64x2.add(f64x2.mul(c0, y), q1);
    q1 = f64x2.sub(f64x2.add(f64x2.mul(c1, y), q2), f64x2.mul(d1, z));
    q2 = f64x2.sub(f64x2.mul(c2, y), f64x2.mul(d2, z));
    v128.store(frames, z);
  }
  v128.store(delays, p1, offsetof<SectionState>('firstLeft'));
  v128.store(delays, p2, offsetof<SectionState>('secondLeft'));
  v128.store(delays, q1, offsetof<SectionState>() + offsetof<SectionState>('firstLeft'));
  v128.store(delays, q2, offsetof<SectionState>() + offsetof<SectionState>('secondLeft'));
}

/**
 * Runs a second-order section over pairs of samples, and another over other pairs, in place: each waits for its own last output
 * most of the time, so that two take hardly longer than one.
 *
 * @param frames, @param others `count` pairs each, @param backwards whether the last of them comes first
 * @param state, @param otherState kept from call to call
 */
export function runSectionsBeside(
  frames: Doubles,
  others: Doubles,
  count: i32,
  backwards: bool,
  section: Section,
  otherSection: Section,
  state: SectionState,
  otherState: SectionState,
): void {
  const b0 = f64x2.splat(section.b0);
  const b1 = f64x2.splat(section.b1);
  const b2 = f64x2.splat(section.b2);
  const a1 = f64x2.splat(section.a1);
  const a2 = f64x2.splat(section.a2);
  const c0 = f64x2.splat(otherSection.b0);
  const c1 = f64x2.splat(otherSection.b1);
  const c2 = f64x2.splat(otherSection.b2);
  const d1 = f64x2.splat(otherSection.a1);
  const d2 = f64x2.splat(otherSection.a2);
  const delays = changetype<usize>(state);
  const otherDelays = changetype<usize>(otherState);
  let p1 = v128.load(delays, offsetof<SectionState>('firstLeft'));
  let p2 = v128.load(delays, offsetof<SectionState>('secondLeft'));
  let q1 = v128.load(otherDelays, offsetof<SectionState>('firstLeft'));
  let q2 = v128.load(otherDelays, offsetof<SectionState>('secondLeft'));
  let step: isize = 16;
  if (backwards) {
    frames += (<usize>(count - 1)) << 4;
    others += (<usize>(count - 1)) << 4;
    step = -16;
  }
  for (let n = 0; n < count; n++, frames += step, others += step) {
    const x = v128.load(frames);
    const v = v128.load(others);
    const y = f64x2.add(f64x2.mul(b0, x), p1);
    const w = f64x2.add(f64x2.mul(c0, v), q1);
    p1 = f64x2.sub(f64x2.add(f64x2.mul(b1, x), p2), f64x2.mul(a1, y));
    p2 = f64x2.sub(f64x2.mul(b2, x), f64x2.mul(a2, y));
    q1 = f64x2.sub(f64x2.add(f64x2.mul(c1, v), q2), f64x2.mul(d1, w));
    q2 = f64x2.sub(f64x2.mul(c2, v), f64x2.mul(d2, w));
    v128.store(frames, y);
    v128.store(others, w);
  }
  v128.store(delays, p1, offsetof<SectionState>('firstLeft'));
  v128.store(delays, p2, offsetof<SectionState>('secondLeft'));
  v128.store(otherDelays, q1, offsetof<SectionState>('firstLeft'));
  v128.store(otherDelays, q2, offsetof<SectionState>('secondLeft'));
}

/** Two channels side by side: pairs of f64. In fours, so all have room for three samples more than are counted. */
export function pairSamples(left: Floats, right: Floats, pairs: Doubles, count: i32): void {
  for (let n = 0; n < count; n += 4, left += 16, right += 16, pairs += 64) {
    const l = v128.load(left);
    const r = v128.load(right);
    v128.store(pairs, f64x2.promote_low_f32x4(v128.shuffle<f32>(l, r, 0, 4, 0, 4)));
    v128.store(pairs, f64x2.promote_low_f32x4(v128.shuffle<f32>(l, r, 1, 5, 1, 5)), 16);
    v128.store(pairs, f64x2.promote_low_f32x4(v128.shuffle<f32>(l, r, 2, 6, 2, 6)), 32);
    v128.store(pairs, f64x2.promote_low_f32x4(v128.shuffle<f32>(l, r, 3, 7, 3, 7)), 48);
  }
}

/** The same back again. */
export function splitPairs(pairs: Doubles, left: Floats, right: Floats, count: i32): void {
  for (let n = 0; n < count; n += 4, left += 16, right += 16, pairs += 64) {
    const a = f32x4.demote_f64x2_zero(v128.load(pairs));
    const b = f32x4.demote_f64x2_zero(v128.load(pairs, 16));
    const c = f32x4.demote_f64x2_zero(v128.load(pairs, 32));
    const d = f32x4.demote_f64x2_zero(v128.load(pairs, 48));
    const low = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
    const high = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
    v128.store(left, v128.shuffle<f32>(low, high, 0, 1, 4, 5));
    v128.store(right, v128.shuffle<f32>(low, high, 2, 3, 6, 7));
  }
}
