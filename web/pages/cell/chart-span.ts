// What the charts of a cell span: up to now and a little beyond, or up to its last reading where nothing has come for longer than that.

import type { Series } from '../../../server/api/contract.ts';
import { findKpi } from '../../../server/model/catalogue.ts';

/** The usual range is shown this share of the span beyond now. */
const AHEAD = 0.1;

export interface ChartSpan {
  /** Epoch milliseconds. */
  from: number;
  to: number;
  now: number;
  /** It ends with the last reading, before `now`. */
  isPast: boolean;
}

/** @param lastAt end of the cell's newest period; null before its first */
export function chartSpan(now: number, lastAt: number | null, spanMs: number): ChartSpan {
  const isPast = lastAt !== null && lastAt <= now - spanMs;
  if (isPast) return { from: lastAt - spanMs, to: lastAt, now, isPast };
  return { from: now - spanMs, to: now + spanMs * AHEAD, now, isPast };
}

/** Without the sum of a day or hours that are not over yet: beside whole ones it would look like a fall. */
export function withoutUnfinished(series: Series, now: number): Series {
  if (series.step === 0 || findKpi(series.kpi)?.aggregation !== 'sum') return series;
  return { ...series, points: series.points.filter(([at]) => at <= now) };
}
