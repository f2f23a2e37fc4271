// Tiers by spend and tenure, in the style of three operators, for people of whom the operator names none. Data, not code.
// Sources: customer-service texts; provinces differ. An outage is no part of any of them.

import type { StarProfile } from './profile.ts';

/** Lower bound of points, and the name of the tier from there on. */
type Steps = readonly (readonly [from: number, tier: string])[];

interface TierProfile {
  /** @param bill of a usual month; @param months of tenure */
  points(bill: number, months: number): number;
  leastMonths: number;
  steps: Steps;
}

const STYLES: Record<NonNullable<StarProfile['tiers']>, TierProfile> = {
  // Mean monthly bill, one point a yuan, and one point a month of tenure; rated from six months on. The bounds differ by
  // province: these are a middle of what is published.
  'china-mobile': {
    points: (bill, months) => bill + months,
    leastMonths: 6,
    steps: [
      [0, 'standard'],
      [50, '1'],
      [80, '2'],
      [120, '3'],
      [200, '4'],
      [300, 'silver'],
      [450, 'gold'],
      [700, 'diamond'],
    ],
  },
  // Bill of twelve months and ten points a month of tenure.
  'china-telecom': {
    points: (bill, months) => 12 * bill + 10 * months,
    leastMonths: 0,
    steps: [
      [600, '1'],
      [1000, '2'],
      [1500, '3'],
      [2300, '4'],
      [4000, '5'],
      [6000, '6'],
      [8000, '7'],
    ],
  },
  // Fee × years of tenure, one year at least.
  'china-unicom': {
    points: (bill, months) => bill * Math.max(1, months / 12),
    leastMonths: 0,
    steps: [
      [0, '1'],
      [30, '2'],
      [90, '3'],
      [140, '4'],
      [260, '5'],
    ],
  },
};

/** Null where bill or tenure is not known, or too little for any tier. */
export function tierBy(profile: NonNullable<StarProfile['tiers']>, bill: number, months: number): string | null {
  const { points, leastMonths, steps } = STYLES[profile];
  if (Number.isNaN(bill) || Number.isNaN(months) || months < leastMonths) return null;
  return steps.findLast(([from]) => points(bill, months) >= from)?.[1] ?? null;
}
