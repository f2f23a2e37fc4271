// Rounding that is right on average: without it a slow average in whole numbers never takes small steps.

/**
 * A number in 0…1 that looks random but depends only on its two arguments, so that the same data give the same memory.
 * `Math.floor(x + dither(a, b))` has the mean x. Multipliers are the odd constants of Knuth (2^32/φ) and of MurmurHash3.
 */
export function dither(a: number, b: number): number {
  let mixed = Math.imul(a | 0, 0x9e3779b1) ^ Math.imul(b | 0, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 13)) >>> 0) / 4_294_967_296;
}
