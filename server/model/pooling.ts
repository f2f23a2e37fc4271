// How the values of a KPI become one: what they are weighed by, and whether they add up, average, or count by their worst.

import { findKpi } from './catalogue.ts';
import type { Aggregation } from './kpi.ts';

export interface Pooling {
  aggregation: Aggregation;
  /** KPI id of what a value weighs; without it every value weighs the same. */
  weight?: string;
  /** Digits after the point that pooled values are kept with. */
  decimals: number;
}

/** Kept beyond what is shown of a KPI: what is left out is less than anybody sees, and would take most of the room on disk. */
const MORE_DECIMALS = 4;
const UNKNOWN_DECIMALS = 9;
const WEIGHED: readonly Aggregation[] = ['ratio-of-sums', 'weighted-mean'];

/**
 * Of any KPI id; one that the catalogue does not know averages. A ratio times its attempts, summed, over the sum of attempts is
 * the ratio of sums. A ratio of one class of service (`drop_rate_pct.qci1`) weighs by the attempts of that class.
 */
export function poolingOf(id: string): Pooling {
  const kpi = findKpi(id);
  if (!kpi) return { aggregation: 'mean', decimals: UNKNOWN_DECIMALS };
  const { aggregation, attempts } = kpi;
  const decimals = kpi.decimals + MORE_DECIMALS;
  if (!attempts || !WEIGHED.includes(aggregation)) return { aggregation, decimals };
  const dot = id.indexOf('.');
  const isOfClass = aggregation === 'ratio-of-sums' && dot > 0;
  return { aggregation, decimals, weight: isOfClass ? attempts + id.slice(dot) : attempts };
}
