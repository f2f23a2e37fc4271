// How surprising a share of failures is, given the usual share and the number of attempts behind it.

/**
 * Signed root of the binomial deviance, in standard deviations: positive when `share` exceeds `usualShare`.
 * Unlike (k − np)/√(npq) it keeps honest tails where few failures are expected, the classic trap of quiet nights.
 * Shares in 0…1 with 0 < usualShare < 1, attempts ≥ 0. McCullagh and Nelder, Generalized Linear Models, 2nd ed., section 4.4.
 */
export function binomialDeviance(share: number, usualShare: number, attempts: number): number {
  const failed = share > 0 ? share * Math.log(share / usualShare) : 0;
  const passed = share < 1 ? (1 - share) * Math.log((1 - share) / (1 - usualShare)) : 0;
  const root = Math.sqrt(2 * attempts * Math.max(0, failed + passed));
  return share < usualShare ? -root : root;
}
