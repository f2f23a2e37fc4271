// Which weeks are held back from a training: the newest ones, which neither the new model nor the one in force has seen.

/** Fewer prove nothing, of either kind. *Default.* */
export const LEAST = { learned: 8, held: 8 };
/** Of all cases at least this part is held back. */
const HELD_SHARE = 0.25;
const WEEK_MS = 7 * 24 * 3_600_000;

export interface Split<T> {
  learned: T[];
  held: T[];
  /** Data time, epoch milliseconds: what ended later is held back. */
  heldFrom: number;
}

/**
 * As many whole weeks as hold enough cases, but none that the model in force has learned from.
 * @param now data time of the training, epoch milliseconds
 * @param learnedTo what ended up to then the model in force has seen
 */
export function heldBack<T extends { endedAt: number }>(
  examples: readonly T[],
  now: number,
  learnedTo: number,
): Split<T> {
  const wanted = Math.max(LEAST.held, HELD_SHARE * examples.length);
  const oldest = examples.reduce((least, { endedAt }) => Math.min(least, endedAt), now);
  let heldFrom = now;
  const isHeld = ({ endedAt }: T) => endedAt > heldFrom;
  while (heldFrom > Math.max(oldest, learnedTo) && examples.filter(isHeld).length < wanted) heldFrom -= WEEK_MS;
  heldFrom = Math.max(heldFrom, learnedTo);
  return { learned: examples.filter((one) => !isHeld(one)), held: examples.filter(isHeld), heldFrom };
}
