// Turns strength (1 = just out of line) into the score of a finding.

/**
 * 0 for no deviation, 0.5 exactly at the alarm line, towards 1 beyond: 1 − 2^−strength.
 * `strength` is a deviation in units of what is allowed; negative counts as none.
 */
export function strengthScore(strength: number): number {
  return 1 - 2 ** -Math.max(0, strength);
}
