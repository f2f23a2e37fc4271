// How long a battery still lasts, by the fall of its voltage.

/** A rectifier lets its battery go at 1.8 V a cell of lead acid, 24 cells. *Default.* */
const EMPTY_V = 43.2;
/** Slower falls tell no time. */
const LEAST_FALL_V_PER_MINUTE = 0.002;

/**
 * Minutes until the voltage is at the cut-off, by the fall since mains was lost; undefined while it does not fall clearly.
 * The fall grows steeper towards the end, so this is rather too long than too short.
 *
 * @param past voltage in V over time (epoch milliseconds), oldest first, since mains was lost
 */
export function minutesLeft(past: readonly { at: number; volts: number }[]): number | undefined {
  const [first, last] = [past[0], past.at(-1)];
  if (!first || !last || last.at <= first.at) return undefined;
  const fall = (first.volts - last.volts) / ((last.at - first.at) / 60_000);
  return fall < LEAST_FALL_V_PER_MINUTE ? undefined : Math.max(0, (last.volts - EMPTY_V) / fall);
}
