// What the charts of a cell span: up to now and a little beyond, up to its last reading where that is of another time, or up to where somebody went back.

import type { Series } from '../../../server/api/contract.ts';
import { findKpi } from '../../../server/model/catalogue.ts';

/** The usual range is shown this share of the span beyond now. */
const AHEAD = 0.1;

const DAY_MS = 86_400_000;
/** Longer spans are drawn by the day: their hours would be more than one a pixel, and every day a stroke up and down. */
const LONGEST_BY_HOURS_MS = 60 * DAY_MS;

export interface ChartSpan {
  /** Epoch milliseconds. */
  from: number;
  to: number;
  now: number;
  /** Where the newest of all ends: now, or the last reading. */
  newest: number;
  /** That is the last reading, of another time than `now`. */
  isPast: boolean;
}

/**
 * @param lastAt end of the cell's newest period; null before its first
 * @param until where somebody went back to; null: up to the newest
 */
export function chartSpan(now: number, lastAt: number | null, spanMs: number, until: number | null = null): ChartSpan {
  const ahead = spanMs * AHEAD;
  const isPast = lastAt !== null && (lastAt <= now - spanMs || lastAt > now + ahead);
  const newest = isPast ? lastAt : now;
  if (until !== null && until < newest) return { from: until - spanMs, to: until, now, newest, isPast };
  return { from: newest - spanMs, to: isPast ? newest : now + ahead, now, newest, isPast };
}

/** The charts show what was asked for: they follow a new range once its values are there. */
export function showsRange({ from, newest }: ChartSpan, until: number | null, spanMs: number): boolean {
  return from + spanMs === newest || from + spanMs === until;
}

/** Where the charts end when they go one span back or on; null: with the newest. */
export function movedUntil({ newest }: ChartSpan, until: number | null, spanMs: number, by: -1 | 1): number | null {
  const next = (until ?? newest) + by * spanMs;
  return next < newest ? next : null;
}

/** Seconds of a period on charts of so long a span; undefined: as the server finds best, also for a cell of long periods. */
export function stepSecondsFor(spanMs: number, periodSeconds: number | null): number | undefined {
  return spanMs > LONGEST_BY_HOURS_MS && (periodSeconds ?? 0) <= 3600 ? DAY_MS / 1000 : undefined;
}

/** Without the sums of days or hours that are not over yet, or began before the span: beside whole ones they would look like a fall. */
export function withoutParts(series: Series, from: number, to: number): Series {
  if (series.step === 0 || findKpi(series.kpi)?.aggregation !== 'sum') return series;
  return { ...series, points: series.points.filter(([at]) => at <= to && at - 1000 * series.step >= from) };
}
