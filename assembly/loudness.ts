import { sumOfPair } from './lanes';
import { Section, SectionState } from './section';
import { Floats } from './types';

/**
 * Runs two second-order sections over one or two channels at once.
 *
 * @param sections the first of the two, @param states of both; kept from call to call
 * @returns the energy of what comes out, of both channels
 */
export function energyOfTwoSections(
  left: Floats,
  right: Floats,
  count: i32,
  sections: Section,
  states: SectionState,
): f64 {
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
  let energy = f64x2.splat(0);
  for (let n = 0; n < count; n++, left += 4, right += 4) {
    const x = f64x2.promote_low_f32x4(v128.load32_lane(right, v128.load32_zero(left), 1));
    const y = f64x2.add(f64x2.mul(b0, x), p1);
    // Each output waits for the one before: what does not need it is added first.
    p1 = f64x2.sub(f64x2.add(f64x2.mul(b1, x), p2), f64x2.mul(a1, y));
    p2 = f64x2.sub(f64x2.mul(b2, x), f64x2.mul(a2, y));
    const z = f64x2.add(f64x2.mul(c0, y), q1);
    q1 = f64x2.sub(f64x2.add(f64x2.mul(c1, y), q2), f64x2.mul(d1, z));
    q2 = f64x2.sub(f64x2.mul(c2, y), f64x2.mul(d2, z));
    energy = f64x2.add(energy, f64x2.mul(z, z));
  }
  v128.store(delays, p1, offsetof<SectionState>('firstLeft'));
  v128.store(delays, p2, offsetof<SectionState>('secondLeft'));
  v128.store(delays, q1, offsetof<SectionState>() + offsetof<SectionState>('firstLeft'));
  v128.store(delays, q2, offsetof<SectionState>() + offsetof<SectionState>('secondLeft'));
  return sumOfPair(energy);
}
