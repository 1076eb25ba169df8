/** A second-order section: y = b0·x + b1·x₋₁ + b2·x₋₂ - a1·y₋₁ - a2·y₋₂. */
@unmanaged
export class Section {
  b0: f64;
  b1: f64;
  b2: f64;
  a1: f64;
  a2: f64;
}

/** What a section's two delays hold, of two channels side by side (transposed direct form II). */
@unmanaged
export class SectionState {
  firstLeft: f64;
  firstRight: f64;
  secondLeft: f64;
  secondRight: f64;
}
