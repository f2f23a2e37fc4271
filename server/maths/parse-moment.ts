// Reads a moment of a query: ISO 8601, epoch milliseconds, or relative to now (`now-24h`, `now-7d`).

import { parseTime, type ZoneOffset } from './parse-time.ts';

const UNITS_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** Epoch milliseconds, or undefined when the text is no moment. `now` is the newest data time. */
export function parseMoment(text: string, now: number, zoneOffsetMinutes: ZoneOffset = 0): number | undefined {
  const relative = /^now(?:([+-])(\d{1,6})([smhdw]))?$/.exec(text.trim());
  if (!relative) return parseTime(text, zoneOffsetMinutes);
  const [, sign, amount, unit] = relative;
  const shift = amount ? Number(amount) * (UNITS_MS[unit ?? ''] ?? 0) : 0;
  return sign === '-' ? now - shift : now + shift;
}
