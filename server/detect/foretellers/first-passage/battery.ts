// How much of a site's battery is used, by its voltage: a 48 V lead battery falls by a step, a slope and a knee.

/**
 * Voltage of 24 cells in series under load by the part of the charge that is used; radios are cut off at 1.8 V a cell.
 * Shape from the discharge curves that makers of valve-regulated lead batteries publish, levels fitted to training seeds.
 */
const CURVE: readonly (readonly [used: number, volts: number])[] = [
  [0, 50.8],
  [0.2, 50.3],
  [0.4, 49.8],
  [0.6, 49.1],
  [0.7, 48.5],
  [0.8, 47.5],
  [0.9, 45.9],
  [1, 43.2],
];

export const CUT_OFF_V = 43.2;

/** Volts for the whole charge as the first part of the curve falls: so what stands above it is told apart, too. */
const FIRST_FALL_V = (CURVE[0]![1] - CURVE[1]![1]) / CURVE[1]![0];

/** Up to 1; below 0 where the voltage is above that of a full one under load. Batteries of other nominal voltage are not judged: undefined. */
export function usedPart(volts: number): number | undefined {
  if (volts < 38 || volts > 60) return undefined;
  const next = CURVE.findIndex(([, level]) => volts >= level);
  if (next === 0) return (CURVE[0]![1] - volts) / FIRST_FALL_V;
  if (next < 0) return 1;
  const [[lowUsed, high], [highUsed, low]] = [CURVE[next - 1]!, CURVE[next]!];
  return lowUsed + ((high - volts) / (high - low)) * (highUsed - lowUsed);
}

/** Voltage when so much is used. */
export function voltsAt(used: number): number {
  const next = CURVE.findIndex(([part]) => used <= part);
  if (next === 0) return CURVE[0]![1] - used * FIRST_FALL_V;
  if (next < 0) return CUT_OFF_V;
  const [[lowUsed, high], [highUsed, low]] = [CURVE[next - 1]!, CURVE[next]!];
  return high - ((used - lowUsed) / (highUsed - lowUsed)) * (high - low);
}
