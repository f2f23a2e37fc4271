// The plan dimension: whether a person's plan fits: the bill against its price, and what is used of it against others on it.

import type { StarReason } from '../../model/star.ts';
import type { UseOfMonth } from '../months-of-use.ts';

/** A bill of twice the price is the worst fit. *Default.* */
const WORST_BILL = 2;
/** Who uses nothing of it gets this much for the use; who uses as much as the middle of the plan, all. *Default.* */
const LEAST_FOR_USE = 40;

export interface PlanFit {
  /** 0…100. */
  score: number;
  /** Monthly spend over price. */
  bill?: number;
  /** Use a month for its price, over the middle of those on the same plan. */
  use?: number;
}

/** Middle use for its price of the people on one plan; NaN where not known. */
export interface PlanMiddle {
  minutes: number;
  dataGb: number;
}

/** What a month's use is for its price. Without a price, of the bill; else of 1, which still compares within a plan. */
export function useForPrice({ minutes, dataGb }: UseOfMonth, price: number, spend: number): PlanMiddle {
  const paid = price > 0 ? price : spend > 0 ? spend : 1;
  return { minutes: minutes / paid, dataGb: dataGb / paid };
}

/** Null where neither the bill nor the use can be compared. */
export function planFit(
  price: number,
  spend: number,
  newest: UseOfMonth | undefined,
  middle: PlanMiddle | undefined,
): PlanFit | null {
  const bill = price > 0 && !Number.isNaN(spend) ? spend / price : undefined;
  const use = newest && middle ? comparedUse(useForPrice(newest, price, spend), middle) : undefined;
  const parts: number[] = [];
  if (bill !== undefined) parts.push(100 * Math.min(1, Math.max(0, (WORST_BILL - bill) / (WORST_BILL - 1))));
  if (use !== undefined) parts.push(LEAST_FOR_USE + (100 - LEAST_FOR_USE) * Math.min(1, use));
  if (parts.length === 0) return null;
  const score = parts.reduce((sum, part) => sum + part, 0) / parts.length;
  return { score, ...(bill !== undefined && { bill }), ...(use !== undefined && { use }) };
}

function comparedUse(mine: PlanMiddle, middle: PlanMiddle): number | undefined {
  const ratios = (['minutes', 'dataGb'] as const)
    .map((measure) => mine[measure] / middle[measure])
    .filter((ratio) => Number.isFinite(ratio));
  return ratios.length === 0 ? undefined : ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
}

export function planReasons(fit: PlanFit | null): StarReason[] {
  if (!fit) return [{ why: { code: 'star-no-plan', values: {} } }];
  return [
    ...(fit.bill === undefined ? [] : [{ why: { code: 'star-plan-bill', values: { ratio: fit.bill } } }]),
    ...(fit.use === undefined ? [] : [{ why: { code: 'star-plan-use', values: { ratio: fit.use } } }]),
  ];
}
