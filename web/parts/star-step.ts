// The seven steps of the one hue that stands for stars in a matrix.

/** Least stars of each step but the last, best first. */
export const STEP_LIMITS = [4, 3.8, 3.6, 3.4, 3.2, 3.0] as const;
export const STEPS = STEP_LIMITS.length + 1;
/** From this step on the ground is so strong that the text on it changes over. */
export const FIRST_STRONG_STEP = 4;

/** 0 for four stars and more … 6 for less than three, by the one decimal that is shown. */
export function starStep(stars: number): number {
  const shown = Math.round(stars * 10) / 10;
  const at = STEP_LIMITS.findIndex((least) => shown >= least);
  return at < 0 ? STEPS - 1 : at;
}

/** The same hue for a score of 0…100: 0 for what is as promised … 6 for nothing delivered. */
export function scoreStep(score: number): number {
  return Math.min(STEPS - 1, Math.max(0, Math.floor(((100 - score) / 100) * STEPS)));
}
