// How long a mute lasts, as the form offers it: from the newest data time on, or a window in local time.

import type { MuteAsk } from '../../server/api/contract.ts';

export const SPANS = ['hour', 'fourHours', 'tomorrow', 'window'] as const;
export type Span = (typeof SPANS)[number];

const HOUR_MS = 3_600_000;

/** `2026-03-18T06:00` as the zone's clocks show a moment: how forms write times, and the server reads those without an offset. */
export function localStamp(at: number, zone: string): string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  return format.format(at).replace(' ', 'T');
}

/** `from` and `to` are used for a window. */
export function timesOf(
  span: Span,
  { now, zone, from, to }: { now: number; zone: string; from: string; to: string },
): Pick<MuteAsk, 'from' | 'to'> {
  if (span === 'window') return { from, to };
  const start = new Date(now).toISOString();
  if (span === 'tomorrow') return { from: start, to: `${localStamp(now + 24 * HOUR_MS, zone).slice(0, 10)}T06:00` };
  return { from: start, to: new Date(now + (span === 'hour' ? 1 : 4) * HOUR_MS).toISOString() };
}
