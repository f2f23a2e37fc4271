// How the values of a KPI become one: what they are weighed by, and whether they add up, average, or count by their worst.

import { findKpi } from './catalogue.ts';
import type { Aggregation } from './kpi.ts';

export interface Pooling {
  aggregation: Aggregation;
  /** KPI id of what a value weighs; without it every value weighs the same. */
  weight?: string;
}

const WEIGHED: readonly Aggregation[] = ['ratio-of-sums', 'weighted-mean'];

/**
 * Of any KPI id; one that the catalogue does not know averages. A ratio times its attempts, summed, over the sum of attempts is
 * the ratio of sums. A ratio of one class of service (`drop_rate_pct.qci1`) weighs by the attempts of that class.
 */
export function poolingOf(id: string): Pooling {
  const kpi = findKpi(id);
  if (!kpi) return { aggregation: 'mean' };
  const { aggregation, attempts } = kpi;
  if (!attempts || !WEIGHED.includes(aggregation)) return { aggregation };
  const dot = id.indexOf('.');
  const isOfClass = aggregation === 'ratio-of-sums' && dot > 0;
  return { aggregation, weight: isOfClass ? attempts + id.slice(dot) : attempts };
}
