/** The four numbers of a vector, added up. */
export function sumOf(four: v128): f32 {
  return (
    f32x4.extract_lane(four, 0) +
    f32x4.extract_lane(four, 1) +
    (f32x4.extract_lane(four, 2) + f32x4.extract_lane(four, 3))
  );
}

/** Both numbers of a pair of doubles, added up. */
export function sumOfPair(two: v128): f64 {
  return f64x2.extract_lane(two, 0) + f64x2.extract_lane(two, 1);
}

/** The greatest of the four numbers of a vector; one that is no number may be passed over. */
export function greatestOf(four: v128): f32 {
  const two = f32x4.pmax(four, v128.shuffle<f32>(four, four, 2, 3, 0, 1));
  return f32x4.extract_lane(f32x4.pmax(two, v128.shuffle<f32>(two, two, 1, 0, 3, 2)), 0);
}

/** The first two numbers of a vector as doubles. */
export function lowerHalf(four: v128): v128 {
  return f64x2.promote_low_f32x4(four);
}

/** The last two numbers of a vector as doubles. */
export function upperHalf(four: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<f32>(four, four, 2, 3, 0, 1));
}

/** Stores two pairs of doubles as four f32. */
export function storeHalves(at: usize, low: v128, high: v128): void {
  v128.store(at, v128.shuffle<f32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5));
}
