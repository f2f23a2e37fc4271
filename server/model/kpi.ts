// What a KPI is: unit, range, which way is worse, what stands behind it, and the formulas that make it from counters.

import type { Radio } from './cell.ts';

/** Which direction hurts people. `both`: either way out of the usual is bad. `none`: shown, not judged. */
export type Worse = 'higher' | 'lower' | 'both' | 'none';
export const WORSE: readonly Worse[] = ['higher', 'lower', 'both', 'none'];

/** How values are pooled over time or cells. Ratios are always the ratio of sums. */
export type Aggregation = 'ratio-of-sums' | 'sum' | 'weighted-mean' | 'mean' | 'max' | 'min';
export const AGGREGATIONS: readonly Aggregation[] = ['ratio-of-sums', 'sum', 'weighted-mean', 'mean', 'max', 'min'];

/**
 * One way to compute a KPI. Values made by different variants are never ranked against each other.
 * `expression` uses + − * / ( ), numbers, `period` (seconds), and names of counters or of other KPIs;
 * a counter `X` also finds `X.sum`, else the sum over `X.*` and `X_*` (its subcounters by cause, class or filter).
 * Where it is a product of fractions, `ratioOf` in maths takes it apart, so that each fraction pools by its own sums.
 */
export interface Formula {
  variant: string;
  expression: string;
  /** Clause of the standard, or the vendor's document; `convention` where no standard defines it. */
  source: string;
  /** Cells of this radio alone: a counter of the same name has another unit elsewhere. Absent: of any. */
  radio?: Radio;
  /** Its counters are means or levels: taken as they stand, never added up over subcounters. */
  whole?: true;
}

export interface Kpi {
  id: string;
  name: { en: string; zh: string };
  unit: string;
  /** What is believed; anything outside is refused as out of range. */
  range: readonly [number, number];
  worse: Worse;
  aggregation: Aggregation;
  decimals: number;
  /** KPI id of the count that a ratio or mean rests on. */
  attempts?: string;
  /** The line that operators run by (default, not a standard): setup ≥ 99 %, drops ≤ 0.5 %, … */
  line?: number;
  /** Two values closer than this are the same to an engineer; the detector calls nothing smaller a change. */
  leastChange: number;
  formulas: readonly Formula[];
}
