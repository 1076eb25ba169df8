/**
 * The functions whose last bits differ between JavaScript engines, as AssemblyScript compiles them: musl's, which are
 * FreeBSD's (sin, cos, tan, atan, atan2, log10) and Arm's optimized routines (exp, log, log2, pow). WebAssembly has the same
 * additions, products, quotients and roots everywhere, so these give the same bits everywhere.
 */
export function atan(x: f64): f64 {
  return Math.atan(x);
}

export function atan2(y: f64, x: f64): f64 {
  return Math.atan2(y, x);
}

export function cos(x: f64): f64 {
  return Math.cos(x);
}

export function exp(x: f64): f64 {
  return Math.exp(x);
}

export function log(x: f64): f64 {
  return Math.log(x);
}

export function log10(x: f64): f64 {
  return Math.log10(x);
}

export function log2(x: f64): f64 {
  return Math.log2(x);
}

export function pow(x: f64, y: f64): f64 {
  return x ** y;
}

export function sin(x: f64): f64 {
  return Math.sin(x);
}

export function tan(x: f64): f64 {
  return Math.tan(x);
}
