// Reads the timestamp of a line of line protocol to epoch milliseconds.

import { type LinePrecision, PRECISION_MS } from '../model/line-protocol.ts';

const OLDEST_AT = Date.UTC(2000, 0, 1);
/**
 * Where nobody told the precision, the size of a number tells it, by the bounds of InfluxDB 3's `auto`. Any time in
 * nanoseconds (the default of InfluxDB 1.x and 2.x) that may be taken at all lies above the last of them.
 */
const BOUNDS = [
  { below: 5e9, precision: 's' },
  { below: 5e12, precision: 'ms' },
  { below: 5e15, precision: 'us' },
] as const;

/** Epoch milliseconds, or why the text is no time that may be taken. Parts of a millisecond are cut off. */
export function lineTime(text: string, told: LinePrecision | undefined): number | { detail: string; ancient: boolean } {
  if (!/^[+-]?\d{1,30}$/.test(text)) {
    return { detail: `the time is "${text.slice(0, 40)}": write whole numbers since 1970`, ancient: false };
  }
  const precision = told ?? BOUNDS.find(({ below }) => Math.abs(Number(text)) < below)?.precision ?? 'ns';
  const unit = PRECISION_MS[precision];
  // More digits than a double holds: those below the millisecond are cut from the text.
  const at = unit < 1 ? Number(text.slice(0, unit === 1e-6 ? -6 : -3)) || 0 : Number(text) * unit;
  if (at >= OLDEST_AT) return at;
  const detail = `the time ${text} in ${precision} lies before 2000: check the sender's clock and the precision that the door is told`;
  return { detail, ancient: true };
}
